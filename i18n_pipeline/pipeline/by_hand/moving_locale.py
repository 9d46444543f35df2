"""By hand: what one locale's catalogs, lock and rejected texts become when a term moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from i18n_pipeline.errors import Problem
from i18n_pipeline.formats.lock import write_lock
from i18n_pipeline.formats.po import write_po
from i18n_pipeline.formats.rejected import Rejections, write_rejected
from i18n_pipeline.model import Catalog, Key, Lock, Segment, Unit, context_of
from i18n_pipeline.pipeline.by_hand.moving_pages import Pages
from i18n_pipeline.pipeline.homes import catalog_path
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.pipeline.writing import Step
from i18n_pipeline.stages.moving import Move
from i18n_pipeline.stages.moving_units import MovedFile, MovingUnits, moved_entry
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass, replace


@dataclass(frozen=True)
class Sources:
    """The source side of a move."""

    project: Project
    term: Term
    move: Move
    pages: Pages

    @cached_property
    def texts(self) -> Mapping[Key, str]:
        """The new source texts of units whose links changed."""
        found: dict[Key, str] = {}
        for one in self.pages.files.values():
            for old, new in zip(one.before.segments, one.after.segments, strict=True):
                if old.source != new.source:
                    found[context_of(one.before.slug, old), old.source] = new.source
        return found

    @cached_property
    def segments(self) -> Mapping[Key, Segment]:
        """The segments of all terms by the keys of their units."""
        return {
            (context_of(term.slug, segment), segment.source): segment
            for term in self.project.terms
            for segment in term.file.segments
        }

    def file_of(self, slug: str) -> MovedFile | None:
        """A term's source file, if it changes."""
        return self.pages.files.get(self.project.file_slugs.get(slug, ""))


@dataclass(frozen=True)
class MovedLocale:
    """One target locale of a move: its files as read, and its pages before and after."""

    sources: Sources
    files: LocaleFiles
    pages: Pages

    def steps(self) -> tuple[Step, Step]:
        """What is written, and what is deleted once that is there."""
        written, deleted = self._written_catalogs()
        lock, path = self.lock, self._path("lock")
        if lock != self.files.lock:
            written[path] = write_lock(lock)
        rejected = self.rejected
        if rejected != self.files.rejected:
            written[self._path("rejected")] = write_rejected(rejected)
        return {**self.pages.written(), **written}, {**self.pages.deleted(), **deleted}

    @property
    def expected(self) -> Mapping[str, str]:
        """The hashes of all files that are written, as they were read; "" for none."""
        paths = (path for step in self.steps() for path in step)
        seen = {path: self.files.seen.get(path, "") for path in paths}
        return {**seen, **self.pages.expected}

    @property
    def changed(self) -> int:
        """How many units change."""
        before = {unit for one in self.files.catalogs.values() for unit in one.units}
        return sum(unit not in before for one in self.catalogs.values() for unit in one.units)

    def problems(self) -> Iterator[Problem]:
        """What keeps the units from moving: texts of an earlier term of that name."""
        for path, catalog in self.catalogs.items():
            seen: dict[Key, Unit] = {}
            for unit in catalog.units:
                other = seen.setdefault(unit.key, unit)
                if other is not unit:
                    message = f"texts of an earlier {self.sources.move.new} are kept here"
                    mend = f"i18n gc --slug {self.sources.move.new} forgets them"
                    yield Problem(path, 0, 0, "units-in-the-way", message, mend)
                    break

    @cached_property
    def catalogs(self) -> Mapping[str, Catalog]:
        """The catalogs after the move, by the paths that they had."""
        return {
            path: replace(one, units=self._units.units(one.units))
            for path, one in self.files.catalogs.items()
        }

    @cached_property
    def lock(self) -> Lock:
        """The lock after the move."""
        move, project = self.sources.move, self.sources.project
        units = self.files.catalog.units
        entries = {}
        for slug, entry in self.files.lock.entries.items():
            name = project.file_slugs.get(slug, slug)
            source, page = self.sources.file_of(slug), self.pages.files.get(name)
            moved = moved_entry(self._units.held(entry, units), move, source, page)
            entries[moved.slug] = moved
        return Lock(entries)

    @property
    def rejected(self) -> Rejections:
        """The rejected texts, which say where they stood."""
        move, known = self.sources.move, self.files.rejected
        entries = tuple(
            replace(one, context=f"{move.new}/{one.context.rpartition('/')[2]}")
            if one.context.rpartition("/")[0] == move.old
            else one
            for one in known.entries
        )
        return replace(known, entries=entries)

    @cached_property
    def _units(self) -> MovingUnits:
        move, term = self.sources.move, self.sources.term
        url = self.files.settings.site.url.replace("{locale}", self.files.locale)
        paths = self.sources.pages.paths.get(move.old_name, (term.path, term.path))
        pages = (url.replace("{slug}", move.old), url.replace("{slug}", move.new))
        names = self.sources.project.file_slugs
        moving, sources = self.pages.moving, self.sources
        return MovingUnits(moving, sources.texts, names, sources.segments, paths, pages)

    def _written_catalogs(self) -> tuple[Step, Step]:
        """The catalogs that change; one that is the term's own gets the new name."""
        pattern, locale = self.files.settings.paths.catalog, self.files.locale
        move, term = self.sources.move, self.sources.term
        old = catalog_path(pattern, locale, term)
        new = catalog_path(pattern, locale, replace(term, slug=move.new))
        written: Step = {}
        deleted: Step = {}
        for path, catalog in self.catalogs.items():
            at = new if path == old else path
            if at != path:
                deleted[path] = None
            if at != path or catalog.units != self.files.catalogs[path].units:
                written[at] = write_po(catalog)
        return written, deleted

    def _path(self, name: str) -> str:
        paths = self.files.settings.paths
        pattern = paths.lock if name == "lock" else paths.rejected
        return pattern.fill(locale=self.files.locale)
