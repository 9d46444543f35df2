"""By hand: units that wait for people, as work packages in files of other programs.

An export writes nothing of the project. What a sync would reuse without asking anybody counts as
translated: nobody is to be paid for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.errors import BadFile, Problem, UsageError
from i18n_pipeline.formats.packages import Package, Sent, write_package
from i18n_pipeline.glossary import Glossary, Status
from i18n_pipeline.model import Kind, Segment, State, Unit
from i18n_pipeline.pipeline.asked import close_to, locales_asked
from i18n_pipeline.pipeline.beginning import begin, reuse
from i18n_pipeline.pipeline.judging import judge_all
from i18n_pipeline.pipeline.locale_files import read_locale
from i18n_pipeline.pipeline.memories import Imports
from i18n_pipeline.pipeline.options import Options
from i18n_pipeline.pipeline.project import Project, read_project
from i18n_pipeline.pipeline.terminology import glossary_of
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.placeholders import tokens_of
from i18n_pipeline.reports.packages import ExportedLocale, ExportReport
from i18n_pipeline.stages.extras import with_names
from i18n_pipeline.stages.term import Standing
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be exported: units in these states, of these terms and locales (none: of all)."""

    form: str
    states: tuple[State, ...] = (State.UNTRANSLATED, State.NEEDS_REVIEW)
    locales: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()


def export_packages(workspace: Workspace, order: Export) -> ExportReport:
    """A package for each locale that has something to do. Raises I18nError for what stops it."""
    locales = locales_asked(workspace, order.locales)
    project = read_project(workspace)
    for slug in order.slugs:
        if slug not in project.known:
            raise UsageError(f"there is no term {slug}", close_to(slug, sorted(project.known)))
    exported = [_exported(project, locale, order) for locale in locales]
    problems = (*project.problems, *(p for _, found in exported for p in found))
    return ExportReport(
        order.form,
        tuple(one for one, _ in exported),
        errors=tuple(dict.fromkeys(problems)),
    )


def _exported(
    project: Project, locale: str, order: Export
) -> tuple[ExportedLocale, tuple[Problem, ...]]:
    files = read_locale(project, locale)
    if not files.usable:
        return ExportedLocale(locale), files.problems
    begun = begin(project, files, Options(slugs=order.slugs))
    imports, least = Imports(project.workspace, locale), files.settings.memory.fuzzy
    work = judge_all(reuse(begun, imports, lambda _unit: least))
    work = replace(work, units=with_names(work.units, work.segments, work.terms))
    sent = tuple(_sent(work, order))
    package = Package(project.config.source, locale, sent, work.extensions)
    report = ExportedLocale(
        locale,
        data=write_package(order.form, package) if sent else b"",
        units=len(sent),
        terms=len({one.unit.slug for one in sent} - {""}),
        characters=sum(len(one.unit.source) for one in sent),
        unadopted=tuple(sorted(work.taken.of(Standing.FOREIGN))),
    )
    return report, (*files.problems, *imports.problems)


def _sent(work: Work, order: Export) -> Iterator[Sent]:
    """The units asked for, those of a term together, in the order of its source."""
    glossary = glossary_of(work, drafts=False)
    for unit in work.units:
        segment = work.segments.get(unit.key)
        if segment is not None and not unit.obsolete and unit.state in order.states:
            yield Sent(unit, segment, tuple(_terms(glossary, unit, segment, work.extensions)))


def _terms(
    glossary: Glossary, unit: Unit, segment: Segment, extensions: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """The terms of a text with what they are to be called; names are asked for."""
    if segment.kind in (Kind.NAME, Kind.EXTRA):
        return
    try:
        tokens = tokens_of(segment, unit.source, extensions)
    except BadFile:
        tokens = ()
    for entry in glossary.occurring(unit.source, tokens):
        if entry.status is Status.PREFERRED:
            yield entry.source, entry.target
