"""Moving: what follows a term that gets another slug: its units, and what the lock remembers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.model import (
    Key,
    LockEntry,
    Segment,
    Unit,
    approved_hash,
    digest,
    draft_hash,
    unit_hash,
)
from i18n_pipeline.stages.chunks import chunks_of
from i18n_pipeline.stages.correct import segment_hashes
from i18n_pipeline.stages.front_base import as_remembered
from i18n_pipeline.stages.moving import Move, Moving
from i18n_pipeline.stages.rejecting import assumed
from i18n_pipeline.stages.remembered import key_of, look_of, remembered, with_blocks
from i18n_pipeline.stages.saying import said, short
from i18n_pipeline.values import dataclass, replace

_OF_LINKS = "Check links: "
_SPELLED = expression(r"`([^`\n]+)`")


@dataclass(frozen=True)
class MovingUnits:
    """A move among the units of one locale.

    `sources` are new keys by old ones, of texts whose links changed in the sources; `names` are the
    files' names by slug; `paths` and `pages` are the term's source file and the address of its
    page, before and after.
    """

    moving: Moving
    sources: Mapping[Key, str]
    names: Mapping[str, str]
    segments: Mapping[Key, Segment]
    paths: tuple[str, str]
    pages: tuple[str, str] = ("", "")

    def units(self, units: Iterable[Unit]) -> tuple[Unit, ...]:
        """The units after the move, in the order of a run if they were in it before."""
        before = tuple(units)
        after = tuple(map(self.unit, before))
        return after if list(before) != _ordered(before) else tuple(_ordered(after))

    def unit(self, unit: Unit) -> Unit:
        """A unit after the move: its name, the links in its texts, what is said of it."""
        segment = self.segments.get(unit.key) or assumed(unit)
        name = self.names.get(unit.slug, unit.slug)
        moved = replace(
            unit,
            context=self._context(unit.context),
            source=self.sources.get(unit.key) or self.moving.text(unit.source, segment, name),
            target=self.moving.text(unit.target, segment, name),
            previous=unit.previous and self.moving.text(unit.previous, segment, name),
            previous_context=unit.previous_context and self._context(unit.previous_context),
            path=self.paths[1] if unit.path == self.paths[0] else unit.path,
            notes=self._notes(unit),
        )
        return self._with_origin(_approved(moved, unit), unit)

    def held(self, entry: LockEntry, units: Iterable[Unit]) -> LockEntry:
        """A lock entry whose units sent back to review are known by what they are now."""
        if not entry.held:
            return entry
        now = {unit_hash(unit): unit_hash(self.unit(unit)) for unit in units}
        return replace(entry, held=tuple(sorted(now.get(one, one) for one in entry.held)))

    def _context(self, context: str) -> str:
        slug, _, field = context.rpartition("/")
        return f"{self.moving.move.new}/{field}" if slug == self.moving.move.old else context

    def _notes(self, unit: Unit) -> tuple[str, ...]:
        notes = tuple(self._found(note, unit.slug) for note in unit.notes)
        old, new = (f"Page: {address}" for address in self.pages)
        if not self.pages[0] or unit.slug != self.moving.move.old:
            return notes
        return tuple(new if note == old else note for note in notes)

    def _found(self, note: str, slug: str) -> str:
        """What a check said of a unit's links, which lead to the new place now."""
        if not note.startswith(_OF_LINKS):
            return note
        relink = self.moving.relink(self.names.get(slug, slug))
        return _SPELLED.sub(lambda found: f"`{relink(found[1])}`", note)

    def _with_origin(self, moved: Unit, unit: Unit) -> Unit:
        """The unit with its origin: a draft is one still, and a text of the term is one of it."""
        if unit.origin is None:
            return moved
        old, new = self.moving.move.old, self.moving.move.new
        words = unit.origin.words
        if words.startswith(("exact match of ", "fuzzy match ")):
            words = re.sub(rf"(?<= of ){re.escape(old)}(?=/[^/]+\Z)", lambda _: new, words)
        origin = replace(unit.origin, words=words)
        if unit.is_draft:
            origin = replace(origin, draft=draft_hash(moved.target))
        return replace(moved, origin=origin)


