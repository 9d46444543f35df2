"""What edits are judged by, and the two texts of one with what is asked about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence, Set
from functools import cached_property

from i18n_pipeline.markdown import DEFAULT_EXTENSIONS, Span, Token
from i18n_pipeline.model import Kind, Segment
from i18n_pipeline.placeholders import tokens_of
from i18n_pipeline.stages.edits.pieces import SPOKEN, Piece, Text, text_of
from i18n_pipeline.stages.edits.weighty import weights_of_text
from i18n_pipeline.values import dataclass

_SHORT = 30
"""Characters up to which a changed place is about the number or the denial in it."""


def _none() -> Set[str]:
    return frozenset()


def _no_names(_text: str, _tokens: Sequence[Token]) -> Sequence[Span]:
    return ()


@dataclass(frozen=True)
class Ground:
    """What edits are judged by: the language of the texts, its words, the project's names.

    `words` are the words of the language, none where they are not known; `used` others that are no
    slips of the pen: rare ones, and those of the project's texts. `names` tells where names of
    terms stand in a text. All are asked for late.
    """

    locale: str = "en"
    extensions: frozenset[str] = DEFAULT_EXTENSIONS
    words: Callable[[], Set[str]] = _none
    used: Callable[[], Set[str]] = _none
    names: Callable[[str, Sequence[Token]], Sequence[Span]] = _no_names


@dataclass(frozen=True)
class Side:
    """One of the two texts, with what has to be asked about it at most once."""

    text: Text
    tokens: Sequence[Token]
    ground: Ground
    is_heading: bool = False

    @classmethod
    def of(cls, raw: str, segment: Segment, ground: Ground) -> Side:
        """A text of a segment. Raises BadFile where it cannot be read."""
        tokens = tokens_of(segment, raw, ground.extensions)
        return cls(text_of(raw, tokens), tokens, ground, segment.kind is Kind.HEADING)

    @cached_property
    def names(self) -> Sequence[Span]:
        """Where names of terms stand in it."""
        return self.ground.names(self.text.raw, self.tokens)

    @cached_property
    def weights(self) -> Counter[str]:
        """How often it denies and bounds, in a language other than English."""
        return weights_of_text(self.text.raw, self.ground.locale)


@dataclass(frozen=True)
class Hunk:
    """A place where the texts differ: what stood there, and what stands there."""

    old: Sequence[Piece]
    new: Sequence[Piece]

    @property
    def words(self) -> tuple[list[Piece], list[Piece]]:
        """What a reader reads on both sides."""
        return _spoken(self.old), _spoken(self.new)

    @property
    def is_short(self) -> bool:
        """Whether it is so short that a number or a denial in it is what it is about."""
        return max(sum(len(one.text) for one in side) for side in self.words) <= _SHORT


def _spoken(pieces: Sequence[Piece]) -> list[Piece]:
    return [one for one in pieces if one.role in SPOKEN]
