"""A source term as the stages see it, and how its file in one locale stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from i18n_pipeline.formats.term_file import TermFile

Texts = Sequence[str | None]
"""A text for each segment of a term, None where there is none that may be built."""


@dataclass(frozen=True)
class Term:
    """A source term file with its place and the hash of its bytes."""

    slug: str
    path: str
    hash: str
    file: TermFile


class Standing(StrEnum):
    """Whose a term's file in one locale is."""

    NONE = "no file"
    OURS = "as we built it"
    EDITED = "edited by hand since we built it"
    FOREIGN = "a person's, never adopted"
