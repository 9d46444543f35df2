"""The memory of a run: that of all terms, also where it looks at a few.

Texts that wait elsewhere found nothing in the memory of the run before. They are asked about again
where it has changed, and what may be filled is looked at too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from i18n_pipeline.formats.body import FIELD
from i18n_pipeline.memory import Unusable
from i18n_pipeline.model import Key, Kind, Segment, State, Unit, digest
from i18n_pipeline.pipeline.elsewhere import marks_elsewhere, units_at
from i18n_pipeline.pipeline.judging import check_terminology
from i18n_pipeline.pipeline.memories import Imports, index_of, kept_reviewed
from i18n_pipeline.pipeline.rest import NeedsAll, NeedsMore
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.stages.fillable import Change, fillable
from i18n_pipeline.stages.leverage import Filler, Reuse, wants
from i18n_pipeline.stages.recall.entries import Entry, Memory, entries_of, fields_of
from i18n_pipeline.stages.recall.wording import wording_of
from i18n_pipeline.values import replace

if TYPE_CHECKING:
    from i18n_pipeline.memory.reviewed import Content, Part, Reviewed

_KINDS: Mapping[str, Kind] = {kind.value: kind for kind in Kind}
_SHORT = 4
"""Bytes of a hash that tells the texts of one term apart."""


def remembered(units: Iterable[Unit], segments: Mapping[Key, Segment]) -> Mapping[str, list[str]]:
    """What each term adds to the memory, by slug: the hash of each text, and of what it became."""
    found: defaultdict[str, defaultdict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries_of(units, segments):
        found[entry.where.rpartition("/")[0]][entry.source].append(entry)
    return {
        slug: sorted(_hash_of(source) + _hash_of(_said(each)) for source, each in texts.items())
        for slug, texts in found.items()
    }


def _said(entries: Iterable[Entry]) -> str:
    """All that entries of one text of the project differ in."""
    return "\0".join(
        sorted("\0".join((one.target, one.sort, one.where, "sure" * one.sure)) for one in entries)
    )


def waiting(units: Iterable[Unit], segments: Mapping[Key, Segment]) -> Mapping[str, list[str]]:
    """Hashes of the texts that found nothing in the memory, by slug."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for unit in units:
        segment = segments.get(unit.key)
        if segment is not None and wants(unit, segment):
            found[unit.slug].append(_hash_of_waiting(unit, segment))
    return found


def with_waiting(work: Work) -> Work:
    """The work with what of it found nothing in the memory, before any machine is asked."""
    return replace(work, waiting=waiting(work.units, work.segments))


def _hash_of_waiting(unit: Unit, segment: Segment) -> str:
    return _hash_of(repr((unit.key, segment)))


def _hash_of(text: str) -> str:
    return digest(text, _SHORT)


def with_remembered(work: Work) -> Work:
    """The work with what its terms add to the memory. Raises NeedsAll where others decide that."""
    if work.files.rest:
        _check_fields(work)
    return replace(work, remembered=remembered(work.units, work.segments))


def _check_fields(work: Work) -> None:
    """What an obsolete text of a field may serve as is known from terms that have the field."""
    fields = {segment.field for segment in work.segments.values()}
    before = {unit.field for unit in work.files.catalog.units if not unit.obsolete}
    come_or_gone = fields ^ before
    for unit in work.units:
        if unit.obsolete and unit.reviewed and unit.field != FIELD:
            unknown = unit.slug in work.files.rest.before and unit.field not in fields
            if unknown or unit.field in come_or_gone:
                raise NeedsAll


def filler_of(work: Work, reuse: Reuse, imports: Imports, ending: ExitStack) -> Filler:
    """What fills texts from the memory of all terms, until the `ending`.

    Raises NeedsMore with the terms elsewhere that it may fill too, and NeedsAll.
    """
    check_terminology(work)  # before catalogs are read in vain
    files = work.files
    if not files.rest or files.foreseen is not None:  # there nobody reviewed anything elsewhere
        entries = (*entries_of(work.units, work.segments), *imports.entries)
        index = partial(index_of, work.project.workspace, work.locale)
        return Filler(reuse, Memory(entries, work.units, index))
    elsewhere = ending.enter_context(closing(_reviewed_elsewhere(work, imports)))
    entries = tuple(entries_of(work.units, work.segments, elsewhere.fields))
    filler = Filler(reuse, Memory(entries, work.units, elsewhere=elsewhere))
    if is_asked_elsewhere(work):
        _check_waiting(work, entries, filler, elsewhere)
    return filler


