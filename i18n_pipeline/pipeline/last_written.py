"""What we left in a page that people edited since, and what earlier runs had left there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice

from i18n_pipeline.formats.lock import entries_of
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.history import History, Version, find_history
from i18n_pipeline.model import Catalog, LockEntry, digest
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.stages.correct import segment_hashes
from i18n_pipeline.stages.fields import fields_of
from i18n_pipeline.stages.fresh import fresh_file
from i18n_pipeline.stages.localized import Localized
from i18n_pipeline.stages.remembered import Layout, remembered, settled
from i18n_pipeline.stages.saying import short
from i18n_pipeline.stages.site import Site
from i18n_pipeline.stages.splice import written_in
from i18n_pipeline.stages.taking.page import Base
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass, replace

_VERSIONS = 100
"""How many versions of a file are looked at, the newest first."""


@dataclass(frozen=True)
class Written:
    """What we left in a page, and whether that is only supposed."""

    base: Base
    unsure: bool = False


@dataclass(frozen=True)
class LastWritten:
    """What is known of the pages of one locale: from its lock, from git, from its units.

    `sites` are the locale's, with the pages there are and with those that may come: what is needed
    to know what units would make.
    """

    project: Project
    files: LocaleFiles
    sites: Sequence[Site] = ()

    def of(self, term: Term, page: TermFile) -> Written | None:
        """What we left in a page: from the lock, else from git, else what the units would make."""
        entry = self.files.lock.entries[term.slug]
        texts = self._texts[term.slug]
        known = remembered(entry)
        if known or entry.fields:
            blocks = settled(known, Layout.of_file(page.body, entry))
            return Written(Base(blocks, entry.fields, entry.omitted, texts))
        old = self._once_written(term, entry)
        if old is not None:
            base = replace(self._of_file(term, old, entry), texts=texts)
            if entry.source == term.hash:
                return Written(base)
            # which source its fields were made of is not known any more
            same = base.fields == self._of_file(term, page, entry).fields
            return Written(replace(base, fields={})) if same else None
        return self._of_units(term, entry) if entry.source == term.hash else None

    def earlier(self, slugs: Collection[str]) -> Mapping[str, Sequence[LockEntry]]:
        """What earlier versions of the lock knew of terms, as far as git has them."""
        path = self.files.settings.paths.lock.fill(locale=self.files.locale)
        versions = self._history.versions([path]).get(path, ())
        blobs = (version.blob for version in islice(versions, _VERSIONS))
        return entries_of(slugs, self._history.blobs(blobs).values())

    def lost(self, terms: Iterable[Term]) -> Mapping[str, bytes | None]:
        """Pages that are gone though we built them, by slug; None where git has no such version."""
        known = ((term, self.files.lock.get(term.slug)) for term in terms)
        gone = {
            self._place(term): entry
            for term, entry in known
            if entry is not None and entry.built and entry.held is None
            if not self.files.path_of(term.slug)
        }
        versions = self._history.versions(list(gone)) if gone else {}
        return {
            entry.slug: self._bytes_written(versions.get(path, ()), entry)
            for path, entry in gone.items()
        }

    def _place(self, term: Term) -> str:
        name = self.project.file_slugs[term.slug]
        return self.files.settings.paths.terms.fill(locale=self.files.locale, slug=name)

    def read(self, term: Term, data: bytes) -> TermFile:
        """A version of a term's page. Raises BadFile."""
        name = self.project.file_slugs[term.slug]
        return read_term(data, self._rules, name, self.files.locale)

    @property
    def _rules(self) -> Rules:
        return self.sites[0].rules

    @cached_property
    def _history(self) -> History:
        return find_history(self.project.workspace.root)

    @cached_property
    def _texts(self) -> Mapping[str, Mapping[str, list[str]]]:
        return _texts_by_slug(self.files.catalog)

    def _of_file(self, term: Term, file: TermFile, entry: LockEntry) -> Base:
        layout = Layout.of_file(file.body, entry)
        fields = fields_of(term, file.values, self._rules.extensions)
        return Base(written_in(layout), fields)

    def _once_written(self, term: Term, entry: LockEntry) -> TermFile | None:
        """The file as we wrote it, if git has it."""
        path = self.files.path_of(term.slug)
        data = self._bytes_written(self._history.versions([path]).get(path, ()), entry)
        return None if data is None else self.read(term, data)

    def _bytes_written(self, versions: Iterable[Version], entry: LockEntry) -> bytes | None:
        """The newest version of a file that the lock's entry knows."""
        newest = (version.blob for version in islice(versions, _VERSIONS))
        found = self._history.blobs(newest).values()
        return next((data for data in found if entry.wrote(digest(data))), None)

    def _of_units(self, term: Term, entry: LockEntry) -> Written:
        """What building the units as they are would write; certain where that is what was built."""
        units = [self.files.catalog.unit_for(term.slug, segment) for segment in term.segments]
        every = [unit.target or None if unit else None for unit in units]
        reviewed = [unit.target or None if unit and unit.reviewed else None for unit in units]
        made = {
            Localized.of(term, texts, site, drafts=drafts).fingerprint
            for texts, drafts in ((reviewed, False), (every, True), (every, False))
            for site in self.sites
        }
        fresh = fresh_file(Localized.of(term, every, self.sites[0]))
        base = self._of_file(term, fresh, replace(entry, segments=_sources(term)))
        return Written(replace(base, texts=self._texts[term.slug]), entry.texts not in made)


def _sources(term: Term) -> tuple[str, ...]:
    return segment_hashes(slot.segment.source for slot in term.file.body.slots)


def _texts_by_slug(catalog: Catalog) -> Mapping[str, Mapping[str, list[str]]]:
    """The texts of units by slug, and by the short hash of their source."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for unit in catalog.units:
        if unit.target:
            found[unit.slug][short(unit.source)].append(unit.target)
    return found
