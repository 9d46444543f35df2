"""A source term as the stages see it, and how its file in one locale stands."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.model import Segment
from i18n_pipeline.values import dataclass

Texts = Sequence[str | None]
"""A text for each segment of a term, None where there is none that may be built."""


@dataclass(frozen=True)
class Term:
    """A source term file with its place and the hash of its bytes.

    `extras` are what a locale is asked for beside it: fields that the source does not have.
    """

    slug: str
    path: str
    hash: str
    file: TermFile
    extras: tuple[Segment, ...] = ()

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All that a locale is asked for: the front matter's, the locale's own, the body's."""
        if not self.extras:
            return self.file.segments
        count = len(self.file.fields)
        return (*self.file.segments[:count], *self.extras, *self.file.segments[count:])


class Standing(StrEnum):
    """Whose a term's file in one locale is."""

    NONE = "no file"
    OURS = "as we built it"
    EDITED = "edited by hand since we built it"
    FOREIGN = "a person's, never adopted"
