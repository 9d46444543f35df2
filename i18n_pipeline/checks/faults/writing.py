"""Faults of writing: spaces, final marks, widths, register, spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from i18n_pipeline.checks.faults.fault import Fault, Sound
from i18n_pipeline.checks.writing import scripts
from i18n_pipeline.expressions import expression
from i18n_pipeline.model import Kind

_EAST_ASIAN = f"[{scripts.HAN}{scripts.KANA}]"
_BETWEEN = expression(f"(?<={_EAST_ASIAN})(?=[{scripts.HAN}])")
_WORD_SPACE = expression(r"(?<=[^\W\d_]) (?=[^\W\d_])")
_SENTENCES = (".", "。", "?", "？", "!", "！", ":", "：")
_NARROW = str.maketrans("、。？！", ",.?!")
_WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_WIDE_MARK = expression(
    f"(?<=[{scripts.HAN}{scripts.KANA}])[、。](?=[{scripts.HAN}{scripts.KANA}])"
)
_TIGHT = {"fr": re.compile("[\u00a0\u202f](?=[:;?!»])"), "es": re.compile("[¿¡]")}
_LONG = 80
_FRAGMENTS = frozenset({Kind.ITEM, Kind.CELL, Kind.TEXT, Kind.DEFINITION})

_BOTH: Mapping[str, str] = MappingProxyType(
    {
        "ja": "これは大切な点です。それが答えである。",
        "de": "Das sehen Sie hier, und du siehst es auch.",
        "es": "Así lo ve usted, y así lo ves tú.",
        "fr": "C’est ce que vous voyez ici, et tu le vois aussi.",
        "it": "Così lo vede Lei, e così lo vedi tu.",
    }
)
"""Two registers at once, by language."""


def _spaced(sound: Sound) -> Iterator[str]:
    """A space between two Chinese or Japanese letters; headings and lists may have them."""
    places = [m.start() for m in _BETWEEN.finditer(sound.subject.target_prose)]
    if sound.tongue in ("ja", "zh") and places and not sound.is_list and not sound.is_label:
        at = places[len(places) // 2]
        yield f"{sound.target[:at]} {sound.target[at:]}"


def _space_doubled(sound: Sound) -> Iterator[str]:
    if found := _WORD_SPACE.search(sound.subject.target_prose):
        yield f"{sound.target[: found.end()]} {sound.target[found.end() :]}"


def _space_at_end(sound: Sound) -> Iterator[str]:
    yield f"{sound.target} "
    yield f" {sound.target}"


def _no_final_mark(sound: Sound) -> Iterator[str]:
    """Sentences that lose their last mark; Japanese and Chinese items may do without one."""
    ends = sound.source.endswith(_SENTENCES) and sound.target.endswith(_SENTENCES)
    optional = not sound.gap and sound.subject.segment.kind in _FRAGMENTS
    if ends and len(sound.source) > _LONG and not optional:
        yield sound.target[:-1]


def _other_final_mark(sound: Sound) -> Iterator[str]:
    if sound.source.endswith(".") and sound.target.endswith((".", "。")) and not sound.is_list:
        yield f"{sound.target[:-1]}?" if sound.target.endswith(".") else f"{sound.target[:-1]}？"


def _narrow_mark(sound: Sound) -> Iterator[str]:
    if sound.tongue in ("ja", "zh") and not sound.is_list:
        for found in _WIDE_MARK.finditer(sound.subject.target_prose):
            yield sound.changed(found.span(), found.group().translate(_NARROW))
            return


def _wide_digits(sound: Sound) -> Iterator[str]:
    found = re.search("[0-9]+", sound.subject.target_prose)
    if sound.tongue in ("ja", "zh", "ko") and found:
        yield sound.changed(found.span(), found.group().translate(_WIDE_DIGITS))


def _mark_dropped(sound: Sound) -> Iterator[str]:
    """The space before a French mark, the mark that opens a Spanish question."""
    pattern = _TIGHT.get(sound.tongue)
    if pattern and (found := pattern.search(sound.subject.target_prose)):
        yield sound.changed(found.span(), "")


def _unclosed(sound: Sound) -> Iterator[str]:
    found = re.search("[)）]", sound.subject.target_prose)
    if found and not sound.is_list:
        yield sound.changed(found.span(), "")


def _two_registers(sound: Sound) -> Iterator[str]:
    words = _BOTH.get(sound.tongue)
    if words and len(sound.target) > _LONG // 2 and not (sound.is_list or sound.is_label):
        yield f"{sound.target}{sound.gap}{words}"


def _misspelled(sound: Sound) -> Iterator[str]:
    """Each spelling that the style wants, in each variant that it does not."""
    for wanted, variants in sound.subject.style.spelling.items():
        if wanted in sound.subject.target_prose:
            for variant in variants:
                yield sound.target.replace(wanted, variant)


def _fault(name: str, check: str, put: Callable[[Sound], Iterator[str]]) -> Fault:
    return Fault(name, (check,), put)


WRITING = (
    _fault("space between CJK letters", "spacing", _spaced),
    _fault("white space at an end", "spacing", _space_at_end),
    _fault("space doubled", "punctuation", _space_doubled),
    _fault("punctuation in the wrong width", "punctuation", _narrow_mark),
    _fault("digits in full width", "punctuation", _wide_digits),
    _fault("mark of the language dropped", "punctuation", _mark_dropped),
    _fault("bracket not closed", "punctuation", _unclosed),
    _fault("final mark dropped", "end-punctuation", _no_final_mark),
    _fault("statement as a question", "end-punctuation", _other_final_mark),
    _fault("registers mixed", "register", _two_registers),
    _fault("spelling variant", "spelling", _misspelled),
)
