"""By hand: the bytes that a page last had when all of its texts were reviewed, out of git."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.lock import read_lock
from i18n_pipeline.formats.po import read_po
from i18n_pipeline.formats.term_file import Rules, read_term
from i18n_pipeline.history import Commit, History, Version
from i18n_pipeline.model import LockEntry, Unit, digest
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.stages.unpublishing import BuiltPage, was_reviewed
from i18n_pipeline.values import dataclass, replace

_MOST = 300
"""How many commits that touched the page, its catalog or the lock are looked at."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A page as a commit had it, and what the lock remembered of it then.

    `current`: its texts were reviewed for the source of that time, and not for an older one.
    """

    data: bytes
    entry: LockEntry
    commit: Commit
    current: bool = True


def last_reviewed(work: Work, history: History, slug: str) -> Earlier | None:
    """The newest page, other than the one there is, that said only what was reviewed.

    Its commit is the newest at which these bytes were reviewed for their source, if there is one.
    None where there never was such a page, or git knows nothing of it.
    """
    found = _Search(work, history, slug).found()
    newest = next(found, None)
    if newest is None or newest.current:
        return newest
    same = (one for one in found if one.current and one.data == newest.data)
    then = next(same, newest)
    return replace(newest, commit=then.commit, current=then.current)


class _Search:
    def __init__(self, work: Work, history: History, slug: str) -> None:
        self._work, self._history, self._slug = work, history, slug
        self._page = work.files.path_of(slug)
        self._lock = work.files.settings.paths.lock.fill(locale=work.locale)
        self._catalogs = tuple(dict.fromkeys((work.homes[slug], work.homes[""])))

    def found(self) -> Iterator[Earlier]:
        seen: set[tuple[str, ...]] = set()
        versions = self._history.versions((self._page, self._lock, *self._catalogs))
        pages = tuple(dict.fromkeys(one.path for one in versions.get(self._page, ())))
        for commit in _newest_first(versions)[:_MOST]:
            files = self._history.at(commit.id, (*pages, self._lock, *self._catalogs))
            state = tuple(digest(data) for _, data in sorted(files.items()))
            page = next((files[path] for path in pages if path in files), None)
            if (
                page is None
                or state in seen
                or digest(page) == self._work.files.hash_of(self._slug)
            ):
                continue
            seen.add(state)
            entry = self._entry(page, files)
            if entry is None:
                continue
            said = self._said(page, entry, files)
            if said is not None and said.was_reviewed:
                yield Earlier(page, entry, commit, said.is_current)

    def _entry(self, page: bytes, files: Mapping[str, bytes]) -> LockEntry | None:
        """What the lock of the time says of the page, if it was as a run had built it."""
        try:
            entry = read_lock(files.get(self._lock, b"")).get(self._slug)
        except BadFile:
            return None
        return entry if entry is not None and entry.wrote(digest(page)) else None

    def _said(self, page: bytes, entry: LockEntry, files: Mapping[str, bytes]) -> _Said | None:
        """The page with the units of the time; None where one of both cannot be read."""
        rules = Rules(self._work.files.settings.fields, self._work.extensions)
        name = self._work.project.file_slugs[self._slug]
        try:
            file = read_term(page, rules, name, self._work.locale)
            catalogs = [read_po(files[path]) for path in self._catalogs if path in files]
        except BadFile:
            return None
        units = tuple(unit for one in catalogs for unit in one.units)
        return _Said(BuiltPage(file, entry), units, self._slug, self._work.extensions)


@dataclass(frozen=True, slots=True)
class _Said:
    """A page of an earlier time, beside the units of that time."""

    page: BuiltPage
    units: tuple[Unit, ...]
    slug: str
    extensions: frozenset[str]

    @property
    def was_reviewed(self) -> bool:
        """Whether all of it was, if only for an older source than that of the time."""
        return was_reviewed(self.page, self.units, self.slug, self.extensions)

    @property
    def is_current(self) -> bool:
        """Whether all of it was reviewed for the source of the time."""
        active = (unit for unit in self.units if not unit.obsolete)
        return was_reviewed(self.page, active, self.slug, self.extensions)


def _newest_first(versions: Mapping[str, tuple[Version, ...]]) -> list[Commit]:
    commits = {one.commit.id: one.commit for of_path in versions.values() for one in of_path}
    return sorted(
        commits.values(), key=lambda one: datetime.fromisoformat(one.committed), reverse=True
    )
