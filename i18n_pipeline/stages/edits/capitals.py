"""The same words and signs, written otherwise: which other spellings are proven to mean the same.

A capital can make a name, an abbreviation or another unit of a word. It is harmless where a rule
below knows that it carries nothing, and for a person everywhere else.
"""

from __future__ import annotations

from functools import cached_property

from i18n_pipeline.locales import language
from i18n_pipeline.stages.edits.borrowed import NOUNS_LARGE
from i18n_pipeline.stages.edits.ground import Ground, Side
from i18n_pipeline.stages.edits.pieces import Piece, Role, as_written
from i18n_pipeline.stages.edits.places import Pair, Place, canonical
from i18n_pipeline.tongues.english import (
    NAMES_TOO,
    NEVER_NAMES,
    OF_CLAUSES,
    OFTEN_SHOUTED,
    PLAIN_WORDS,
    UNITS,
)
from i18n_pipeline.values import dataclass

_SHORTEST = 3
"""Letters from which on a word that no list has is one word, however it is written."""

_DOTTED = frozenset({"tr", "az"})
"""Languages in which `i` and `I` are two letters."""

_HYPHENS = frozenset("-\u2010\u2011\u2013")
_DASHES = _HYPHENS | frozenset("\u2012\u2014\u2015\u2212")
_MINUS = frozenset("-\u2212")


@dataclass(frozen=True)
class Capitals:
    """The words that two texts have in common."""

    old: Side
    new: Side
    ground: Ground

    def is_same(self, pair: Pair, one: Piece, other: Piece) -> bool:
        """Whether the parts after a place say the same in both texts; their keys are equal."""
        if as_written(one.said) == as_written(other.said):
            return one.role is not Role.SIGN or _is_same_sign(pair, {one.said, other.said})
        if one.role is not Role.WORD:
            return False
        if one.key in UNITS or any(map(str.isdigit, one.key)) or is_measured(pair):
            return False
        tongue = language(self.ground.locale)
        if self._begins_alike(pair, one, other, tongue):
            return True
        return tongue == "en" and self._is_same_english(pair, one, other)

    def _begins_alike(self, pair: Pair, one: Piece, other: Piece, tongue: str) -> bool:
        """Whether only the first letter differs, of a word that begins a sentence."""
        if not _is_initial(one, other):
            return False
        large, small = pair.sides if one.text[0].isupper() else (pair.new, pair.old)
        if not large.begins or not (small.begins or (tongue == "en" and _opens(small))):
            return False
        if tongue == "en":
            return one.key not in NAMES_TOO and (len(one.key) > 1 or one.key == "a")
        if tongue in _DOTTED and one.key[0] in "iı":
            return False
        return len(one.key) > 1 and tongue not in NOUNS_LARGE

    def _is_same_english(self, pair: Pair, one: Piece, other: Piece) -> bool:
        if self._is_one_word(one, other):
            return True
        begins = pair.old.begins and pair.new.begins
        if begins and one.key in OFTEN_SHOUTED and _shapes(one, other) <= {"AA", "Aa"}:
            return True
        if not _is_initial(one, other):
            return False
        clause = (pair.old.begins or _opens(pair.old)) and (pair.new.begins or _opens(pair.new))
        if one.key in (OF_CLAUSES if clause else PLAIN_WORDS):
            return True
        return self._is_named(one, other) or self._is_of_title(one)

    def _is_one_word(self, one: Piece, other: Piece) -> bool:
        """Whether there is no English word of these letters that a capital could tell it from."""
        word = one.key.removesuffix("'s")
        parts, words = word.split("."), self.ground.words()
        if not words or "".join(parts) in words or len(word) < _SHORTEST:
            return False
        if not "".join(parts).isalpha() or min(map(len, parts)) < _SHORTEST - 1:
            return False
        shapes = _shapes(one, other)
        return "aa" in shapes or shapes == {"Aa", "aA"}

    def _is_named(self, one: Piece, other: Piece) -> bool:
        """Whether both are a part of one name of several words: `Service Mesh`, `service mesh`."""
        return _in_long_name(self.old, one) and _in_long_name(self.new, other)

    def _is_of_title(self, one: Piece) -> bool:
        """Whether it stands in a heading that is written in capitals on one side alone."""
        if one.key in NAMES_TOO:
            return False
        return self._titled[0] is not self._titled[1]

    @cached_property
    def _titled(self) -> tuple[bool, bool]:
        return _is_title(self.old), _is_title(self.new)


def _is_same_sign(pair: Pair, signs: set[str]) -> bool:
    """Whether a sign, however it is written, is the same one: a minus is no dash."""
    if len(signs) == 1 or signs <= _HYPHENS or not signs <= _DASHES:
        return True
    negative = all(one.before is None or one.gap[-1:].isspace() for one in pair.sides)
    return signs <= _MINUS and negative


def _is_initial(one: Piece, other: Piece) -> bool:
    """Whether two words differ in the first letter alone, and the others are small."""
    rest = one.text[1:]
    return rest == other.text[1:] and (not rest or rest.islower())


def is_measured(pair: Pair) -> bool:
    """Whether a number stands before it: it may be a unit."""
    before = pair.new.before
    return (
        before is not None
        and (before.role is Role.NUMBER or before.key[-1:].isdigit())
        and not pair.new.begins
    )


def _opens(place: Place) -> bool:
    """Whether a clause begins there."""
    return canonical(place.gap, "en", last=False) in {": ", "; ", " — ", " – ", ". "}


def _shapes(one: Piece, other: Piece) -> set[str]:
    return {_shape(one.text), _shape(other.text)}


def _shape(word: str) -> str:
    """`aa` for small letters, `AA` for capitals, `Aa` for one capital, `aA` for any others."""
    word = word.replace("’", "'").removesuffix("'s")
    if word.islower():
        return "aa"
    if word.isupper():
        return "AA"
    return "Aa" if word[0].isupper() and word[1:].islower() else "aA"


def _in_long_name(side: Side, part: Piece) -> bool:
    start, end = part.span
    return any(
        name[0] <= start and end <= name[1] and any(map(str.isspace, side.text.raw[slice(*name)]))
        for name in side.names
    )


def _is_title(side: Side) -> bool:
    """Whether a heading is written in capitals: all longer words, and one that is no name."""
    words = [one for one in side.text.parts[1:] if one.role is Role.WORD]
    large = all(one.text[0].isupper() for one in words if len(one.key) > _SHORTEST)
    proven = any(one.text[0].isupper() and one.key in NEVER_NAMES for one in words)
    return side.is_heading and large and proven
