"""Step 0, on request: files that people translated before become units, and the lock knows them.

No byte of them changes. Which source each was made from, git's history tells where there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from i18n_pipeline.errors import BadFile, Problem
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.history import History, find_history
from i18n_pipeline.model import Key, LockEntry, Unit, context_of
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.machine_texts import MachineTexts, answered
from i18n_pipeline.pipeline.options import Order
from i18n_pipeline.pipeline.page_reading import reading_of
from i18n_pipeline.pipeline.pasts import Pasts
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.pipeline.work import Work, is_complete, texts_of
from i18n_pipeline.reports.counting import counted
from i18n_pipeline.reports.report import Adoption
from i18n_pipeline.stages.adopting import (
    Adopted,
    Counts,
    Laid,
    Reading,
    Vocabulary,
    joined,
    lay,
    read_units,
    vocabulary_of,
)
from i18n_pipeline.stages.build import entry_of
from i18n_pipeline.stages.extras import with_extras
from i18n_pipeline.stages.fields import without_keys
from i18n_pipeline.stages.localized import Localized
from i18n_pipeline.stages.remembered import with_blocks
from i18n_pipeline.stages.site import Site
from i18n_pipeline.stages.take_in import take_in
from i18n_pipeline.stages.term import Standing, Term
from i18n_pipeline.values import dataclass, replace


@dataclass(frozen=True)
class OneAdopted:
    """One file with what became of it."""

    slug: str
    laid: Laid
    adopted: Adopted
    entry: LockEntry
    older: bool = False


@dataclass(frozen=True)
class AllAdopted:
    """A locale's files with the adopted units and lock entries in them, and how that went.

    `drafts` are units whose text on the page is known to be a machine's, `unknown` those of whose
    text no review file knows anything. `damaged` are receipts, which might have known.
    """

    files: LocaleFiles
    each: tuple[OneAdopted, ...]
    vocabulary: Vocabulary
    history: History | None = None
    site: Site | None = None
    drafts: frozenset[Key] = frozenset()
    unknown: frozenset[Key] = frozenset()
    damaged: tuple[Problem, ...] = ()

    @property
    def notes(self) -> Iterator[str]:
        """What is no person's text, and what history could not tell, and why."""
        if self.drafts:
            yield (
                f"machine drafts that nobody reviewed, and no person's texts: "
                f"{counted(len(self.drafts), 'text')} of these pages, as the review file, git, a "
                "receipt or a rejection knows"
            )
        if self.history is None or not self.each:
            return
        if self.history.missing:
            yield (
                f"compared with the sources of today: {self.history.missing}, so edits of sources "
                "since they were translated are not seen"
            )
        elif self.history.shallow:
            yield (
                "the clone is shallow: sources older than it are not known, and edits of them not "
                "seen (git fetch --unshallow)"
            )

    def without_answers(self, work: Work) -> tuple[AllAdopted, Work]:
        """The work with those of the adopted texts as drafts that receipts know as a machine's."""
        after, damaged = answered(work, self.unknown - self.drafts)
        pairs = zip(after.units, work.units, strict=True)
        drafts = self.drafts | {new.key for new, old in pairs if new is not old}
        return replace(self, drafts=drafts, damaged=damaged), after

    def entries(self, work: Work) -> dict[str, LockEntry]:
        """The lock entries of the adopted files.

        One that says all that today's source says is up to date: the next build leaves it alone.
        """
        terms = {term.slug: term for term in work.adopted}
        catalog, site = work.catalog, self.site
        entries: dict[str, LockEntry] = {}
        for one in self.each:
            term, entry = terms.get(one.slug), one.entry
            if (
                term is not None
                and site
                and entry.source == term.hash
                and is_complete(term, catalog)
            ):
                texts = texts_of(work, term, drafts=False, catalog=catalog)
                entry = replace(entry, texts=Localized.of(term, list(texts), site).fingerprint)
            entries[one.slug] = entry
        return entries

    def told(self, units: Iterable[Unit]) -> Adoption:
        """What the adoption came to, by the units as they are after all."""
        counts = Counts.of(units)
        for one in self.each:
            counts.take(one.adopted, self.vocabulary)
        return Adoption(
            files=len(self.each),
            segments=counts.reviewed + counts.needs_review + counts.left,
            reviewed=counts.reviewed,
            needs_review=counts.needs_review,
            left=counts.left,
            older=sum(one.older for one in self.each),
            remaining=tuple(counts.remaining),
        )


