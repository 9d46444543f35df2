"""Numbers as texts write them: digits of any script, grouped and scaled as a locale does.

A numeral may be read in more than one way (`1.024` is a number or a version): it has all of its
readings, and two numerals agree where they share one. Names that end in digits (`K8s`) have none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING

from i18n_pipeline.expressions import expression
from i18n_pipeline.locales import canonical, language
from i18n_pipeline.values import dataclass, replace

if TYPE_CHECKING:
    from babel import Locale

    from i18n_pipeline.markdown import Span

_BLANKS = " \u00a0\u2009\u202f"
_MARKS = ".,'’·٫٬．，"
_DIGITS = expression(
    rf"(?<![A-Za-zÀ-ÖØ-öø-ɏ\u0370-\u052f_\d])\d+(?:[{_MARKS}]\d+|(?<=\d)[{_BLANKS}]\d{{3}}(?!\d))*"
)
_ANY_DIGIT = expression(r"\d")
_SPACED = expression(rf"\d{{1,3}}(?:[{_BLANKS}]\d{{3}})+(?:[.,]\d+)?")
_SPLIT = expression(rf"[{_MARKS}{_BLANKS}]")
_PLAIN_MARKS = str.maketrans("٫٬．，’", ".,.,'")
_EITHER = frozenset({"es"})
"""Languages whose countries differ: 1,000 is a thousand in Mexico, and one in Spain."""

_POWERS = {"万": 4, "萬": 4, "億": 8, "亿": 8, "兆": 12, "만": 4, "억": 8, "조": 12}
_SMALL_POWERS = {"十": 1, "百": 2, "千": 3, "천": 3, "백": 2}
_EAST_ASIAN = frozenset({"ja", "zh", "yue", "ko"})
_EAST_ASIAN_SCALE = expression(r" ?([百千천백])?([万萬億亿兆만억조])?")
_TENTHS = "割"
_FURTHER_SCALES: Mapping[str, Mapping[str, int]] = {"de": {"tsd": 3}}
"""Words that CLDR does not have."""

_LETTER_SCALE = expression(r"[ \u00a0]?([kKMBT]|bn|mn|tn)(?![A-Za-z/])")
_LETTERS = {"k": 3, "K": 3, "M": 6, "mn": 6, "B": 9, "bn": 9, "T": 12, "tn": 12}
_MERIDIEM = expression(r"(?::\d\d)?[ \u00a0\u202f]?[pP]\.?[mM]\b")
_DECADE = expression(r"(?:['’]?s|ies)\b")
_KANJI = expression(r"(?<!\d)[〇零一二三四五六七八九十百千万億兆亿萬两]+")
_KANJI_DIGITS = {sign: at for at, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: where it stands, and what it may be, in plain decimal notation."""

    text: str
    span: Span
    readings: frozenset[str]

    @property
    def smallest(self) -> Decimal:
        """The smallest number it may be; 0 for one that may be a version or a date alone."""
        return min(filter(None, map(_decimal, self.readings)), default=Decimal(0))


def numerals(text: str, locale: str) -> tuple[Numeral, ...]:
    """The numbers written in digits in a text, in order, as the locale writes them."""
    if not _ANY_DIGIT.search(text):
        return ()
    east_asian = language(locale) in _EAST_ASIAN
    found = (_numeral(text, match, locale) for match in _DIGITS.finditer(text))
    return tuple(_joined(text, found)) if east_asian else tuple(found)


def kanji_numbers(text: str) -> frozenset[str]:
    """The numbers written in Chinese numerals in a text; any run of these signs counts as one."""
    return frozenset(_of_kanji(run) for run in _KANJI.findall(text))


def parts(numeral: Numeral) -> tuple[str, ...]:
    """The runs of digits of a numeral, without leading zeros: of a date, its day and month."""
    runs = _SPLIT.split(_ascii(numeral.text))
    return tuple(_plain(run) for run in runs if run.isdigit())


