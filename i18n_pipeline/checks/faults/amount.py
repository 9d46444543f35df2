"""Faults of amount: nothing, the source again, half of the text, the text twice."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.checks.faults.fault import Fault, Sound
from i18n_pipeline.expressions import expression

_FEW = 5
_LONG = 120
"""Characters of a source of which a part is a text that could be a whole one."""

_SENTENCE = expression(r"[^.!?]{40,}[.!?]")
_LETTERS = expression(r"[a-z]{2,}")


def _blank(_sound: Sound) -> Iterator[str]:
    yield " "
    yield "\u3000"


def _echoed(sound: Sound) -> Iterator[str]:
    """The source, where it is a sentence with words that a translation would change."""
    if not (sound.is_list or sound.is_label) and len(_words(sound)) > _FEW:
        yield sound.source


def _echoed_label(sound: Sound) -> Iterator[str]:
    if sound.is_label and len(_words(sound)) > 2 and sound.source != sound.target:
        yield sound.source


def _words(sound: Sound) -> list[str]:
    return _LETTERS.findall(sound.subject.source_prose)


def _half_echoed(sound: Sound) -> Iterator[str]:
    """The first half of the translation, and a sentence of the source behind it."""
    sentences = _SENTENCE.findall(sound.subject.source_prose)
    if not sound.is_list and len(sound.source) > _LONG and sentences and sound.middle > 0:
        yield f"{sound.target[: sound.middle]} {sentences[-1].strip()}"


def _cut_at(share: float) -> Fault:
    def put(sound: Sound) -> Iterator[str]:
        if len(sound.source) > _LONG and not sound.is_list:
            at = int(len(sound.target) * share)
            yield sound.target[:at].rstrip(" .。*_")

    checks = ("end-punctuation", "length") if share > 0.4 else ("length", "end-punctuation")
    return Fault(f"cut off at {share:.0%}", checks, put)


def _twice(sound: Sound) -> Iterator[str]:
    if len(sound.source) > _LONG and not sound.is_list:
        yield f"{sound.target}{sound.gap}{sound.target}"


AMOUNT = (
    Fault("white space alone", ("empty",), _blank),
    Fault("sentence of the source echoed", ("echo", "untranslated"), _echoed),
    Fault("label of the source echoed", ("untranslated",), _echoed_label),
    Fault("a sentence of the source left", ("untranslated",), _half_echoed),
    _cut_at(0.5),
    _cut_at(0.25),
    Fault("text twice", ("length",), _twice),
)
