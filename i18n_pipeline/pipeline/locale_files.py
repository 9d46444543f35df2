"""The target side of a project, as read: one locale's catalogs, lock, terminology and files.

A file that cannot be read becomes a Problem; its term's units and built files are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from i18n_pipeline.config import Settings
from i18n_pipeline.errors import BadFile, Problem
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.glossaries.listing import read_glossary, read_keep
from i18n_pipeline.formats.lock import read_lock
from i18n_pipeline.formats.po import read_po
from i18n_pipeline.formats.rejected import Rejections, read_rejected
from i18n_pipeline.glossary import Entry
from i18n_pipeline.locales import canonical
from i18n_pipeline.model import Catalog, Key, Lock, digest
from i18n_pipeline.pipeline.foreseen import Foreseen
from i18n_pipeline.pipeline.homes import catalog_path, homes_of
from i18n_pipeline.pipeline.merged_pages import with_merged
from i18n_pipeline.pipeline.pooling import Pool
from i18n_pipeline.pipeline.project import Project, slug_forms, slugs_of
from i18n_pipeline.pipeline.rest import NeedsAll, Rest
from i18n_pipeline.values import dataclass, field
from i18n_pipeline.workspace import Workspace

_CONTEXT_LINE = expression(rb'^(?:#~ )?msgctxt "([^"\\\n]+)/[^/"]*"', re.MULTILINE)


@dataclass(frozen=True)
class LocaleFiles:
    """What one locale has on disk, as read.

    `term_files` are paths of term files by slug with their hashes, `homes` the catalog paths of
    units.
    `blocked` are catalogs that cannot be read, `refused` slugs whose files cannot: nothing is
    written for their terms. `beside` are slugs that have a file though nobody works on it now.
    `guarded` are catalogs that lost much of what was reviewed in them, and how many units: they are
    blocked, and `guarded_slugs` are their terms. `unreviewed` are the contexts of units that lost a
    review too, so few of them that it may be meant. `moved` are slugs that are gone, with the new
    ones that their units have here; `relocked` the same of lock entries. `seen` are the hashes of
    all files as they were read, "" for those that are not there: what has changed by the time of
    writing is somebody's work. `rest` is what is known of the terms that the run has not read,
    `foreseen` is there where they are the other parts of it.
    """

    locale: str
    settings: Settings
    term_files: Mapping[str, tuple[str, str]]
    strangers: tuple[str, ...]
    catalog: Catalog
    catalogs: Mapping[str, Catalog]
    homes: Mapping[Key, str]
    lock: Lock
    glossary: tuple[Entry, ...]
    keep: tuple[str, ...]
    blocked: frozenset[str]
    refused: frozenset[str]
    beside: frozenset[str]
    problems: tuple[Problem, ...]
    seen: Mapping[str, str]
    rejected: Rejections = field(default_factory=Rejections)
    guarded: Mapping[str, int] = field(default_factory=dict)
    guarded_slugs: frozenset[str] = frozenset()
    unreviewed: tuple[str, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    relocked: Mapping[str, str] = field(default_factory=dict)
    usable: bool = True
    rest: Rest = field(default_factory=Rest)
    foreseen: Foreseen | None = None

    @cached_property
    def orphans(self) -> frozenset[str]:
        """The slugs of pages that stay without a source."""
        stay = self.settings.build.orphan != "delete"
        names = map(self.settings.paths.terms.match, self.strangers if stay else ())
        return frozenset(self._slug_called(found["slug"]) for found in names if found)

    def _slug_called(self, name: str) -> str:
        """The slug of a page by its path: all of it, or the last part where the lock has that."""
        last = name.rpartition("/")[2]
        return last if name not in self._locked and last in self._locked else name

    @cached_property
    def _locked(self) -> frozenset[str]:
        """The slugs that the lock has, also those of which the run has read nothing."""
        elsewhere = frozenset() if self.rest.lock is None else self.rest.lock.slugs
        return elsewhere.union(self.lock.entries) - {""}

    @cached_property
    def last_names(self) -> frozenset[str]:
        """The last parts of what pages without a source are called."""
        names = filter(None, map(self.settings.paths.terms.match, self.strangers))
        return frozenset(found["slug"].rpartition("/")[2] for found in names)

    @property
    def there(self) -> frozenset[str]:
        """The slugs of all pages that the locale has, and keeps; and will have."""
        foreseen = frozenset() if self.foreseen is None else self.foreseen.pages
        return frozenset(self.term_files) | self.beside | self.orphans | foreseen

    def names_elsewhere(self) -> Iterator[Entry]:
        """What the locale calls the terms that the run has not read."""
        if self.foreseen is not None:
            return self.foreseen.names_of(self.rest.shares)
        return self.rest.names()

    def path_of(self, slug: str) -> str:
        """The path of a term's file; "" where there is none."""
        return self.term_files.get(slug, ("", ""))[0]

    def hash_of(self, slug: str) -> str:
        """The hash of a term's file; "" where there is none."""
        return self.term_files.get(slug, ("", ""))[1]


