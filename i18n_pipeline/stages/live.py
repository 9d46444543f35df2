"""Live texts: which translations a locale's page says, as it lies there."""

from __future__ import annotations

from i18n_pipeline.formats.body import FIELD
from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.model import Segment, Unit
from i18n_pipeline.stages.rejecting import bare
from i18n_pipeline.values import dataclass


@dataclass(frozen=True)
class PageTexts:
    """What a page says, text by text: whether in its body, and the words without their markup."""

    said: frozenset[tuple[bool, str]]
    extensions: frozenset[str]

    @classmethod
    def of(cls, file: TermFile, extensions: frozenset[str]) -> PageTexts:
        """All texts of a page."""
        texts = ((s.field == FIELD, bare(s.source, s, extensions)) for s in file.segments)
        return cls(frozenset(texts), extensions)

    def says(self, unit: Unit, segment: Segment) -> bool:
        """Whether the page says a unit's text, wherever its links lead."""
        if not unit.target:
            return False
        return (segment.field == FIELD, bare(unit.target, segment, self.extensions)) in self.said
