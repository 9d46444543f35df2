"""Quality: the numbers of the source are in the translation, and no others.

Digits are asked for, in whatever script and notation; a number in words is never missed, and
words of the target count for digits of the source. What is not sure is not said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from i18n_pipeline.checks.rule import Finding, Rule, Subject, differences, quoted
from i18n_pipeline.expressions import expression
from i18n_pipeline.locales import is_pseudo, language
from i18n_pipeline.markdown import Span
from i18n_pipeline.model import Edit, Kind, Severity
from i18n_pipeline.tongues.number_words import LARGE, MOST_SMALL, small_numbers
from i18n_pipeline.tongues.numerals import (
    Numeral,
    kanji_numbers,
    month_names,
    numerals,
    parts,
    scale_words,
    separators,
)

_DIGIT = expression(r"\d")
_HUNDRED = expression(
    r"hundert|hundred|cien|\bcent(?:s|aine|o|i|inaia)?\b|\bcem\b|honderd|hundra|\bst[oóe]\b|сот"
    r"|\bсто\b|yüz|백|百|مئة|مائة|सौ",
    re.IGNORECASE,
)
_GLUED = expression(r"(?<=[^\W\d_])\d+(?:\.\d+)*")
"""Digits at the end of a name: none of the numbers of a text, but `RFC4648` says RFC 4648."""

_UNEVEN = 100
"""Above it, words say round numbers alone: nobody writes out 4,711."""

_CALENDARS = {"th": (543,), "fa": (-621, -622), "ps": (-621, -622)}
"""Years between the Gregorian calendar and the one in use."""

_PROVERBIAL = frozenset({"24", "60", "90", "100", "180", "360", "365", "1000", "10000"})
_ROMAN = expression(r"\b(?=[IVX]+e?\b)(?P<tens>X{0,3})(?P<ones>IX|IV|V?I{0,3})(?=e?\b)")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_PERCENT = expression(
    "[%％٪]|per ?cent|prozent|p(?:or|our) ?cen|процент|procent|відсот|yüzde|パーセント|割|百分"
    "|퍼센트|프로|بالم|في الم|प्रतिशत|فيصد|درصد|אחוז",
    re.IGNORECASE,
)
_PERCENT_SIGN = expression("[ \u00a0\u202f]?[%％٪]")
_UNIT = expression(
    r"[ \u00a0\u202f-]?(?P<unit>[kKMGTP]i?[Bb]|[KMGTП]o|[КМГТ]Б|[kMG]?Hz|ms|µs|μs|ns|[kcm]m|kg"
    r"|mg|[kM]W"
    r"|°[CF])(?![^\W\d_])"
)
_SAME_UNIT = str.maketrans("КМГТБµ", "KMGTBμ")


def _find(subject: Subject) -> Iterator[Finding]:
    if subject.segment.kind is Kind.LIST or is_pseudo(subject.locale):
        return
    if not (_DIGIT.search(subject.source) or _DIGIT.search(subject.target)):
        return
    source = numerals(subject.source_prose, subject.source_locale)
    target = numerals(subject.target_prose, subject.locale)
    lost = _lost(subject, source, target)
    extra = _extra(subject, target)
    yield from _missing(subject, lost, extra, target)
    if not lost:
        yield from _too_many(subject, extra)
        yield from _rarer(subject, source, target)
    yield from _changed_signs(subject, source, target)


def _lost(subject: Subject, source: Sequence[Numeral], target: Sequence[Numeral]) -> list[Numeral]:
    """Numbers of the source that the target says in no way, each once."""
    if not source:
        return []
    said = _all_readings(target)
    once = {one.readings: one for one in source if not _is_said(one, said)}
    if not once:
        return []
    said |= _all_readings(numerals(subject.target, subject.locale))
    said.update(_GLUED.findall(subject.target))
    if language(subject.locale) in ("ja", "zh", "yue", "ko"):
        said |= kanji_numbers(subject.target)
    return [one for one in once.values() if not _is_said(one, said) and _is_sure(subject, one)]


def _all_readings(found: Sequence[Numeral]) -> set[str]:
    """Every reading, and the parts of what may be a date."""
    readings = {reading for one in found for reading in one.readings}
    return readings.union(*(parts(one) for one in found))


def _is_said(one: Numeral, said: set[str]) -> bool:
    if not one.readings.isdisjoint(said):
        return True
    pieces = parts(one)
    return len(pieces) > 2 and all(piece in said for piece in pieces)


def _is_sure(subject: Subject, one: Numeral) -> bool:
    """Whether the target does not say it in words, in Roman numerals or in another calendar."""
    small = subject.target.casefold()
    if not one.readings or _is_roman(subject.target, one):
        return False
    if one.smallest == 0:
        return False
    if one.smallest <= MOST_SMALL:
        return not _is_in_words(small, one, subject.locale)
    if _is_part_of_a_whole(subject, one) or _is_scale_word(small, one, subject.locale):
        return False
    said = _all_readings(numerals(subject.target, subject.locale))
    return said.isdisjoint(_other_years(one, subject.locale))


def _other_years(one: Numeral, locale: str) -> set[str]:
    """A year as the locale's own calendar counts it."""
    years = [int(text) for text in one.readings if len(text) == 4 and text.isdigit()]
    return {str(year + away) for year in years for away in _CALENDARS.get(language(locale), ())}