def read_locale(project: Project, locale: str) -> LocaleFiles:
    """Read what one target locale has on disk, as far as the run is about it.

    Raises NeedsAll where a part of it cannot be read without the rest.
    """
    reader = _reader(project, locale)
    files, strangers = reader.term_files(project)
    catalogs = reader.catalogs()
    lock = reader.lock(files)
    glossary, keep = reader.glossary()
    rejected = reader.rejected()
    pool = reader.pooled(catalogs)
    return LocaleFiles(
        locale=locale,
        settings=reader.settings,
        term_files=files,
        strangers=strangers,
        catalog=Catalog(tuple(pool.units.values())),
        catalogs={path: one for path, one in catalogs.items() if path not in reader.blocked},
        homes=pool.homes,
        lock=lock or Lock(),
        glossary=glossary,
        keep=keep,
        blocked=frozenset(reader.blocked),
        refused=frozenset(reader.refused | reader.held),
        beside=frozenset(reader.beside | reader.refused),
        problems=tuple(reader.problems),
        seen=reader.seen,
        rejected=rejected,
        usable=lock is not None and not reader.unusable,
        rest=reader.rest,
    )


def _slugs_in(data: bytes | None) -> Iterator[bytes]:
    """Slugs of the units in a catalog that cannot be read, as far as its lines show them."""
    return (found[1] for found in _CONTEXT_LINE.finditer(data or b""))


