"""By hand: what the past tells a report: how review files stood, and since when pages are stale."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from i18n_pipeline.durable import make_private
from i18n_pipeline.errors import BadFile, CannotWrite
from i18n_pipeline.formats.lock import read_lock
from i18n_pipeline.formats.po import read_po
from i18n_pipeline.history import Commit, History, Version, find_history
from i18n_pipeline.history.mainline import mainline, moments
from i18n_pipeline.model import Lock, State, digest
from i18n_pipeline.patterns import Pattern
from i18n_pipeline.reports.kept import document_of, each, object_of
from i18n_pipeline.reports.overview import Counts, Moment, StalePage
from i18n_pipeline.reports.report import LocaleReport
from i18n_pipeline.reports.standing import SourceTerm, TermState
from i18n_pipeline.values import dataclass
from i18n_pipeline.workspace import PRIVATE, Workspace

_MOMENTS = 36
"""How many moments of the past are looked at: as many as a chart can show."""

_COMMITS = 20_000
_REMEMBERED = ".i18n/report/coverage.json"
_SCHEMA = "i18n-coverage/1"
"""Also of how texts are counted: who counts otherwise takes another number."""


@dataclass(frozen=True)
class Past:
    """What git knows of a project's review files and sources."""

    workspace: Workspace

    @cached_property
    def history(self) -> History:
        """The history of the project."""
        return find_history(self.workspace.root)

    @cached_property
    def head(self) -> str:
        """The commit that is checked out, "" for none."""
        return self.history.resolve("HEAD")

    @property
    def missing(self) -> str:
        """What of the past could not be looked at, "" where all could."""
        if self.history.missing:
            return self.history.missing
        return "the clone is shallow: what is older is not known" if self.history.shallow else ""

    def moments(self, locales: Sequence[str]) -> Iterator[Moment]:
        """How the review files of some locales stood, the oldest moment first."""
        patterns = {one: self.workspace.config.settings(one).paths.catalog for one in locales}
        folders = sorted({_folder(pattern, locale) for locale, pattern in patterns.items()})
        chosen = moments(mainline(self.history, folders, _COMMITS), _MOMENTS)
        trees = [(commit, self._catalogs(commit, folders, patterns)) for commit in chosen]
        wanted = {blob for _, found in trees for blobs in found.values() for blob in blobs}
        counts = _Counted(self.workspace).of(self.history, sorted(wanted))
        for commit, found in trees:
            sums = {
                locale: sum((counts[blob] for blob in blobs if blob in counts), Counts())
                for locale, blobs in found.items()
            }
            there = {locale: one for locale, one in sums.items() if one.total}
            if there:
                yield Moment(commit.id, commit.committed[:10], there)

    def _catalogs(
        self, commit: Commit, folders: Iterable[str], patterns: Mapping[str, Pattern]
    ) -> Mapping[str, list[str]]:
        """The blobs of each locale's catalogs in a commit."""
        files: dict[str, str] = {}
        for folder in folders:
            files |= self.history.files(commit.id, folder)
        found: dict[str, list[str]] = {}
        for locale, pattern in patterns.items():
            for path, blob in sorted(files.items()):
                fits = pattern.match(path)
                if fits is not None and fits.get("locale", locale) == locale:
                    found.setdefault(locale, []).append(blob)
        return found

    def stale(self, report: LocaleReport, terms: Mapping[str, SourceTerm]) -> tuple[StalePage, ...]:
        """The stale pages of a locale, those that have been so for longest first."""
        slugs = [one.slug for one in report.standings if one.state is TermState.STALE]
        lock = self._lock(report.locale) if slugs else Lock()
        pages = (self._stale_page(slug, lock, terms[slug].path) for slug in slugs)
        return tuple(sorted(pages, key=lambda one: (not one.since, one.since, one.slug)))

    def _lock(self, locale: str) -> Lock:
        path = self.workspace.config.settings(locale).paths.lock.fill(locale=locale)
        try:
            return read_lock(self.workspace.read_optional(path) or b"")
        except BadFile:
            return Lock()

    @cached_property
    def _sources(self) -> Mapping[str, tuple[Version, ...]]:
        """All versions of the sources, the newest first."""
        source = self.workspace.config.source
        pattern = self.workspace.config.settings(source).paths.terms
        return self.history.versions([_folder(pattern, source)], most=_COMMITS)

    def _stale_page(self, slug: str, lock: Lock, path: str) -> StalePage:
        entry = lock.get(slug)
        versions = [one for one in self._sources.get(path, ()) if one.blob]
        blobs = self.history.blobs(one.blob for one in versions) if entry else {}
        later: Version | None = None
        for version in versions if entry else ():
            if digest(blobs.get(version.blob, b"")) == entry.source:  # type: ignore[union-attr]  # asked above
                break
            later = version
        else:
            later = None
        if later is None:
            return StalePage(slug)
        commit = later.commit
        return StalePage(slug, commit.committed[:10], commit.id, commit.summary)


def _folder(pattern: Pattern, locale: str) -> str:
    """The folder below which all files of a pattern lie, "." for the project's own."""
    text = pattern.text.replace("{locale}", locale)
    return text.partition("{")[0].rpartition("/")[0] or "."


class _Counted:
    """Counts of review files by git's name of their bytes, remembered in `.i18n/`."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def of(self, history: History, blobs: Sequence[str]) -> Mapping[str, Counts]:
        """The counts of blobs; without those that cannot be read."""
        known = {blob: counts for blob, counts in self._remembered() if blob in blobs}
        new = [blob for blob in blobs if blob not in known]
        for blob, data in history.blobs(new).items():
            known[blob] = _counts(data)
        if new:
            self._remember(known)
        return known

    def _remembered(self) -> Iterator[tuple[str, Counts]]:
        try:
            document = document_of(self._workspace.read_optional(_REMEMBERED))
            rows = object_of(document[_SCHEMA]).items()
            yield from [(blob, Counts(*each(_number, row))) for blob, row in rows]
        except (ValueError, TypeError, KeyError, BadFile):
            return  # it only saves time

    def _remember(self, known: Mapping[str, Counts]) -> None:
        rows = {
            blob: [one.reviewed, one.needs_review, one.untranslated]
            for blob, one in sorted(known.items())
        }
        try:
            make_private(self._workspace.root / PRIVATE)
            self._workspace.save([{_REMEMBERED: json.dumps({_SCHEMA: rows}).encode()}])
        except CannotWrite:
            return  # a project that may only be read has its report all the same


def _number(found: object) -> int:
    if not isinstance(found, int):
        raise TypeError(found)
    return found


def _counts(data: bytes) -> Counts:
    try:
        units = [unit for unit in read_po(data).units if not unit.obsolete]
    except BadFile:
        return Counts()
    states = [unit.state for unit in units]
    return Counts(
        *(states.count(s) for s in (State.REVIEWED, State.NEEDS_REVIEW, State.UNTRANSLATED))
    )
