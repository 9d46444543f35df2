"""Words without their endings: what an inflected word has in common with the word it comes from.

Stemmers are Snowball's (https://snowballstem.org); a language without one compares whole words.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from i18n_pipeline.locales import language

Stem = Callable[[str], str]
"""A folded word → its stem."""

_ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "st": "sesotho",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
_SHORTEST = 4
"""Letters of the shortest word that is cut: endings of shorter ones are mostly their own."""


@lru_cache(maxsize=32)
def stemmer(locale: str) -> Stem:
    """The stemmer of a locale's language; the word itself where there is none."""
    name = _ALGORITHMS.get(language(locale))
    if name is None:
        return _itself
    from snowballstemmer import stemmer as snowball

    known = snowball(name)

    @lru_cache(maxsize=65_536)
    def stem(word: str) -> str:
        return str(known.stemWord(word)) if len(word) >= _SHORTEST else word

    return stem


def _itself(word: str) -> str:
    return word