class _LocaleReader:
    def __init__(self, workspace: Workspace, settings: Settings, locale: str) -> None:
        self.workspace, self.settings, self.locale = workspace, settings, locale
        self.source = workspace.config.source
        self.problems: list[Problem] = []
        self.blocked: set[str] = set()
        self.refused: set[str] = set()
        self.beside: set[str] = set()
        self.held: set[str] = set()
        self.seen: dict[str, str] = {}
        self.rest = Rest()
        self.unusable = False

    def _read(self, path: str) -> bytes | None:
        data = self.workspace.read_optional(path)
        self.seen[path] = "" if data is None else digest(data)
        return data

    def term_files(self, project: Project) -> tuple[dict[str, tuple[str, str]], tuple[str, ...]]:
        """Files of known terms by slug with their hashes, and the paths of all others."""
        by_path, hashes = self._found()
        self.seen.update(hashes)
        slug_of = {name: slug for slug, name in project.file_slugs.items()}
        files: dict[str, tuple[str, str]] = {}
        strangers: list[str] = []
        for path, name in by_path.items():
            names = slug_forms(name)
            if name in slug_of:
                files[slug_of[name]] = (path, hashes[path])
            elif project.partial or names & (project.broken | project.skipped):
                self.beside |= names
            else:
                strangers.append(path)
        return files, tuple(strangers)

    def _found(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """The locale's term files with the slugs that their paths say, and their hashes."""
        found = self.workspace.discover(self.locale)
        self.problems += found.problems
        self.unusable = bool(found.hidden)
        for problem in found.problems:
            self.refused |= slugs_of(self.settings.paths.terms, problem.path)
        by_path = {file.path: file.slug for file in found.files}
        return by_path, self.workspace.hashes(list(by_path))

    def catalogs(self) -> dict[str, Catalog]:
        """All catalogs of the locale by path."""
        catalogs: dict[str, Catalog] = {}
        for path in self._catalog_paths():
            data = None
            try:
                data = self._read(path)
                if data is not None:
                    catalogs[path] = self._checked(read_po(self._part_of(path, data)))
            except BadFile as failure:
                self.problems.append(failure.at(path))
                self._block(path, (slug.decode("utf-8", "replace") for slug in _slugs_in(data)))
        return catalogs

    def _catalog_paths(self) -> Sequence[str]:
        return self.workspace.find(self.settings.paths.catalog, self.locale)

    def _part_of(self, _path: str, data: bytes) -> bytes:
        """What the run reads of a catalog."""
        return data

    def _part_of_lock(self, data: bytes) -> bytes:
        """What the run reads of the lock."""
        return data

    def pooled(self, catalogs: Mapping[str, Catalog]) -> Pool:
        """The units of all catalogs, each once.

        Two copies of a unit (left by a merge, or by a run that was killed while it moved) are one
        if they say the same, or if a person wrote only one of them. Otherwise both catalogs, and
        all terms in them, wait for somebody to choose.
        """
        pool = Pool.of(catalogs)
        for (context, _), paths in pool.conflicts.items():
            first, second = paths
            message = f"`{context}` says something else in {first}, and people wrote both"
            mend = "keep the text you want in one of the two files"
            self.problems.append(Problem(second, 0, 0, "po-duplicate-unit", message, mend))
        disputed = {path for paths in pool.conflicts.values() for path in paths}
        for path in disputed:
            self._block(path, (unit.slug for unit in catalogs[path].units))
        rest = {path: one for path, one in catalogs.items() if path not in disputed}
        return Pool.of(rest) if disputed else pool

    def _block(self, path: str, slugs: Iterable[str]) -> None:
        """Leave a catalog alone, and every term that has units in it."""
        self.blocked.add(path)
        self.held.update(slugs)
        pattern = self.settings.paths.catalog
        if len(pattern.variables) > 1 and path == catalog_path(pattern, self.locale, None):
            self.unusable = True  # every term has vocabulary

    def _checked(self, catalog: Catalog) -> Catalog:
        said = dict(catalog.header).get("Language", "")
        if said and canonical(said.replace("@", "-")) != canonical(self.locale):
            wanted, got = canonical(self.locale).split("-"), canonical(said).split("-")
            if wanted[0] != got[0]:
                raise BadFile(
                    "po-language",
                    f"the header says `Language: {said}`, this is the catalog of {self.locale}",
                    mend="put the right file in place or mend the header",
                    line=1,
                    column=1,
                )
        return catalog

    def lock(self, files: Mapping[str, tuple[str, str]]) -> Lock | None:
        """The lock, with what a merge made of its `files`; None where it cannot be read."""
        path = self.settings.paths.lock.fill(locale=self.locale)
        try:
            data = self._read(path)
            lock = Lock() if data is None else read_lock(self._part_of_lock(data))
            hashes = {slug: hashed for slug, (_, hashed) in files.items()}
            return with_merged(self.workspace, lock, hashes)
        except BadFile as failure:
            self.problems.append(failure.at(path))
            return None

    def glossary(self) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
        """Required terminology and names to keep; a broken file stops the locale: it would cost."""
        paths = self.settings.paths
        entries: tuple[Entry, ...] = ()
        keep: tuple[str, ...] = ()
        path = paths.glossary.fill(locale=self.locale)
        try:
            if (data := self._read(path)) is not None:
                entries = read_glossary(data, source=self.source, target=self.locale)
            path = paths.keep.fill(locale=self.locale)
            if (data := self._read(path)) is not None:
                keep = read_keep(data)
        except BadFile as failure:
            self.problems.append(failure.at(path))
            self.unusable = True
        return entries, keep

    def rejected(self) -> Rejections:
        """The texts that people rejected; a broken file stops the locale: they would come back."""
        path = self.settings.paths.rejected.fill(locale=self.locale)
        try:
            data = self._read(path)
            found = Rejections() if data is None else read_rejected(data)
        except BadFile as failure:
            self.problems.append(failure.at(path))
            self.unusable = True
            return Rejections()
        if found.conflict:
            message = "a merge conflict was not resolved; what both sides reject is rejected"
            mend = "delete the marker lines, or have git do it: merge=union in .gitattributes"
            self.problems.append(Problem(path, found.conflict, 1, "conflict-marker", message, mend))
        return found


class _PartReader(_LocaleReader):
    """Reads of catalogs and lock what belongs to the terms of the run, and keeps the other rows.

    A file that is not as the run found it is somebody's work of this moment: NeedsAll.
    """

    def __init__(self, project: Project, locale: str) -> None:
        super().__init__(project.workspace, project.config.settings(locale), locale)
        self._project = project
        self.rest = project.rests[locale]

    def _read(self, path: str) -> bytes | None:
        data = super()._read(path)
        if self.seen[path] != self.rest.hashes.get(path, ""):
            raise NeedsAll
        return data

    def _found(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Those that the run has seen already, unless some of them are nobody's."""
        shares = (*self.rest.before.values(), *self.rest)
        names = {share.page: share.called for share in shares}
        hashes = {path: hashed for path, hashed in self.rest.hashes.items() if path in names}
        ours = {path for share in shares for path in (share.path, share.home)}
        others = self.rest.hashes.keys() - hashes.keys() - ours
        if any(map(self.settings.paths.terms.within(self.locale).match, others)):
            return super()._found()
        return {path: names[path] for path in hashes}, hashes

    def _catalog_paths(self) -> Sequence[str]:
        pattern = self.settings.paths.catalog
        homes = homes_of(pattern, self.locale, self._project.terms)
        if any(homes[slug] != share.home for slug, share in self.rest.before.items()):
            raise NeedsAll
        return sorted({*homes.values()} & self.rest.hashes.keys())

    def _part_of(self, path: str, data: bytes) -> bytes:
        self.rest, part = self.rest.with_catalog(path, data)
        return part

    def _part_of_lock(self, data: bytes) -> bytes:
        self.rest, part = self.rest.with_lock(data)
        return part


def _reader(project: Project, locale: str) -> _LocaleReader:
    if locale in project.rests:
        return _PartReader(project, locale)
    return _LocaleReader(project.workspace, project.config.settings(locale), locale)
