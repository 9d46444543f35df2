"""What a project's glossary at DeepL should hold, and what cannot be in it; pure.

A name carries the hash of the content, so whoever finds it can use it as it is, from any machine.
Source of the limits: developers.deepl.com/api-reference/multilingual-glossaries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from unicodedata import category, normalize

from i18n_pipeline.model import digest
from i18n_pipeline.providers.base import Terms
from i18n_pipeline.providers.deepl.capabilities import takes_glossary
from i18n_pipeline.providers.deepl.languages import base, source_code, target_code
from i18n_pipeline.values import dataclass

LONGEST_TERM = 1024
"""UTF-8 bytes of a source or target term."""

APPLICATION = "i18n-pipeline"
"""What the names of all that is ours at DeepL begin with."""

_NOT_IN_TERMS = ("Cc", "Cs", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A pair of terms that DeepL would refuse, and why."""

    source: str
    target: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """Pairs of terms as DeepL accepts them, and those it does not."""

    kept: Terms
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The terms of one pair of languages, as DeepL takes them."""

    source: str
    target: str
    entries: Terms


@dataclass(frozen=True, slots=True)
class Wanted:
    """A glossary as it should be: `family` is what all versions of it are called."""

    family: str
    dictionaries: tuple[Dictionary, ...]

    @property
    def name(self) -> str:
        """The family and the hash of the content."""
        return f"{self.family}/{digest(repr(self.dictionaries), 6)}"


def family_of(project: str) -> str:
    """What is a project's at DeepL is called this, and perhaps more."""
    return f"{APPLICATION}/{project[:60] or 'project'}"


@lru_cache(maxsize=256)  # a request asks for its size, and so for its glossary, text by text
def sort_out(entries: Terms) -> Sorted:
    """Entries composed, stripped, sorted, each source once; and those that cannot be kept."""
    kept: dict[str, str] = {}
    left_out: list[LeftOut] = []
    for source, target in sorted(entries):
        term, rendering = _composed(source), _composed(target)
        reason = _trouble(term) or _trouble(rendering)
        if not reason and kept.get(term, rendering) != rendering:
            reason = f"{term!r} has the rendering {kept[term]!r} already"
        if reason:
            left_out.append(LeftOut(source, target, reason))
        else:
            kept[term] = rendering
    return Sorted(tuple(sorted(kept.items())), tuple(left_out))


def clean(entries: Terms) -> Terms:
    """Entries as DeepL accepts them."""
    return sort_out(entries).kept


def wanted(project: str, source: str, glossaries: Mapping[str, Terms], target: str) -> Wanted:
    """The glossary that serves `target`: with every locale's entries, but one per language.

    DeepL has one dictionary for all variants of a language, so a second variant (`pt-PT` beside
    `pt-BR`) lives in a second glossary, with the other languages' second variants.
    """
    usable = {locale: clean(entries) for locale, entries in glossaries.items()}
    pairs = {locale: pair_of(source, locale) for locale in usable if usable[locale]}
    locales = sorted(locale for locale, pair in pairs.items() if pair)
    variant = _variant(target, locales)
    dictionaries = (
        Dictionary(*pair, usable[locale])
        for locale, pair in pairs.items()
        if pair and _variant(locale, locales) == variant
    )
    family = family_of(project) + (f"+{variant}" if variant else "")
    return Wanted(family, tuple(sorted(dictionaries, key=lambda one: one.target)))


def pair_of(source: str, target: str) -> tuple[str, str] | None:
    """The two languages of a dictionary; None where DeepL has no glossaries for them."""
    codes = source_code(source), target_code(target)
    if codes[0] is None or codes[1] is None or not takes_glossary(codes[0], codes[1]):
        return None
    return base(codes[0]), base(codes[1])


def _variant(target: str, locales: Sequence[str]) -> int:
    """Which variant of its language a locale is, counted from 0 in the order of tags."""
    language = base(target_code(target) or "")
    return [one for one in locales if base(target_code(one) or "") == language].index(target)


def _composed(term: str) -> str:
    return normalize("NFC", term).strip()


def _trouble(term: str) -> str:
    """Why DeepL would refuse a term; "" where it would not."""
    if not term:
        return "empty"
    if any(category(character) in _NOT_IN_TERMS for character in term):
        return "holds control characters or line ends"
    size = len(term.encode())
    return f"longer than {LONGEST_TERM} bytes ({size})" if size > LONGEST_TERM else ""
