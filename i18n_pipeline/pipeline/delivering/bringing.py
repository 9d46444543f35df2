"""What a branch brings: told from the commits of both sides, not from what the run remembers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from i18n_pipeline.config import Settings
from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.lock import read_lock
from i18n_pipeline.formats.po import read_po
from i18n_pipeline.history import History
from i18n_pipeline.history.branching import Changed
from i18n_pipeline.locales import direction, english_name
from i18n_pipeline.model import Key, Lock, LockEntry, Unit, digest
from i18n_pipeline.reports.delivery.contents import Contents, Fate, Page, Pair, Part
from i18n_pipeline.reports.report import LocaleReport, Report
from i18n_pipeline.stages.saying import short
from i18n_pipeline.values import dataclass
from i18n_pipeline.workspace import Workspace

T = TypeVar("T")

_DESTINATION = expression(r"\]\([^)\n]*\)")


@dataclass(frozen=True)
class Bringing:
    """The project as it is checked out, and the commit that it will be merged into."""

    workspace: Workspace
    history: History
    base: str
    changes: tuple[Changed, ...]

    def contents(self, sync: Report, check: Report, why: tuple[str, ...]) -> Contents:
        """What all locales of a run get."""
        parts = tuple(_Locale(self, report).part() for report in sync.locales)
        return Contents(parts, sync, check, self.state, why)

    @property
    def state(self) -> str:
        """A hash of all that is brought, the same wherever it is merged from."""
        return digest("\0".join(f"{one.path} {one.blob}" for one in self.changes), 8)


@dataclass(frozen=True)
class _Locale:
    bringing: Bringing
    report: LocaleReport

    @property
    def locale(self) -> str:
        return self.report.locale

    @property
    def settings(self) -> Settings:
        return self.bringing.workspace.config.settings(self.locale)

    def part(self) -> Part:
        """What this locale gets."""
        pages = tuple(self._pages())
        return Part(
            self.locale,
            english_name(self.locale),
            direction(self.locale),
            self.settings.paths.catalog.within(self.locale).text,
            self.report,
            pages,
            sum(unit.is_draft and self._is_new(unit) for unit in self._units.values()),
        )

    def _pages(self) -> Iterator[Page]:
        terms = self.settings.paths.terms.within(self.locale)
        for change in self.bringing.changes:
            found = terms.match(change.path)
            if found is not None:
                yield self._page(change, found["slug"])

    def _page(self, change: Changed, slug: str) -> Page:
        fate = Fate.NEW if change.is_new else Fate.GONE if change.is_gone else Fate.CHANGED
        source, target = self.bringing.workspace.config.source, self.locale
        pairs = () if change.is_gone else tuple(self._pairs(slug, change))
        return Page(
            slug, change.path, fate, pairs, self._address(source, slug), self._address(target, slug)
        )

    def _address(self, locale: str, slug: str) -> str:
        url = self.bringing.workspace.config.settings(locale).site.url
        return url.replace("{locale}", locale).replace("{slug}", slug)

    def _pairs(self, slug: str, change: Changed) -> Iterator[Pair]:
        """The texts that the page did not say before.

        The locks of both sides tell; where that of the base does not, the page's own bytes do.
        """
        entry, before = self._lock.get(slug), self._lock_before.get(slug)
        if entry is None:
            return
        told = before is not None and _tells(before) and not change.is_new
        says = _said(entry) - _said(before) if told and before else _said(entry)
        sources = {source for source, _ in says}
        stood = "" if told or change.is_new else self._page_before(change.path)
        for unit in self._units_of(slug):
            said = unit.target and short(unit.source) in sources
            if said and not (stood and _stands(unit.target, stood)):
                yield Pair(unit.context, unit.source, unit.target, not unit.reviewed)

    def _page_before(self, path: str) -> str:
        data = self._before([path]).get(path, b"")
        return _packed(data.decode("utf-8", "replace"))

    def _is_new(self, unit: Unit) -> bool:
        before = self._units_before.get(unit.key)
        return before is None or before.target != unit.target

    def _units_of(self, slug: str) -> Sequence[Unit]:
        """A term's units: of the catalogs that change, and where it has none there, of all."""
        return self._changed_by_slug.get(slug) or self._all_by_slug.get(slug, ())

    @cached_property
    def _changed_by_slug(self) -> Mapping[str, Sequence[Unit]]:
        return _by_slug(self._units.values())

    @cached_property
    def _all_by_slug(self) -> Mapping[str, Sequence[Unit]]:
        return _by_slug(_units(self._now(path) for path in self._catalogs).values())

    @cached_property
    def _units(self) -> Mapping[Key, Unit]:
        return _units(self._now(path) for path in self._catalogs if path in self._changed)

    @cached_property
    def _units_before(self) -> Mapping[Key, Unit]:
        catalogs = [path for path in self._catalogs if path in self._changed]
        return _units(self._before(catalogs).values())

    @cached_property
    def _changed(self) -> frozenset[str]:
        return frozenset(change.path for change in self.bringing.changes)

    @cached_property
    def _catalogs(self) -> tuple[str, ...]:
        return self.bringing.workspace.find(self.settings.paths.catalog, self.locale)

    @cached_property
    def _lock(self) -> Lock:
        return _read(self._now(self._lock_path), read_lock, Lock())

    @cached_property
    def _lock_before(self) -> Lock:
        data = self._before([self._lock_path]).get(self._lock_path, b"")
        return _read(data, read_lock, Lock())

    @property
    def _lock_path(self) -> str:
        return self.settings.paths.lock.fill(locale=self.locale)

    def _now(self, path: str) -> bytes:
        try:
            return self.bringing.workspace.read_optional(path) or b""
        except BadFile:
            return b""  # the run has reported it

    def _before(self, paths: Sequence[str]) -> Mapping[str, bytes]:
        return self.bringing.history.at(self.bringing.base, paths)


def _said(entry: LockEntry) -> set[tuple[str, str]]:
    """What a page says, as the lock has it: short hashes of each source and of its text."""
    body = set(zip(entry.segments, entry.written, strict=False))
    return body | set(entry.fields.values())


def _packed(text: str) -> str:
    """A text without blanks and destinations, which a page has otherwise than a unit."""
    return "".join(_DESTINATION.sub("]", text).split())


def _stands(target: str, page: str) -> bool:
    """Whether a packed page has a text, or all items of a list."""
    return all(_packed(line) in page for line in target.split("\n"))


def _tells(entry: LockEntry) -> bool:
    """Whether a lock's line tells what its page says: those of earlier versions did not."""
    return bool(entry.written or entry.fields)


def _units(files: Iterable[bytes]) -> Mapping[Key, Unit]:
    found: dict[Key, Unit] = {}
    for data in files:
        catalog = _read(data, read_po, None)
        found |= {} if catalog is None else catalog.by_key
    return found


def _by_slug(units: Iterable[Unit]) -> Mapping[str, Sequence[Unit]]:
    found: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        found[unit.slug].append(unit)
    return found


def _read(data: bytes, read: Callable[[bytes], T], otherwise: T) -> T:
    """What a file holds; of one that is not there or cannot be read, what stands for nothing."""
    try:
        return read(data) if data else otherwise
    except BadFile:
        return otherwise  # the run has reported it