def _reviewed_elsewhere(work: Work, imports: Imports) -> Reviewed:
    """What is reviewed in catalogs but for what the run reads of them, and in imports."""
    from i18n_pipeline.memory.reviewed import Content, Part, reviewed_in  # it loads SQLite

    workspace, files = work.project.workspace, work.files
    imported = {Part(path): mark for path, mark in imports.marks.items()}
    marks = {Part(*place): mark for place, mark in marks_elsewhere(files).items()} | imported

    def read(parts: Collection[Part]) -> Iterator[Content]:
        catalogs = (part for part in parts if part not in imported)
        for place, units in units_at(workspace, files, catalogs):
            yield Content(Part(*place), units, _segments_of(units))
        for part in imported.keys() & set(parts):
            yield Content(part, entries=imports.of(part.path))

    fields = fields_of(work.segments.values())
    return reviewed_in(kept_reviewed(workspace, work.locale), marks, fields, read)


@contextmanager
def usable(work: Work) -> Iterator[None]:
    """What is kept of the memory is used. Raises NeedsAll where it fails; it is made anew then."""
    try:
        yield
    except Unusable as failure:
        from i18n_pipeline.memory.reviewed import forget

        if place := kept_reviewed(work.project.workspace, work.locale):
            forget(place)
        raise NeedsAll from failure


def to_fill(work: Work) -> Mapping[Key, Segment]:
    """The segments whose texts may be filled: not those that found nothing in the same memory."""
    before = work.files.rest.before
    if not before or _Past(work).changed:
        return work.segments
    units = work.catalog.by_key
    return {
        key: segment
        for key, segment in work.segments.items()
        if (share := before.get(units[key].slug)) is None
        or _hash_of_waiting(units[key], segment) not in share.waiting.split()
    }


def is_asked_elsewhere(work: Work) -> bool:
    """Whether a text waits elsewhere, and the memory is not what it was when nothing was found."""
    rest = work.files.rest
    return bool(rest) and bool(rest.states[State.UNTRANSLATED]) and bool(_Past(work).changed)


def _check_waiting(
    work: Work, entries: Iterable[Entry], filler: Filler, elsewhere: Reviewed
) -> None:
    """Raises NeedsMore where a text that waits elsewhere may be filled."""
    here, past = {term.slug for term in work.project.terms}, _Past(work)
    texts = (*past.texts, *(one.source for one in entries if _slug(one) not in here))
    before = frozenset(map(wording_of, texts)) - {""}
    same = before == filler.memory.wordings
    change = Change(past.changed, None if same else partial(elsewhere.index, before))
    if found := {unit.slug for unit in fillable(_waiting(work), filler, change)}:
        raise NeedsMore(found)


def _waiting(work: Work) -> Iterator[tuple[Unit, Segment]]:
    """The texts elsewhere that wait for one."""
    rest = work.files.rest
    waiting = {share.slug: share.home for share in rest if share.waits}
    places = {(home, slug if home in rest.catalogs else "") for slug, home in waiting.items()}
    for _, units in units_at(work.project.workspace, work.files, places):
        segments = _segments_of(units)
        yield from (
            (unit, segments[unit.key])
            for unit in units
            if unit.slug in waiting and wants(unit, segments.get(unit.key))
        )


def _slug(entry: Entry) -> str:
    return entry.where.rpartition("/")[0]


class _Past:
    """What the terms of a run added to the memory of the run before."""

    def __init__(self, work: Work) -> None:
        self._before = work.files.rest.before
        self._now = work.remembered
        self._slugs = [term.slug for term in work.project.terms]
        self._sources = {(unit.slug, _hash_of(unit.source)): unit.source for unit in work.units}

    @property
    def texts(self) -> Iterator[str]:
        """The texts. Raises NeedsAll for one that is nowhere any more."""
        for slug, share in self._before.items():
            yield from (self._text(slug, one) for one in share.remembered.split())

    @property
    def changed(self) -> frozenset[str]:
        """The texts of which they add something else now. Raises NeedsAll as `texts` does."""
        before = {slug: share.remembered.split() for slug, share in self._before.items()}
        return frozenset(
            self._text(slug, one)
            for slug in self._slugs
            for one in {*before.get(slug, ())} ^ {*self._now.get(slug, ())}
        )

    def _text(self, slug: str, hashed: str) -> str:
        found = self._sources.get((slug, hashed[: 2 * _SHORT]))
        if found is None:
            raise NeedsAll
        return found


def _segments_of(units: Iterable[Unit]) -> Mapping[Key, Segment]:
    return {unit.key: _segment_of(unit) for unit in units if not unit.obsolete}


def _segment_of(unit: Unit) -> Segment:
    """What is known of a unit's segment without its source: its kind, as translators are told."""
    kind = _KINDS.get(unit.notes[0].partition(":")[0]) if unit.notes else None
    if kind is None:
        raise NeedsAll
    return Segment(unit.field, kind, unit.source)
