"""Rejecting: which texts a person has taken back, so that nothing equal stands here again.

A text is known by what it says, not by where it stands: the hashes are of the protected texts, so
another address behind a link, or other code, makes no other text of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.rejected import Rejection, Rejections
from i18n_pipeline.model import Key, Kind, QualityIssue, Segment, Severity, Unit, digest
from i18n_pipeline.origins import OriginKind, engine_of, kind_of
from i18n_pipeline.placeholders import protect, tokens_of
from i18n_pipeline.stages.pretranslate import other_notes, refused, was_rejected
from i18n_pipeline.values import dataclass, replace

CHECK = "rejected"
"""What a rejected text fails, among the checks that keep a draft from standing."""

MEMORY = "memory"
"""Who drafted a text that was reviewed or remembered elsewhere."""

_WHY = "a person took this text back"


def bare(text: str, segment: Segment, extensions: frozenset[str]) -> str:
    """What a text says, without what its links, code and tags hold; itself if that is nothing."""
    try:
        words = protect(text, tokens_of(segment, text, extensions)).text
    except BadFile:
        words = text
    said = "".join(part.rpartition(">")[2] for part in words.split("<"))
    return " ".join((words if any(map(str.isalpha, said)) else text).split())


@dataclass(frozen=True)
class Rejected:
    """The rejections of a locale, asked about its texts."""

    rejections: Rejections
    extensions: frozenset[str]

    def source_of(self, unit: Unit, segment: Segment) -> str:
        """The hash that a unit's source has in rejections."""
        return digest(bare(unit.source, segment, self.extensions), 8)

    def of(self, unit: Unit, segment: Segment) -> Rejection:
        """What rejecting a unit's text says."""
        target = digest(bare(unit.target, segment, self.extensions), 8)
        source = self.source_of(unit, segment)
        return Rejection(source, target, drafted_by(unit), unit.context, unit.target)

    def holds(self, unit: Unit, segment: Segment) -> bool:
        """Whether a unit's text is rejected."""
        if not self.rejections.entries or not unit.target:
            return False
        known = self.rejections.by_source.get(self.source_of(unit, segment))
        return known is not None and self.rejections.holds(*self.of(unit, segment).pair)

    def knows(self, text: str, segment: Segment) -> bool:
        """Whether a text is rejected for whatever source; `segment` is what it is there."""
        if not self.rejections.entries:
            return False
        hashed = digest(bare(text, segment, self.extensions), 8)
        return any(hashed == one.target for one in self.rejections.entries)

    def rejecting(self, unit: Unit, segment: Segment) -> Rejection:
        """What rejects a unit's text, as it was said then; what rejecting it now would say."""
        mine = self.of(unit, segment)
        known = self.rejections.by_source.get(mine.source, ())
        return next((one for one in known if one.pair == mine.pair), mine)

    def engines(self, unit: Unit, segment: Segment) -> frozenset[str]:
        """Who gave rejected texts for a unit's source: they are not asked for it again."""
        if not self.rejections.entries:
            return frozenset()
        known = self.rejections.by_source.get(self.source_of(unit, segment), ())
        return frozenset(one.by for one in known)

    def faults(self, unit: Unit, segment: Segment) -> tuple[QualityIssue, ...]:
        """What keeps a rejected text from standing."""
        if not self.holds(unit, segment):
            return ()
        place = (unit.context, unit.source, unit.path, unit.target)
        return (QualityIssue(CHECK, Severity.ERROR, False, _WHY, *place),)

    def without(self, units: Iterable[Unit], segments: Mapping[Key, Segment]) -> Iterator[Unit]:
        """The units, of which drafts that are rejected have no text any more, and the reason."""
        if not self.rejections.entries:
            yield from units
            return
        for unit in units:
            segment = segments.get(unit.key) or assumed(unit)
            if unit.is_draft and not unit.obsolete and self.holds(unit, segment):
                yield refused(unit, drafted_by(unit), f"{CHECK}: {_WHY}")
            else:
                yield unit


def drafted_by(unit: Unit) -> str:
    """Who drafted a unit's text: the engine as reports call it, or the memory; "" for a person."""
    if kind_of(unit.origin) in (OriginKind.EXACT, OriginKind.FUZZY):
        return MEMORY
    return engine_of(unit.origin)


def assumed(unit: Unit) -> Segment:
    """What is known of a unit whose source is not read: its text."""
    return Segment(unit.field, Kind.PARAGRAPH, unit.source, markdown=True)


def unrejected(unit: Unit) -> Unit:
    """A unit without the word that its text was rejected."""
    return replace(unit, notes=other_notes(unit)) if was_rejected(unit) else unit