def _is_in_words(text: str, one: Numeral, locale: str) -> bool:
    """Whether a small number is there as a word; of a language without a table, it may be."""
    words = small_numbers(language(locale))
    if words is None or one.smallest != int(one.smallest):
        return words is None
    number = int(one.smallest)
    names = month_names(locale)[number - 1] if number else ()
    return words[number].search(text) is not None or any(name in text for name in names)


def _is_part_of_a_whole(subject: Subject, one: Numeral) -> bool:
    """Whether it is a percentage that the target may say in words: 50 % as half, 100 % as all."""
    if one.readings.isdisjoint({"100", "75", "50", "25", "20", "15"}):
        return False
    behind = subject.source[one.span[1] : one.span[1] + 10]
    return bool(_PERCENT.search(behind)) and not _PERCENT.search(subject.target)


def _is_scale_word(text: str, one: Numeral, locale: str) -> bool:
    """Whether it is a round number that the target says as a word: 1,000 as mil."""
    if not one.readings.isdisjoint({"100", "200", "300", "500"}) and _HUNDRED.search(text):
        return True
    powers = {f"1{'0' * power}" for word, power in scale_words(locale).items() if word in text}
    return not one.readings.isdisjoint(powers)


def _is_roman(text: str, one: Numeral) -> bool:
    """Whether a number, of a century say, is there in Roman numerals."""
    found = ((one["tens"], one["ones"]) for one in _ROMAN.finditer(text))
    return any(one.smallest == 10 * len(tens) + _ONES.index(ones) for tens, ones in found)


def _extra(subject: Subject, target: Sequence[Numeral]) -> list[Numeral]:
    """Numbers of the target that the source does not have in digits, each once."""
    if not target:
        return []
    source = numerals(subject.source, subject.source_locale)
    known = _all_readings(source).union(*(_other_years(one, subject.locale) for one in source))
    known |= {piece for one in known for piece in one.split(".")}
    known.update(_GLUED.findall(subject.source))
    once = {one.readings: one for one in target if one.readings and not _is_said(one, known)}
    return list(once.values())


def _missing(
    subject: Subject, lost: Sequence[Numeral], extra: Sequence[Numeral], target: Sequence[Numeral]
) -> Iterator[Finding]:
    for one in lost:
        misread = _misread(subject, one)
        if misread is not None:
            yield misread
        elif copied := _copy_of(one, subject, target):
            said = f"{quoted(one.text)} stands there as in the source; here it is another number"
            yield Finding(f"{said}, or none", copied)
        elif len(lost) == len(extra) == 1:
            instead = f"{quoted(extra[0].text)} is there instead"
            yield Finding(f"the number {quoted(one.text)} is missing; {instead}", extra[0].span)
        else:
            yield Finding(f"the number {quoted(one.text)} is missing")