def adopt(order: Order, project: Project, files: LocaleFiles) -> AllAdopted:
    """Read the files that nobody adopted yet into units; nothing is written."""
    adopter = _Adopter(order, project, files)
    each = tuple(adopter.each())
    uses = [use for one in each for use in one.adopted.uses]
    vocabulary = vocabulary_of(uses)
    read = [*vocabulary.units(uses), *(unit for one in each for unit in one.adopted.units)]
    machines = MachineTexts(project, files, read)
    adopted = machines.owned()
    drafts = frozenset(unit.key for unit in adopted if unit.is_draft)
    units = joined(files.catalog, adopted, _first(each))
    each = tuple(_with_own_values(one, vocabulary) for one in each)
    entries = [one.entry for one in each]
    problems = (*files.problems, *adopter.problems)
    catalog = replace(files.catalog, units=units)
    merged = replace(files, catalog=catalog, lock=files.lock.replace(entries), problems=problems)
    history, site = adopter.pasts.history, adopter.reading.site
    return AllAdopted(merged, each, vocabulary, history, site, drafts, machines.unknown)


def _first(each: Iterable[OneAdopted]) -> Iterator[Unit]:
    """An empty unit for each file nothing of which is translated: its units are not lost."""
    for one in each:
        segments = one.laid.match.term.segments
        if segments and not one.adopted.units:
            yield Unit(context_of(one.slug, segments[0]), segments[0].source)


def _with_own_values(one: OneAdopted, vocabulary: Vocabulary) -> OneAdopted:
    """What most files do not say is a person's choice: the lock does not know it."""
    own = {use.field.partition(".")[0] for use in one.adopted.uses if vocabulary.is_own(use)}
    return replace(one, entry=replace(one.entry, fields=without_keys(one.entry.fields, own)))


class _Adopter:
    """Reads a locale's files, with what all of them share."""

    def __init__(self, order: Order, project: Project, files: LocaleFiles) -> None:
        self._order, self._project, self._files = order, project, files
        self._rules = Rules(files.settings.fields, files.settings.markdown.extensions)
        self.problems: list[Problem] = []
        self._terms = {term.slug: term for term in self._wanted()}
        self._targets = dict(self._read_all())

    def _wanted(self) -> Iterator[Term]:
        files, slugs = self._files, self._order.options.slugs
        hashes = {slug: files.hash_of(slug) for slug in files.term_files}
        foreign = take_in(self._project.slugs, hashes, files.lock).of(Standing.FOREIGN)
        for term in self._project.terms:
            asked = not slugs or term.slug in slugs
            if asked and term.slug in foreign - files.refused:
                yield with_extras(term, files.settings.fields)

    def _read_all(self) -> Iterator[tuple[str, TermFile]]:
        for slug in self._terms:
            path = self._files.path_of(slug)
            name = self._project.file_slugs[slug]
            try:
                data = self._project.workspace.read(path)
                yield slug, read_term(data, self._rules, name, self._files.locale)
            except BadFile as failure:
                self.problems.append(failure.at(path))

    def each(self) -> Iterator[OneAdopted]:
        """Every file that could be read."""
        total, progress = len(self._targets), self._order.around.progress
        for done, (slug, target) in enumerate(self._targets.items()):
            progress(self._files.locale, "adopting", done, total)
            yield self._one(self._terms[slug], target)

    def _one(self, term: Term, target: TermFile) -> OneAdopted:
        path = self._files.path_of(term.slug)
        laid = lay(term, target, self.pasts.of(term, path), self.reading)
        adopted = read_units(laid, path, self.reading)
        entry = with_blocks(
            entry_of(laid.match.term, self.reading.site, target.data),
            adopted.blocks,
            adopted.omitted,
        )
        older = bool(laid.said) or laid.match.term.hash != term.hash
        return OneAdopted(term.slug, laid, adopted, entry, older)

    @cached_property
    def pasts(self) -> Pasts:
        """What git knows of these files."""
        paths = {self._files.path_of(slug) for slug in self._targets}
        paths |= {self._terms[slug].path for slug in self._targets}
        settings = self._project.config.settings(self._project.config.source)
        source = Rules(settings.fields, settings.markdown.extensions)
        root = self._project.workspace.root
        return Pasts(find_history(root), source, self._rules, self._files.locale, tuple(paths))

    @cached_property
    def reading(self) -> Reading:
        """What all files of the locale are read with."""
        pages = [(self._terms[slug], target) for slug, target in self._targets.items()]
        return reading_of(self._project, self._files, pages)
