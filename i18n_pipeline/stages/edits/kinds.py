"""The kinds of edits, and what is known of one edit."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from i18n_pipeline.stages.edits.pieces import Tag
from i18n_pipeline.values import dataclass


class EditKind(StrEnum):
    """What an edit changes, from what means least to what means most."""

    REFLOW = "reflow"
    DESTINATION = "link destination"
    PLACEHOLDER = "code or other placeholder"
    MARKUP = "links and markup"
    PUNCTUATION = "punctuation and case"
    TYPO = "typo"
    DOUBTFUL = "punctuation or case in doubt"
    AMOUNT = "addition or removal"
    REWRITE = "rewrite"
    TERM = "name of a term"
    NUMBER = "number"
    NEGATION = "negation or modality"


_ORDER = {kind: at for at, kind in enumerate(EditKind)}

PROTECTED = frozenset({EditKind.DESTINATION, EditKind.PLACEHOLDER, EditKind.MARKUP})
"""Edits of what a translation carries unchanged: they can be made in the translation itself."""

HARMLESS = PROTECTED | {EditKind.REFLOW, EditKind.PUNCTUATION, EditKind.TYPO}
"""Edits after which a text says what it said. All others are for a person to look at."""


@dataclass(frozen=True, slots=True)
class Swap:
    """Markup that an edit changed: `old` became `new`; None where it came, or went.

    Markup that came stands around, or instead of, the words `around`.
    """

    old: Tag | None
    new: Tag | None
    around: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit of a text means: `kinds` are all that it is, the worst last.

    `headline` is the one to tell. `swaps` are what it did to markup.
    """

    kinds: tuple[EditKind, ...] = ()
    headline: EditKind | None = None
    swaps: tuple[Swap, ...] = ()

    @property
    def is_harmless(self) -> bool:
        """Whether the text says what it said."""
        return HARMLESS.issuperset(self.kinds)

    @property
    def is_protected(self) -> bool:
        """Whether nothing but markup and blanks changed."""
        return (PROTECTED | {EditKind.REFLOW}).issuperset(self.kinds)


def in_order(kinds: Iterable[EditKind]) -> tuple[EditKind, ...]:
    """Kinds without repeats, the worst last."""
    return tuple(sorted(set(kinds), key=_ORDER.__getitem__))
