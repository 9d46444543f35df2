"""Faults of encoding: entities doubled or undone, mojibake, characters that nobody sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import unescape

from i18n_pipeline.checks.faults.fault import Fault, Sound
from i18n_pipeline.expressions import expression
from i18n_pipeline.markdown import Mark

_HIDDEN = {"direction override": "\u202e", "zero-width space": "\u200b", "control": "\x08"}
_ESCAPED = {"&": "&amp;", '"': "&quot;", "'": "&#39;"}
_BEYOND_ASCII = expression(r"[^\x00-\x7f]+")
_SHOWN_TAG = expression(r"&lt;[A-Za-z][^<>&]*&gt;")
_UNDEFINED = frozenset("\x81\x8d\x8f\x90\x9d")


def _doubled(sound: Sound) -> Iterator[str]:
    for token in sound.tokens(Mark.ENTITY):
        yield sound.changed((token.start, token.start + 1), "&amp;")


def _undone(sound: Sound) -> Iterator[str]:
    """Words that only show a tag, as the tag."""
    for found in _SHOWN_TAG.finditer(sound.target):
        if found.group() in sound.source:
            yield sound.changed(found.span(), unescape(found.group()))


def _escaped(sound: Sound) -> Iterator[str]:
    """A character that the source has too, escaped in a text where readers see it as written."""
    if sound.subject.segment.markdown or sound.is_list:
        return
    for character, reference in _ESCAPED.items():
        if character in sound.target and character in sound.source:
            yield sound.target.replace(character, reference)


def _misread(text: str) -> str:
    """UTF-8 read as Windows-1252, whose five undefined bytes stay control characters."""
    found = []
    for byte in text.encode():
        character = bytes([byte])
        undefined = chr(byte) in _UNDEFINED
        found.append(chr(byte) if undefined else character.decode("cp1252"))
    return "".join(found)


def _mojibake(sound: Sound) -> Iterator[str]:
    """The whole text misread, or the first run of letters outside ASCII."""
    whole = _misread(sound.target)
    if whole != sound.target:
        yield whole
    if found := _BEYOND_ASCII.search(sound.target):
        yield sound.changed(found.span(), _misread(found.group()))


def _lost(sound: Sound) -> Iterator[str]:
    if sound.middle > 0:
        yield sound.changed((sound.middle, sound.middle + 1), "\ufffd")


def _with(character: str) -> Callable[[Sound], Iterator[str]]:
    def put(sound: Sound) -> Iterator[str]:
        if sound.middle > 0:
            at = sound.middle
            yield f"{sound.target[:at]}{character}{sound.target[at:]}"

    return put


ENCODING = (
    Fault("entity escaped twice", ("entities",), _doubled),
    Fault("entity that became a tag", ("entities", "html"), _undone),
    Fault("entity in a plain text", ("entities",), _escaped),
    Fault("mojibake", ("mojibake", "control-characters"), _mojibake),
    Fault("character lost in decoding", ("mojibake",), _lost),
    *(
        Fault(f"unseen character: {name}", ("control-characters",), _with(character))
        for name, character in _HIDDEN.items()
    ),
)
