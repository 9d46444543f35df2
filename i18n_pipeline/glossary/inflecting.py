"""A term's own inflected forms in the source language: plurals, and verbs where one is a verb.

English is written out: its stemmer takes `tokenization` for `token`. A term in another language
is looked for as it is written, and as its `forms` say.
"""

from __future__ import annotations

from i18n_pipeline.expressions import expression
from i18n_pipeline.locales import language

_ENGLISH_END = expression(r"[A-Za-z]\Z")
_SIBILANT = ("s", "x", "z", "ch", "sh")
_VOWELS = "aeiou"


def inflected(source: str, pos: str, locale: str) -> tuple[str, ...]:
    """A term in its simple forms, itself first."""
    if language(locale) != "en" or not _ENGLISH_END.search(source):
        return (source,)
    forms = _verb_forms(source) if pos.casefold() in ("verb", "v") else (_plural(source),)
    return (source, *forms)


def _plural(source: str) -> str:
    word = source.rpartition(" ")[2]
    if word.isupper():
        return source + "s"
    return source[:-2] + "es" if word.endswith("sis") else _with_s(source)


def _with_s(word: str) -> str:
    if word.endswith(_SIBILANT):
        return word + "es"
    return word[:-1] + "ies" if _ends_in_y(word) else word + "s"


def _verb_forms(verb: str) -> tuple[str, ...]:
    """`tunes`, `tuned`, `tuning`; a last consonant is doubled after a short vowel."""
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb[:-1] + "ing"
    if _ends_in_y(verb):
        return _with_s(verb), verb[:-1] + "ied", verb + "ing"
    doubled = verb + verb[-1]
    return _with_s(verb), verb + "ed", verb + "ing", doubled + "ed", doubled + "ing"


def _ends_in_y(word: str) -> bool:
    return word.endswith("y") and word[-2:-1] not in ("", *_VOWELS)