def _copy_of(one: Numeral, subject: Subject, target: Sequence[Numeral]) -> Span | None:
    """Where the target has a number as the source writes it: no part of a longer one."""
    ends = ((start, start + len(one.text), end) for start, end in (other.span for other in target))
    return next(
        (
            (start, stop)
            for start, stop, end in ends
            if end <= stop and subject.target_prose.startswith(one.text, start)
        ),
        None,
    )


def _misread(subject: Subject, one: Numeral) -> Finding | None:
    """A number that was copied, and that readers of the locale take for another."""
    text = one.text
    start = subject.target_prose.find(text)
    before, after = separators(subject.source_locale), separators(subject.locale)
    if start < 0 or before == after or not re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", text):
        return None
    swapped = str.maketrans({before[0]: after[0], before[1]: after[1]})
    better = text.translate(swapped)
    at = (start, start + len(text))
    said = f"readers take {quoted(text)} for another number; write {quoted(better)}"
    return Finding(said, at, Edit(*at, better))


def _too_many(subject: Subject, extra: Sequence[Numeral]) -> Iterator[Finding]:
    """Numbers above twelve, where nothing in the source is one in words; uneven ones anyway."""
    if not extra or language(subject.source_locale) != "en":
        return
    least = _UNEVEN if LARGE.search(subject.source) else MOST_SMALL
    for one in extra:
        if least == _UNEVEN and one.smallest % 10 == 0:
            continue
        if one.smallest > least and one.readings.isdisjoint(_PROVERBIAL):
            yield Finding(f"the number {quoted(one.text)} is not in the source", one.span)


def _rarer(
    subject: Subject, source: Sequence[Numeral], target: Sequence[Numeral]
) -> Iterator[Finding]:
    """Numbers above twelve that the source has more often: of smaller ones, words may be meant."""
    if len(source) <= len(target):
        return
    wanted = Counter(one.readings for one in source if one.smallest > MOST_SMALL)
    for one in {one.readings: one for one in source if wanted[one.readings] > 1}.values():
        there = sum(_is_said(one, _all_readings([other])) for other in target)
        if 0 < there < wanted[one.readings] and one.readings.isdisjoint(
            kanji_numbers(subject.target)
        ):
            counts = Counter({one.text: wanted[one.readings]}), Counter({one.text: there})
            yield from map(Finding, differences(*counts))


def _changed_signs(
    subject: Subject, source: Sequence[Numeral], target: Sequence[Numeral]
) -> Iterator[Finding]:
    """Numbers that are there, and have lost their percent sign or have another unit."""
    signed = {one.text: one for one in source if _sign(subject.source, one.span)}
    for one in signed.values():
        same = [other for other in target if not one.readings.isdisjoint(other.readings)]
        if not same:
            continue
        if _sign(subject.source, one.span) != "%":
            yield from _other_unit(subject, one, same)
        elif not _PERCENT.search(subject.target):
            said = f"{quoted(one.text)} is a percentage in the source; write the sign"
            yield Finding(said, same[0].span)


def _other_unit(subject: Subject, one: Numeral, same: Sequence[Numeral]) -> Iterator[Finding]:
    wanted, found = _sign(subject.source, one.span), _sign(subject.target, same[0].span)
    if len(same) == 1 and found not in ("", "%", wanted):
        unit = quoted(f"{one.text} {wanted}")
        yield Finding(f"the unit of {unit} is another here: {quoted(found)}", same[0].span)


def _sign(text: str, span: Span) -> str:
    """The percent sign or unit behind a number; "" where there is none."""
    return "%" if _PERCENT_SIGN.match(text, span[1]) else _unit(text, span)


def _unit(text: str, span: Span) -> str:
    """The symbol of the unit behind a number, in one spelling; "" where there is none we know."""
    found = _UNIT.match(text, span[1])
    if found is None:
        return ""
    unit = found["unit"].translate(_SAME_UNIT)
    return unit[0].upper() + "B" if unit[1:] in ("o", "B") else unit


NUMBERS = Rule(
    "numbers",
    Severity.WARNING,
    safety=False,
    find=_find,
    purpose=(
        "a number, percentage or unit of the source that is missing, one that the source does"
        " not have, or one that readers of the locale take for another (`4,096` in German)"
    ),
)
