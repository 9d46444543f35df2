"""Scripts: which characters are letters of one, and in which ones a locale is written.

Ranges are those of Unicode's blocks. The marks and digits in some of them do no harm: where they
stand, the script's letters do.
"""

from __future__ import annotations

import re
from functools import cache

from i18n_pipeline import locales

HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
ARABIC = "\u0620-\u065f\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff"
GREEK = "\u0370-\u037d\u037f-\u03ff\u1f00-\u1fff"
CJK = HAN + KANA
"""All as the inside of a character class of a regular expression, as the next ones are."""

_LETTERS = {
    "Latin": "A-Za-z\u00aa\u00ba\u00c0-\u024f\u0250-\u02af\u1d00-\u1dbf\u1e00-\u1eff\u2c60-\u2c7f"
    "\ua720-\ua7ff\ufb00-\ufb06\uff21-\uff3a\uff41-\uff5a",
    "Greek": GREEK,
    "Cyrillic": "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    "Armenian": "\u0531-\u058f",
    "Hebrew": "\u05d0-\u05f2\ufb1d-\ufb4f",
    "Arabic": ARABIC,
    "Devanagari": "\u0900-\u097f\ua8e0-\ua8ff",
    "Bengali": "\u0980-\u09ff",
    "Gurmukhi": "\u0a00-\u0a7f",
    "Gujarati": "\u0a80-\u0aff",
    "Oriya": "\u0b00-\u0b7f",
    "Tamil": "\u0b80-\u0bff",
    "Telugu": "\u0c00-\u0c7f",
    "Kannada": "\u0c80-\u0cff",
    "Malayalam": "\u0d00-\u0d7f",
    "Sinhala": "\u0d80-\u0dff",
    "Thai": "\u0e00-\u0e7f",
    "Lao": "\u0e80-\u0eff",
    "Tibetan": "\u0f00-\u0fff",
    "Burmese": "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f",
    "Georgian": "\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f",
    "Ethiopic": "\u1200-\u139f\u2d80-\u2ddf",
    "Khmer": "\u1780-\u17ff",
    "Mongolian": "\u1800-\u18af",
    "Hangul": HANGUL,
    "Kana": KANA,
    "Bopomofo": "\u3105-\u312f\u31a0-\u31bf",
    "Han": HAN,
}
"""The scripts told apart, by the names that messages use; KANA is both of them."""

_WRITTEN = {
    "Latn": ("Latin",),
    "Grek": ("Greek",),
    "Cyrl": ("Cyrillic",),
    "Armn": ("Armenian",),
    "Hebr": ("Hebrew",),
    "Arab": ("Arabic",),
    "Deva": ("Devanagari",),
    "Beng": ("Bengali",),
    "Guru": ("Gurmukhi",),
    "Gujr": ("Gujarati",),
    "Orya": ("Oriya",),
    "Taml": ("Tamil",),
    "Telu": ("Telugu",),
    "Knda": ("Kannada",),
    "Mlym": ("Malayalam",),
    "Sinh": ("Sinhala",),
    "Thai": ("Thai",),
    "Laoo": ("Lao",),
    "Tibt": ("Tibetan",),
    "Mymr": ("Burmese",),
    "Geor": ("Georgian",),
    "Ethi": ("Ethiopic",),
    "Khmr": ("Khmer",),
    "Mong": ("Mongolian",),
    "Kore": ("Hangul", "Han"),
    "Jpan": ("Kana", "Han"),
    "Hans": ("Han", "Bopomofo"),
    "Hant": ("Han", "Bopomofo"),
}
"""The scripts by their codes in ISO 15924; Kore and Jpan stand for several."""


@cache
def language(locale: str) -> str:
    """The language of a locale; "" for a built-in pseudo locale, whose words are nobody's."""
    return "" if locales.is_pseudo(locale) else locales.language(locale)


@cache
def code(locale: str) -> str:
    """The code of the script a locale is written in, `Hant` for `zh-TW`; "" if unknown."""
    return "" if locales.is_pseudo(locale) else locales.script(locale)


def written_in(locale: str) -> tuple[str, ...]:
    """The scripts of a locale, by name; () where they are not among those told apart."""
    return _WRITTEN.get(code(locale), ())


def letters(names: tuple[str, ...]) -> str:
    """The letters of some scripts, as the inside of a character class."""
    return "".join(_LETTERS[name] for name in names)


@cache
def foreign(locale: str) -> re.Pattern[str]:
    """Runs of letters of the known scripts other than the locale's own and Latin."""
    own = {*written_in(locale), "Latin"}
    return re.compile(f"[{letters(tuple(name for name in _LETTERS if name not in own))}]+")


def name_of(letter: str) -> str:
    """The script of a letter, by name; "" where it is none of those told apart."""
    return next((name for name, one in _patterns().items() if one.match(letter)), "")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(f"[{inside}]") for name, inside in _LETTERS.items()}


def has(names: tuple[str, ...], text: str) -> bool:
    """Whether a text holds a letter of any of the scripts."""
    return _any_of(names).search(text) is not None


@cache
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"[{letters(names)}]")