@lru_cache(maxsize=64)
def month_names(locale: str) -> tuple[tuple[str, ...], ...]:
    """The names of January to December, casefolded; those of three letters and more."""
    data = _data(locale)
    if data is None:
        return ((),) * 12
    found: list[set[str]] = [set() for _ in range(12)]
    for style in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in data.months[style][width].items():
                found[number - 1].add(name.rstrip(".॰").casefold())
    return tuple(tuple(name for name in names if len(name) >= 3) for names in found)


@lru_cache(maxsize=64)
def scale_words(locale: str) -> Mapping[str, int]:
    """Words for thousand, million and so on, casefolded, each with its power of ten (CLDR)."""
    data = _data(locale)
    found = dict(_FURTHER_SCALES.get(language(locale), {}))
    for width in ("long", "short") if data is not None else ():
        for patterns in (data.compact_decimal_formats.get(width) or {}).values() if data else ():
            for power, pattern in patterns.items():
                text = str(pattern.pattern).replace("'", "")
                word = text.replace("0", "").strip("\u200f\u00a0 .").casefold()
                if len(word) > 2:
                    found[word] = len(power) - text.count("0")
    return found


def _data(locale: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(canonical(locale), sep="-")
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache(maxsize=64)
def _scale_pattern(locale: str) -> re.Pattern[str] | None:
    """Scale words after a number; the endings of longer ones are left open, for their cases."""
    words = sorted(scale_words(locale), key=len, reverse=True)
    stems = (re.escape(_stem(word)) + (r"\w*" if len(word) > 4 else r"\b") for word in words)
    joined = "|".join(stems)
    return re.compile(rf"[-{_BLANKS}]?(?:de |d['’])?({joined})", re.IGNORECASE) if joined else None


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 5 else word


@lru_cache(maxsize=64)
def _stem_powers(locale: str) -> Mapping[str, int]:
    return {_stem(word): power for word, power in scale_words(locale).items()}


@lru_cache(maxsize=64)
def separators(locale: str) -> tuple[str, str]:
    """What a locale writes between groups of three digits, and before decimals."""
    data = _data(locale)
    symbols = data.number_symbols.get("latn", {}) if data is not None else {}
    return str(symbols.get("group", ",")), str(symbols.get("decimal", "."))


def _numeral(text: str, match: re.Match[str], locale: str) -> Numeral:
    written = match.group()
    readings, end = set(_readings(_ascii(written), locale)), match.end()
    if end < len(text):
        read = _with_sign if language(locale) in _EAST_ASIAN else _with_word
        scaled = read(text, end, readings, locale)
        readings, end = scaled or (_with_letter(text, end, readings), end)
    return Numeral(text[match.start() : end], (match.start(), end), frozenset(readings))


def _with_sign(text: str, end: int, plain: set[str], _locale: str) -> tuple[set[str], int] | None:
    """Readings with an East Asian sign for their scale behind them, and where that ends."""
    if text[end] == _TENTHS:
        return _scaled(plain, 1) | plain, end + 1
    found = _EAST_ASIAN_SCALE.match(text, end)
    if found is None or not found.group().strip():
        return None
    power = _SMALL_POWERS.get(found[1] or "", 0) + _POWERS.get(found[2] or "", 0)
    return _scaled(plain, power), found.end()


def _with_word(text: str, end: int, plain: set[str], locale: str) -> tuple[set[str], int] | None:
    """Readings with a word for their scale behind them, and where that ends."""
    pattern = _scale_pattern(locale)
    found = pattern.match(text, end) if pattern else None
    if found is None:
        return None
    return _scaled(plain, _power_of(found[1].casefold(), locale)), found.end()


def _with_letter(text: str, end: int, plain: set[str]) -> set[str]:
    """Readings with what short signs after the digits may mean: 10k, the 1990s, 3 pm."""
    if found := _LETTER_SCALE.match(text, end):
        return plain | _scaled(plain, _LETTERS[found[1]])
    if _DECADE.match(text, end):
        return plain | {one[-2:] for one in plain if len(one) == 4}
    if _MERIDIEM.match(text, end):
        return plain | {str(int(one) + 12) for one in plain if one.isdigit() and len(one) < 3}
    return plain


def _power_of(word: str, locale: str) -> int:
    powers = _stem_powers(locale)
    stems = (stem for stem in powers if word.startswith(stem))
    return powers[max(stems, key=len)]


def _joined(text: str, found: Iterator[Numeral]) -> Iterator[Numeral]:
    """Numerals with those that go on as one: 1億2,000万."""
    last: Numeral | None = None
    for one in found:
        if last is not None and _goes_on(text, last, one):
            total = {_sum(a, b) for a in last.readings for b in one.readings}
            span = (last.span[0], one.span[1])
            last = replace(last, text=text[slice(*span)], span=span, readings=frozenset(total))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _goes_on(text: str, last: Numeral, one: Numeral) -> bool:
    between = text[last.span[1] : one.span[0]]
    return last.text[-1] in _POWERS and (
        not between or (between == " " and one.text[-1] in _POWERS)
    )


def _sum(one: str, other: str) -> str:
    left, right = _decimal(one), _decimal(other)
    return one if left is None or right is None else _plain(str(left + right))


def _readings(written: str, locale: str) -> Iterator[str]:
    """What digits with marks between them may say; those of the locale's own notation first."""
    if written.isdigit():
        yield _plain(written)
        return
    if _SPACED.fullmatch(written):
        written = re.sub(f"[{_BLANKS}]", "", written)
        if written.isdigit():
            yield _plain(written)
            return
    group, decimal = (one.translate(_PLAIN_MARKS) for one in separators(locale))
    ways = [(group, decimal)]
    own = _read(written, group, decimal)
    if own is None or language(locale) in _EITHER:
        ways += [(",", "."), (".", ",")]
    yield from filter(None, (_read(written, *way) for way in ways))
    if len(_SPLIT.split(written)) > 2 or own is None:
        yield _SPLIT.sub(".", written)


def _read(written: str, group: str, decimal: str) -> str | None:
    """Digits in one notation as a plain decimal; None where they are none in it."""
    mark, whole = re.escape(decimal), written
    if decimal in written and written.count(decimal) == 1:
        whole, _, fraction = written.partition(decimal)
        whole = _ungrouped(whole, group) or ""
        return _plain(f"{whole}.{fraction}") if whole and fraction.isdigit() else None
    return _plain(plain) if mark and (plain := _ungrouped(whole, group)) else None


def _ungrouped(whole: str, group: str) -> str | None:
    """Digits without marks between groups: the last of three, others of three or (Indic) two."""
    first, *more = re.split(f"[{re.escape(group)}'{_BLANKS}]", whole)
    if not more:
        return whole if whole.isdigit() else None
    sized = first.isdigit() and len(first) <= 3 and first[0] != "0" and len(more[-1]) == 3
    if sized and all(one.isdigit() and len(one) in (2, 3) for one in more):
        return first + "".join(more)
    return None


def _scaled(readings: set[str], power: int) -> set[str]:
    numbers = filter(None, map(_decimal, readings))
    return {_plain(str(number.scaleb(power))) for number in numbers}


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _plain(digits: str) -> str:
    """One spelling for one number: no leading or trailing zeros, no exponent."""
    if digits.isdigit():
        return digits.lstrip("0") or "0"
    text = f"{Decimal(digits):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _ascii(text: str) -> str:
    if text.isascii():
        return text
    digits = (str(unicodedata.digit(one)) if one.isdigit() else one for one in text)
    return "".join(digits).translate(_PLAIN_MARKS)


def _of_kanji(run: str) -> str:
    """A run of Chinese numerals as a number: by place (二〇一七) or by powers (千二百万)."""
    if all(sign in _KANJI_DIGITS for sign in run):
        return _plain("".join(str(_KANJI_DIGITS[sign]) for sign in run))
    total = section = digit = 0
    for sign in run:
        if sign in _KANJI_DIGITS:
            digit = _KANJI_DIGITS[sign]
        elif sign in _SMALL_POWERS:
            section, digit = section + (digit or 1) * 10 ** _SMALL_POWERS[sign], 0
        else:
            total, section, digit = total + (section + digit or 1) * 10 ** _POWERS[sign], 0, 0
    return str(total + section + digit)
