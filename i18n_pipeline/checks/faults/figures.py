"""Faults of figures: numbers dropped, changed, grouped otherwise, with another unit or sign."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.checks.faults.fault import Fault, Sound
from i18n_pipeline.expressions import expression
from i18n_pipeline.tongues.numerals import Numeral, numerals

_GROUPED = expression(r"\d{1,3}(?:[.,]\d{3})+")
_UNIT = expression(r"(?<=\d)[ \u00a0\u202f]?(?P<unit>[KMGT]B|ms|km|kg)(?![^\W\d_])")
_PERCENT = expression("(?<=\\d)[ \u00a0\u202f]?[%％]")
_OTHER_UNIT = {"KB": "MB", "MB": "GB", "GB": "MB", "TB": "GB", "ms": "ns", "km": "cm", "kg": "mg"}


def _shared(sound: Sound) -> Iterator[Numeral]:
    """Numbers of the translation that its source has in digits, and that stand there once."""
    subject = sound.subject
    source = numerals(subject.source_prose, subject.source_locale)
    known = {reading for one in source for reading in one.readings}
    found = numerals(subject.target_prose, subject.locale)
    for one in found:
        others = [other for other in found if other.readings & one.readings]
        if one.readings & known and len(others) == 1 and not sound.is_list:
            yield one


def _dropped(sound: Sound) -> Iterator[str]:
    return (sound.changed(one.span, "") for one in _shared(sound))


def _changed(sound: Sound) -> Iterator[str]:
    """The last digit is the next one."""
    for one in _shared(sound):
        last = one.text[-1:]
        if last.isascii() and last.isdigit():
            yield sound.changed(one.span, f"{one.text[:-1]}{(int(last) + 1) % 10}")


def _added(sound: Sound) -> Iterator[str]:
    if not sound.is_list and not sound.is_label and sound.middle > 0:
        at = sound.middle
        yield f"{sound.target[:at]} 4711 {sound.target[at:].lstrip()}"


def _other_marks(sound: Sound) -> Iterator[str]:
    """`4,096` for `4.096`, and the reverse."""
    for one in _shared(sound):
        if _GROUPED.fullmatch(one.text):
            yield sound.changed(one.span, one.text.translate(str.maketrans(".,", ",.")))


def _other_unit(sound: Sound) -> Iterator[str]:
    ends = {one.span[1] for one in _shared(sound)}
    for found in _UNIT.finditer(sound.target):
        if found.start() in ends:
            yield sound.changed(found.span("unit"), _OTHER_UNIT[found["unit"]])


def _no_percentage(sound: Sound) -> Iterator[str]:
    ends = {one.span[1] for one in _shared(sound)}
    found = [one for one in _PERCENT.finditer(sound.target) if one.start() in ends]
    if len(found) == 1 and "%" in sound.source:
        yield sound.changed(found[0].span(), "")


FIGURES = (
    Fault("number dropped", ("numbers",), _dropped),
    Fault("number changed", ("numbers",), _changed),
    Fault("number added", ("numbers",), _added),
    Fault("decimal mark of another locale", ("numbers",), _other_marks),
    Fault("unit changed", ("numbers",), _other_unit),
    Fault("percent sign dropped", ("numbers",), _no_percentage),
)
