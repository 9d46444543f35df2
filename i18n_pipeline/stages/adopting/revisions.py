"""Which revision of a source a locale's file was made from, and each of its texts.

A file that somebody touched yesterday may hold paragraphs of years ago. So each text is taken for
a translation of what its source said when it was written: what changed since then is an edit that
nobody has translated.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from math import inf

from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.model import Segment, Unit
from i18n_pipeline.stages.adopting.doubts import doubts_about
from i18n_pipeline.stages.adopting.matching import Match, Reading, match, spelled, words_in
from i18n_pipeline.stages.succession import successors
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass, field

_CLEARLY = 1.0
"""How much better another revision has to fit than the one of the time."""
_TRIED = 40
"""How many revisions of one term are laid beside a file."""

Said = Mapping[Segment, Segment]
"""A segment of the revision, and what it said when its translation was written."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A source as it was from a time on (seconds since 1970), and the commit that made it so."""

    term: Term
    since: float
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """A locale's file as it was from a time on."""

    file: TermFile
    since: float


@dataclass(frozen=True)
class Past:
    """What git knows of a term and of its translation, each the oldest first; may be nothing."""

    revisions: tuple[Revision, ...] = ()
    editions: tuple[Edition, ...] = ()

    def in_force(self, when: float) -> int:
        """The position of the revision that stood at a time; the first where none did yet."""
        since = [one.since for one in self.revisions]
        return max(0, bisect_right(since, when) - 1)


@dataclass(frozen=True)
class Laid:
    """A file laid beside the revision it fits best, with what each text translates."""

    match: Match
    commit: str = ""
    said: Said = field(default_factory=dict)


def lay(term: Term, target: TermFile, past: Past, reading: Reading) -> Laid:
    """Lay a locale's file beside its source as it was when the file was written."""
    if not past.revisions:
        return Laid(match(term, target, reading))
    written = _written(target, past.editions, reading)
    newest = max((when for when in written.values() if when < inf), default=inf)
    chosen, found = _best(target, past, past.in_force(newest), reading)
    commit = past.revisions[chosen].commit
    return Laid(found, commit, dict(_said(found, past, chosen, written)))


def _best(target: TermFile, past: Past, first: int, reading: Reading) -> tuple[int, Match]:
    """The revision that fits clearly best; the one of the time, where none does."""
    best_at = first
    best = match(past.revisions[first].term, target, reading)
    order = sorted(range(len(past.revisions)), key=lambda at: (abs(at - first), at))
    for at in order[1:_TRIED]:
        if _fits(best):
            break
        other = match(past.revisions[at].term, target, reading)
        if other.score > best.score + _CLEARLY:
            best_at, best = at, other
    return best_at, best


def _fits(found: Match) -> bool:
    """Whether each text has its counterpart, and nobody doubts it."""
    sources, targets = found.sources.clues, found.targets.clues
    if not len(sources) == len(targets) == len(found.pairs):
        return False
    return not any(
        doubts_about(pair, sources[pair.source], targets[pair.target], found.like)
        for pair in found.pairs
    )


def _written(
    target: TermFile, editions: Sequence[Edition], reading: Reading
) -> Mapping[Segment, float]:
    """When each text of a file was written: since when it says these words, without a break.

    `inf` for one that is not committed.
    """
    extensions = reading.site.rules.extensions
    wanted = {segment: _words(segment, extensions) for segment in target.segments}
    written = dict.fromkeys(wanted, inf)
    open_ones = set(wanted)
    for edition in reversed(editions):
        there = {_words(segment, extensions) for segment in edition.file.segments}
        open_ones = {segment for segment in open_ones if wanted[segment] in there}
        for segment in open_ones:
            written[segment] = edition.since
    return written


def _words(segment: Segment, extensions: frozenset[str]) -> tuple[str, str]:
    """What a reader sees of a text: addresses may change under it."""
    return segment.field, words_in(segment, extensions)


def _said(
    found: Match, past: Past, chosen: int, written: Mapping[Segment, float]
) -> Iterator[tuple[Segment, Segment]]:
    """For segments whose translation is older than the revision, what they said at its time."""
    by_revision: dict[int, list[Segment]] = {}
    for source, target in found.translated():
        at = past.in_force(written.get(target, inf))
        if at < chosen:
            by_revision.setdefault(at, []).append(source)
    for at, segments in by_revision.items():
        before = past.revisions[at].term
        earlier = _earlier(before, found.term)
        for segment in segments:
            was = earlier.get(segment, segment)
            if was.source != segment.source:
                yield segment, was


def _earlier(before: Term, after: Term) -> Mapping[Segment, Segment]:
    """Segments of a later revision that changed, with what they said in an earlier one."""
    fields = {spelled(slot.path): slot.segment for slot in before.file.fields}
    earlier = {
        slot.segment: fields[spelled(slot.path)]
        for slot in after.file.fields
        if spelled(slot.path) in fields
    }
    return earlier | _earlier_body(before, after)


def _earlier_body(before: Term, after: Term) -> dict[Segment, Segment]:
    old = {slot.segment.source: slot.segment for slot in before.file.body.slots}
    new = {slot.segment.source: slot.segment for slot in after.file.body.slots}
    vanished = [Unit("body", source) for source in old if source not in new]
    waiting = {("body", source): segment for source, segment in new.items() if source not in old}
    heirs = successors(vanished, list(waiting), waiting)
    return {
        slot.segment: old[was[1]]
        for was, heir in heirs.items()
        for slot in after.file.body.slots
        if slot.segment.source == heir[1]
    }