def _approved(moved: Unit, unit: Unit) -> Unit:
    """The unit with the name of who approved it, if that is written down."""
    if unit.review is None or not unit.reviewer:
        return moved
    approved = approved_hash(moved.source, moved.target)
    return replace(moved, review=replace(unit.review, approved=approved))


def _ordered(units: Iterable[Unit]) -> list[Unit]:
    """Units as a run puts them: vocabulary, then by slug as they come, obsolete ones last."""
    listed = list(units)
    active = [unit for unit in listed if not unit.obsolete]
    vocabulary = sorted((one for one in active if not one.slug), key=lambda one: one.key)
    others = sorted((one for one in active if one.slug), key=lambda one: one.slug)
    obsolete = sorted((one for one in listed if one.obsolete), key=lambda one: one.key)
    return [*vocabulary, *others, *obsolete]


@dataclass(frozen=True, slots=True)
class MovedFile:
    """A term file before and after a move."""

    before: TermFile
    after: TermFile

    @property
    def hashes(self) -> tuple[str, str]:
        """The hashes of its bytes."""
        return digest(self.before.data), digest(self.after.data)

    @property
    def sources(self) -> Mapping[str, str]:
        """The texts that changed, by what they were."""
        pairs = zip(self.before.segments, self.after.segments, strict=True)
        return {old.source: new.source for old, new in pairs if old.source != new.source}

    @property
    def said(self) -> Mapping[str, str]:
        """The short hashes of what the texts say that changed, by what they were."""
        pairs = zip(self._hashes(self.before), self._hashes(self.after), strict=True)
        return {old: new for old, new in pairs if old != new}

    @property
    def looks(self) -> Mapping[str, str]:
        """What blocks are made of, where that changed: a link's definition belongs to none."""
        pairs = zip(chunks_of(self.before.body), chunks_of(self.after.body), strict=False)
        return {look_of(old): look_of(new) for old, new in pairs if old.shape != new.shape}

    def _hashes(self, file: TermFile) -> Iterator[str]:
        extensions = file.body.extensions
        yield from (short(said(one.source, one, extensions)) for one in file.segments)


def moved_entry(
    entry: LockEntry, move: Move, source: MovedFile | None, page: MovedFile | None
) -> LockEntry:
    """A lock entry after a move; of a page that somebody edited it stays one that is not ours."""
    old, new = move.old, move.new
    links = {
        name: tuple(new if slug == old else slug for slug in slugs)
        for name, slugs in entry.links.items()
    }
    entry = replace(entry, slug=new if entry.slug == old else entry.slug, links=links)
    if page is not None:
        before, after = page.hashes
        built, pending = (after if one == before else one for one in (entry.built, entry.pending))
        entry = _with_texts(replace(entry, built=built, pending=pending), page)
    return entry if source is None else _with_source(entry, source)


def _with_texts(entry: LockEntry, page: MovedFile) -> LockEntry:
    """An entry that remembers what the page's texts say now."""
    now, looks = page.said, page.looks
    fields = {path: (one, now.get(two, two)) for path, (one, two) in entry.fields.items()}
    entry = replace(entry, written=tuple(now.get(one, one) for one in entry.written), fields=fields)
    blocks = [replace(one, look=looks.get(one.look, one.look)) for one in remembered(entry)]
    return with_blocks(entry, blocks, entry.omitted) if blocks else entry


def _with_source(entry: LockEntry, source: MovedFile) -> LockEntry:
    before, after = source.hashes
    texts = source.sources
    now = dict(zip(segment_hashes(texts), segment_hashes(texts.values()), strict=True))
    # what was left out is known by its text, or as a block by that
    keys = now | {key_of("", (old,)): key_of("", (new,)) for old, new in now.items()}
    copied = {
        key: as_remembered(one, key, source.before, source.after)
        for key, one in entry.copied.items()
    }
    return replace(
        entry,
        source=after if entry.source == before else entry.source,
        copied=copied,
        segments=tuple(now.get(one, one) for one in entry.segments),
        fields={path: (now.get(one, one), two) for path, (one, two) in entry.fields.items()},
        omitted=tuple(sorted(keys.get(one, one) for one in entry.omitted)),
    )
