"""Whether a translation uses a rendering: in its own spelling, inflected, or inside a compound."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from unicodedata import normalize

from i18n_pipeline.expressions import expression
from i18n_pipeline.glossary.pieces import SPACELESS, is_spaceless, pieces_of
from i18n_pipeline.glossary.stems import stemmer
from i18n_pipeline.locales import language
from i18n_pipeline.markdown import Span
from i18n_pipeline.values import dataclass

_GAP = expression(r"[\s\u2010\u2011-]+")
_LONG_VOWEL = expression("(?<=[\u30a1-\u30fa]{2})\u30fc(?![\u30a1-\u30fa\u30fc])")
_BRACKETED = expression(r"(?P<name>.*\S)\s*[(\uff08](?P<other>[^()\uff08\uff09]+)[)\uff09]")
_JOINED = expression(f"[{SPACELESS}\uac00-\ud7a3]")
_WORD = expression(rf"[{SPACELESS}]|[^\W{SPACELESS}]+")
_SHORT = expression("[A-Za-z]{2,3}")
"""What no stemmer takes the plural from: `APIs`, `Pods`."""

_CUT_OFF = frozenset({"ar", "fa", "ga", "id"})
"""Languages in which Snowball takes off beginnings too, such as the Arabic article."""

_SHORTEST = 4
"""Letters of the shortest rendering that may be found inside another word, as in a compound."""


@dataclass(frozen=True)
class Rendered:
    """A translation as renderings are looked for in it: what a reader sees, without code."""

    words: str
    locale: str

    @cached_property
    def plain(self) -> str:
        """Its words with case, widths, soft hyphens and kinds of blanks and hyphens made alike."""
        return plain(self.words)

    @cached_property
    def _folded(self) -> list[str]:
        """Its words, one after the other."""
        return _WORD.findall(self.plain)

    def uses(self, spelling: str) -> bool:
        """Whether it uses a spelling: as it is, inflected, or as a part of a word."""
        return self.uses_any((spelling,))

    def uses_any(self, spellings: Iterable[str]) -> bool:
        """Whether it uses one of several spellings. Stemming comes last: it is what takes time."""
        known = tuple(spellings)
        if any(map(self._holds, known)) or any(map(self.has_words, known)):
            return True
        return any(self.has_words(f"{one}s") for one in known if _SHORT.fullmatch(one))

    def _holds(self, spelling: str) -> bool:
        return _may_be_a_part(spelling) and plain(spelling) in self.plain

    def has_words(self, spelling: str) -> bool:
        """Whether it uses a spelling as whole words, inflected or not."""
        wanted = _stems(spelling, self.locale)
        if not wanted:
            return False
        words, length, initial = self._folded, len(wanted), _initial(wanted[0], self.locale)
        stem = stemmer(self.locale)
        for at in range(len(words) - length + 1):
            # only what begins alike is stemmed: to stem is what takes time
            alike = not initial or _base(words[at][0]) == initial
            if alike and tuple(map(stem, words[at : at + length])) == wanted:
                return True
        return False

    def without(self, spelling: str) -> Rendered:
        """The translation with a spelling taken out as it stands."""
        return Rendered(self.plain.replace(plain(spelling), "\n"), self.locale)


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """A text in which case, widths, soft hyphens, and the kind of blank or hyphen are alike.

    So is the long vowel at the end of a Japanese loanword: `サーバ` and `サーバー` are one word.
    """
    folded = normalize("NFKC", text.replace("\u00ad", "")).casefold()
    return _LONG_VOWEL.sub("", _GAP.sub(" ", folded))


@lru_cache(maxsize=16_384)
def _stems(spelling: str, locale: str) -> tuple[str, ...]:
    return tuple(map(stemmer(locale), _WORD.findall(plain(spelling))))


@lru_cache(maxsize=16_384)
def _initial(stem: str, locale: str) -> str:
    """The letter that a word of this stem begins with; "" where stemmers cut beginnings off."""
    return "" if language(locale) in _CUT_OFF else _base(stem[:1])


@lru_cache(maxsize=4096)
def _base(letter: str) -> str:
    """A letter without its accent: some stemmers take accents off."""
    return normalize("NFD", letter)[:1]


def _may_be_a_part(spelling: str) -> bool:
    """Korean particles, too, are written onto the word."""
    return len(spelling) >= _SHORTEST or _JOINED.search(spelling) is not None


def holds(words: str, spelling: str) -> bool:
    """Whether every text that uses some words is sure to use a spelling that stands in them too."""
    whole, part = plain(words), plain(spelling)
    if _SHORT.fullmatch(words) and not _SHORT.fullmatch(spelling):
        return False
    if whole == part:
        return len(words) == len(spelling)
    if not _may_be_a_part(spelling) or part not in whole:
        return False
    wanted, found = _WORD.findall(part), _WORD.findall(whole)
    length = len(wanted)
    return length > 0 and any(
        found[at : at + length] == wanted for at in range(len(found) - length + 1)
    )


def place_of(text: str, spelling: str) -> Span | None:
    """Where a spelling stands in a text as it is written, case apart; None where it does not."""
    found = re.search(re.escape(spelling), text, re.IGNORECASE)
    return found.span() if found else None


@lru_cache(maxsize=16_384)
def readings(name: str) -> tuple[str, ...]:
    """A name, and what it is called too: `Integración continua (CI)` is both of its parts."""
    found = _BRACKETED.fullmatch(name)
    return (name, found["name"], found["other"].strip()) if found else (name,)


@lru_cache(maxsize=16_384)
def initials(name: str) -> str:
    """The abbreviation that a name's words give, `VM` for virtual machine; "" for one word."""
    words = [piece.raw.strip() for piece in pieces_of(name) if piece.raw.strip()[:1].isalnum()]
    spaced = all(not is_spaceless(word[0]) for word in words)
    return "".join(word[0] for word in words).upper() if spaced and len(words) > 1 else ""
