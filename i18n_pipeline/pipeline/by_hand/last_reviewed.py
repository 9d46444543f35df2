"""By hand: the bytes that a page last had when all of its texts were reviewed, out of git."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.lock import read_lock
from i18n_pipeline.formats.po import read_po
from i18n_pipeline.formats.term_file import Rules, read_term
from i18n_pipeline.history import Commit, History, Version
from i18n_pipeline.model import LockEntry, digest
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.stages.unpublishing import BuiltPage, was_reviewed

_MOST = 300
"""How many commits that touched the page, its catalog or the lock are looked at."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A page as a commit had it, and what the lock remembered of it then."""

    data: bytes
    entry: LockEntry
    commit: Commit


def last_reviewed(work: Work, history: History, slug: str) -> Earlier | None:
    """The newest page, other than the one there is, that said only what was reviewed.

    None where there never was one, or git knows nothing of it.
    """
    return next(_Search(work, history, slug).found(), None)


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
            if entry is not None and self._is_reviewed(page, entry, files):
                yield Earlier(page, entry, commit)

    def _entry(self, page: bytes, files: Mapping[str, bytes]) -> LockEntry | None:
        """What the lock of the time says of the page, if it was as a run had built it."""
        try:
            entry = read_lock(files.get(self._lock, b"")).get(self._slug)
        except BadFile:
            return None
        return entry if entry is not None and entry.wrote(digest(page)) else None

    def _is_reviewed(self, page: bytes, entry: LockEntry, files: Mapping[str, bytes]) -> bool:
        rules = Rules(self._work.files.settings.fields, self._work.extensions)
        name = self._work.project.file_slugs[self._slug]
        try:
            file = read_term(page, rules, name, self._work.locale)
            catalogs = [read_po(files[path]) for path in self._catalogs if path in files]
        except BadFile:
            return False
        units = tuple(unit for one in catalogs for unit in one.units)
        return was_reviewed(BuiltPage(file, entry), units, self._slug, self._work.extensions)


def _newest_first(versions: Mapping[str, tuple[Version, ...]]) -> list[Commit]:
    commits = {one.commit.id: one.commit for of_path in versions.values() for one in of_path}
    return sorted(
        commits.values(), key=lambda one: datetime.fromisoformat(one.committed), reverse=True
    )
