"""What a project's terminology holds, what is wrong with it, what could be added: read, no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from i18n_pipeline.checks.rule import HIDDEN
from i18n_pipeline.errors import BadFile, Problem
from i18n_pipeline.glossary import Glossary, Learned, Sighting, sightings
from i18n_pipeline.glossary.auditing import AuditFinding, Evidence, audit
from i18n_pipeline.glossary.suggesting import Proposal, Seen, suggest
from i18n_pipeline.glossary.usage import Text, Use, uses_of
from i18n_pipeline.model import Kind, Unit
from i18n_pipeline.pipeline.asked import locales_asked
from i18n_pipeline.pipeline.beginning import begin
from i18n_pipeline.pipeline.guarding import read_guarded
from i18n_pipeline.pipeline.judging import subject_of
from i18n_pipeline.pipeline.locale_files import read_locale
from i18n_pipeline.pipeline.options import Options
from i18n_pipeline.pipeline.project import read_project
from i18n_pipeline.pipeline.terminology import glossary_of, names_of
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.reports.counting import counted
from i18n_pipeline.reports.termbases import LocaleTerms, TermsReport
from i18n_pipeline.stages.term import Standing
from i18n_pipeline.values import dataclass
from i18n_pipeline.workspace import Workspace


@dataclass(frozen=True)
class Termbase:
    """The terminology of one locale, with what people have reviewed there."""

    work: Work

    @property
    def locale(self) -> str:
        """The target locale."""
        return self.work.locale

    @cached_property
    def in_force(self) -> Glossary:
        """All entries, proposed names among them, and the names to keep."""
        return glossary_of(self.work)

    @cached_property
    def required(self) -> Glossary:
        """The entries that people stand for."""
        return glossary_of(self.work, drafts=False)

    @cached_property
    def links(self) -> Sequence[Sighting]:
        """What reviewed translations call the terms that they link to."""
        return list(sightings(self.work.units, self.work.addresses.slug_of))

    @cached_property
    def texts(self) -> Sequence[Text]:
        """The reviewed translations, but for names of terms and lists of keywords."""
        return list(self._texts())

    @cached_property
    def uses(self) -> Sequence[Use]:
        """How reviewed texts use the terms."""
        return uses_of(self.required, self.texts, self.locale)

    def audit(self) -> tuple[AuditFinding, ...]:
        """What is wrong with the terminology."""
        return audit(
            Evidence(
                glossary=self.required,
                locale=self.locale,
                names=tuple(names_of(self.work, drafts=False)),
                keep=self.work.files.keep,
                uses=self.uses,
                links=self.links,
            )
        )

    def suggest(self) -> tuple[Proposal, ...]:
        """What could be added to it."""
        lists = (one for one in self._reviewed() if self._kind(one) is Kind.LIST)
        seen = Seen(self.required, self.locale, self.texts, self.links, tuple(lists), self.uses)
        return suggest(seen)

    def _texts(self) -> Iterator[Text]:
        for unit in self._reviewed():
            if self._kind(unit) in (Kind.LIST, Kind.NAME, Kind.EXTRA):
                continue
            subject = subject_of(self.work, unit, self.work.segments[unit.key], self.required)
            try:
                words = subject.target_prose.replace(HIDDEN, "")
                yield Text(unit, subject.source_tokens, words)
            except BadFile:
                continue  # check tells what cannot be read; it bears no witness

    def _reviewed(self) -> Iterator[Unit]:
        for unit in self.work.units:
            known = unit.key in self.work.segments and not unit.obsolete
            if known and unit.reviewed and unit.target:
                yield unit

    def _kind(self, unit: Unit) -> Kind:
        return self.work.segments[unit.key].kind


@dataclass(frozen=True)
class Termbases:
    """The terminology of the locales asked for; those whose files cannot be read have problems."""

    source: str
    of: tuple[Termbase, ...]
    problems: tuple[Problem, ...] = ()


def read_termbases(
    workspace: Workspace, locales: Sequence[str] = (), *, writes: bool = False
) -> Termbases:
    """Read the terminology of some locales; `writes`: their units are to be written afterwards.

    Raises UsageError for one that is no target.
    """
    asked = locales_asked(workspace, locales)
    project = read_project(workspace)
    found: list[Termbase] = []
    problems: list[Problem] = list(project.problems)
    for locale in asked:
        files = (read_guarded if writes else read_locale)(project, locale)
        problems += files.problems
        if files.usable:
            found.append(Termbase(begin(project, files, Options())))
    return Termbases(project.config.source, tuple(found), tuple(dict.fromkeys(problems)))


def listed(termbases: Termbases) -> TermsReport:
    """The terminology in force, as a report."""
    parts = (
        LocaleTerms(
            one.locale,
            entries=one.in_force.entries,
            keep=one.in_force.keep,
            learned={slug: tuple(forms) for slug, forms in Learned.of(one.links).by_slug.items()},
        )
        for one in termbases.of
    )
    return _report("glossary list", parts, termbases)


def audited(termbases: Termbases) -> TermsReport:
    """What is wrong with the terminology, as a report."""
    parts = (LocaleTerms(one.locale, findings=one.audit()) for one in termbases.of)
    return _report("glossary check", parts, termbases)


def suggested(termbases: Termbases) -> TermsReport:
    """What could be added to the terminology, as a report."""
    parts = (LocaleTerms(one.locale, proposals=one.suggest()) for one in termbases.of)
    return _report("glossary suggest", parts, termbases)


def _report(command: str, parts: Iterable[LocaleTerms], termbases: Termbases) -> TermsReport:
    notes = (note for one in termbases.of for note in _unadopted(one))
    return TermsReport(command, tuple(parts), termbases.problems, tuple(notes))


def _unadopted(termbase: Termbase) -> Iterator[str]:
    """A word on pages whose names and links say nothing here."""
    foreign = termbase.work.taken.of(Standing.FOREIGN)
    if foreign:
        yield (
            f"{termbase.locale}: {counted(len(foreign), 'page')} of people's, not adopted: neither "
            "names nor links of theirs count"
        )
