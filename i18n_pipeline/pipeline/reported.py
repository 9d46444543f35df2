"""The report of a run: what its locales came to, with what no locale owns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from i18n_pipeline.errors import Problem
from i18n_pipeline.formats.plan import Plan
from i18n_pipeline.pipeline.astray import leading_nowhere
from i18n_pipeline.pipeline.driver import driver_missing
from i18n_pipeline.pipeline.engines import caps_of
from i18n_pipeline.pipeline.locale_run import Outcome
from i18n_pipeline.pipeline.options import STATUS, Options, Order
from i18n_pipeline.pipeline.project import Project, notices_of
from i18n_pipeline.pipeline.rest_kept import Kept
from i18n_pipeline.pipeline.sources import source_terms
from i18n_pipeline.reports.report import LocaleReport, Report, problem_of
from i18n_pipeline.stages.spending import matches
from i18n_pipeline.values import dataclass, field, replace
from i18n_pipeline.workspace import Workspace


@dataclass(frozen=True)
class Done:
    """What a run came to, before it is told: what each locale did, and damaged receipts.

    `kept` is what a run in parts knows of each locale, where that was left in order.
    """

    project: Project
    outcomes: Sequence[Outcome]
    damaged: tuple[Problem, ...]
    kept: Mapping[str, Kept] = field(default_factory=lambda: MappingProxyType({}))


def report_of(order: Order, done: Done) -> Report:
    """The report of what a run came to."""
    project, outcomes, damaged = done.project, done.outcomes, done.damaged
    problems = (*project.problems, *(p for one in outcomes for p in one.problems), *damaged)
    failures = [failure for one in outcomes for failure in one.failures]
    reports = tuple(
        replace(_compared(one.report, order.options.fail_under), problems=one.problems)
        for one in outcomes
    )
    return Report(
        order.does.command,
        reports,
        errors=tuple(dict.fromkeys((*problems, *map(problem_of, failures)))),
        notes=(
            *notices_of(project.odd),
            *_unguarded(project),
            *_of_this_clone(order, project.workspace),
            *_named_in_vain(order, project),
            *(leading_nowhere(project) if order.does.compares else ()),
            *_over_the_cap(order, project, reports),
        ),
        codes=(
            *(65 for _ in problems),
            *(failure.exit_code for failure in failures),
            *_out_of_date(order.options, reports),
        ),
        dry=order.dry,
        reads_only=not order.writes,
        currency=project.config.budget.currency,
        plan=_plan(order, project, reports) if order.does.plans else None,
        sources=tuple(source_terms(project)) if order.does.surveys else (),
    )


def _compared(report: LocaleReport, wanted: float | None) -> LocaleReport:
    """The report with a word on a coverage below the one wanted."""
    if wanted is None or report.units.coverage >= wanted:
        return report
    note = f"{report.units.coverage:.1f} % of the units are reviewed, {wanted:g} % are wanted"
    return replace(report, notes=(note, *report.notes))


def _out_of_date(options: Options, reports: Sequence[LocaleReport]) -> Iterator[int]:
    if options.frozen and any(one.written for one in reports):
        yield 4
    if options.fail_under is not None and any(
        one.units.coverage < options.fail_under for one in reports
    ):
        yield 3
    if options.exit_code and any(one.estimate and one.estimate.requests for one in reports):
        yield 4


def _plan(order: Order, project: Project, reports: Sequence[LocaleReport]) -> Plan:
    """What the locales would send, with the hashes of the sources it was worked out from."""
    planned = tuple(one.planned for one in reports if one.planned is not None)
    slugs = {text.context.rpartition("/")[0] for one in planned for text in one.texts}
    sources = {term.path: term.hash for term in project.terms if term.slug in slugs}
    plan = Plan(sources, planned, order.options.provider)
    glossaries = project.workspace.hashes(glossaries_of(project, plan))
    return replace(plan, sources={**sources, **glossaries})


def glossaries_of(project: Project, plan: Plan) -> list[str]:
    """The paths of the required terminology that a plan rests on."""
    found: set[str] = set()
    for one in plan.locales:
        paths = project.config.settings(one.locale).paths
        found |= {paths.glossary.fill(locale=one.locale), paths.keep.fill(locale=one.locale)}
    return sorted(found)


def _unguarded(project: Project) -> Iterator[str]:
    """That reviews which got lost are not noticed: what HEAD has reviewed cannot be seen."""
    if project.history.is_refused:
        yield f"whether reviews got lost since HEAD is not looked at: {project.history.missing}"


def _of_this_clone(order: Order, workspace: Workspace) -> tuple[str, ...]:
    """What is wrong with the clone; a CI server's merges nothing."""
    asked = order.does == STATUS and not order.around.environment.get("CI")
    return driver_missing(workspace) if asked else ()


def _named_in_vain(order: Order, project: Project) -> Iterator[str]:
    """Patterns of `priority` that no term is called by."""
    if not (order.does.sends or order.does.plans):
        return
    for pattern in project.config.budget.priority:
        if not any(matches(slug, (pattern,)) for slug in project.known):
            yield f"`priority` names {pattern}, and no term is called so"


def _over_the_cap(order: Order, project: Project, reports: Sequence[LocaleReport]) -> Iterator[str]:
    """A word on a plan that one run would not finish."""
    cap = caps_of(order, project.config).characters
    planned = sum(one.planned.characters for one in reports if one.planned is not None)
    if order.does.plans and cap is not None and planned > cap:
        yield f"the cap of {cap} characters would end a sync before that"
