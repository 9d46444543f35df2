"""A run that looks at everything: sources, then every locale, drafted together, to the report.

How one locale goes is told in locale_run.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace

from i18n_pipeline.config import Role
from i18n_pipeline.errors import BadFile, Problem, Stop
from i18n_pipeline.formats.plan import Plan
from i18n_pipeline.pipeline.asked import close_to, locales_asked
from i18n_pipeline.pipeline.drafting import Draft, pretranslate
from i18n_pipeline.pipeline.driver import driver_missing
from i18n_pipeline.pipeline.engines import Engine, Engines, asks, caps_of
from i18n_pipeline.pipeline.idle import remember
from i18n_pipeline.pipeline.locale_files import LocaleFiles, read_locale
from i18n_pipeline.pipeline.locale_run import Begun, Outcome, begin_locale, end_locale
from i18n_pipeline.pipeline.options import STATUS, Options, Order
from i18n_pipeline.pipeline.project import Project, check_extras, check_slugs, read_project
from i18n_pipeline.pipeline.sources import source_terms
from i18n_pipeline.pipeline.workers import hired
from i18n_pipeline.reports.report import LocaleReport, Report, problem_of
from i18n_pipeline.stages.spending import matches
from i18n_pipeline.workspace import Workspace


def run_in_full(order: Order, workspace: Workspace, seen: Mapping[str, str]) -> Report:
    """The report of a run that has to look at everything; what it left in place is remembered."""
    with hired(order.executor) as workers:
        order = replace(order, workers=workers)
        report = _report(order, read_project(workspace), tuple(seen))
    if order.writes and not report.errors:
        for one in report.locales:
            remember(workspace, order.does, seen[one.locale], one, report.notes)
    return replace(report, notes=(*report.notes, *workers.notices))


def look(order: Order, project: Project) -> Report:
    """Do what a command does that only reads, on sources that are read. Raises as `run` does."""
    locales = locales_asked(project.workspace, order.options.locales)
    with hired(order.executor) as workers:
        report = _report(replace(order, workers=workers), project, locales)
    return replace(report, notes=(*report.notes, *workers.notices))


def _report(order: Order, project: Project, locales: Sequence[str]) -> Report:
    """The report of a run on sources that are read, for some locales."""
    check_extras(project, locales)
    check_slugs(project, order.options.slugs)
    _check_plan(project, order.options)
    outcomes, damaged = _outcomes(order, project, locales)
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
            *project.notices,
            *_of_this_clone(order, project.workspace),
            *_named_in_vain(order, project),
            *_unknown_related(order, project),
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


def _outcomes(
    order: Order, project: Project, locales: Sequence[str]
) -> tuple[list[Outcome], tuple[Problem, ...]]:
    """What each locale came to, until the run is told to stop; and damaged receipts."""
    files: dict[str, LocaleFiles] = {}

    def read(locale: str) -> LocaleFiles:
        if locale not in files:
            files[locale] = read_locale(project, locale)
        return files[locale]

    with closing(Engines(order, project, read)) as engines:
        # Engines first: a wrong key ends the run before anything is written or sent.
        each = {locale: engines.of(locale) for locale in locales}
        _check_engines(order.options.plan, each)
        begun = (
            begin_locale(order, project, files.pop(locale), engine)
            for locale, engine in each.items()
        )
        outcomes = _ended(order, zip(each, begun, strict=True), engines)
    ordered = [outcomes[locale] for locale in locales if locale in outcomes]
    return ordered, engines.receipts.problems


def _ended(
    order: Order, begun: Iterable[tuple[str, Begun | Outcome]], engines: Engines
) -> dict[str, Outcome]:
    """The locales from beginning to end: those that ask machines are drafted together."""
    outcomes: dict[str, Outcome] = {}
    held: dict[str, Begun] = {}
    for locale, one in begun:
        if isinstance(one, Begun) and asks(order, one.work.files):
            held[locale] = one
            continue
        outcomes[locale] = _outcome(order, one, engines)
        if outcomes[locale].interrupted:
            return outcomes
    for locale, drafted in zip(held, _drafted(order, tuple(held.values()), engines), strict=True):
        outcomes[locale] = _outcome(order, drafted, engines)
    return outcomes


def _outcome(order: Order, begun: Begun | Outcome, engines: Engines) -> Outcome:
    return begun if isinstance(begun, Outcome) else end_locale(order, begun, engines)


def _drafted(order: Order, held: Sequence[Begun], engines: Engines) -> list[Begun]:
    """The locales with what machines drafted for them, all together."""
    drafts = [Draft(begun.work, begun.engine) for begun in held]
    try:
        works = pretranslate(order, drafts, engines.desk)
    except Stop as stop:  # between two requests; their answers are receipts
        for begun in held:
            begun.work.asked.failure = stop.as_failure()
        return list(held)
    return [replace(begun, work=work) for begun, work in zip(held, works, strict=True)]


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


def _check_plan(project: Project, options: Options) -> None:
    """A plan is followed only while its sources are what they were. Raises BadFile."""
    if options.plan is None:
        return
    now = {term.path: term.hash for term in project.terms}
    glossaries = project.workspace.hashes(_glossaries(project, options.plan))
    planned = options.plan.sources
    moved = [path for path, hashed in planned.items() if {**now, **glossaries}.get(path) != hashed]
    moved += [path for path in glossaries if path not in planned]
    if moved:
        more = f" and {len(moved) - 1} more" if len(moved) > 1 else ""
        raise BadFile(
            "plan-moved",
            f"{moved[0]}{more} changed after the plan was made",
            mend="make a new one: i18n plan -o FILE",
        )


def _plan(order: Order, project: Project, reports: Sequence[LocaleReport]) -> Plan:
    """What the locales would send, with the hashes of the sources it was worked out from."""
    planned = tuple(one.planned for one in reports if one.planned is not None)
    slugs = {text.context.rpartition("/")[0] for one in planned for text in one.texts}
    sources = {term.path: term.hash for term in project.terms if term.slug in slugs}
    plan = Plan(sources, planned, order.options.provider)
    glossaries = project.workspace.hashes(_glossaries(project, plan))
    return replace(plan, sources={**sources, **glossaries})


def _glossaries(project: Project, plan: Plan) -> list[str]:
    """The paths of the required terminology that a plan rests on."""
    found: set[str] = set()
    for one in plan.locales:
        paths = project.config.settings(one.locale).paths
        found |= {paths.glossary.fill(locale=one.locale), paths.keep.fill(locale=one.locale)}
    return sorted(found)


def _check_engines(plan: Plan | None, each: Mapping[str, Engine]) -> None:
    """A plan is followed only with the engines it was made for. Raises BadFile."""
    if plan is None:
        return
    for locale, engine in each.items():
        wanted = plan.providers(locale)
        if wanted != engine.names:
            raise BadFile(
                "plan-moved",
                f"it was made for {' and '.join(wanted) or 'nobody'} to translate into {locale}, "
                f"and now that is {' and '.join(engine.names)}",
                mend="make a new one: i18n plan -o FILE",
            )


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


def _unknown_related(order: Order, project: Project) -> Iterator[str]:
    """Slugs that sources call related, and that no source has: a slip, as a rule."""
    if not order.does.compares:
        return
    fields = project.config.settings(project.config.source).fields
    for term in project.terms:
        for key in (key for key in term.file.values if fields.role(key) is Role.LINKS):
            line = term.file.front.place_of((key,))[0] if term.file.front else 0
            for slug in term.file.list_items(key):
                if slug not in project.known:
                    hint = close_to(slug, sorted(project.known))
                    what = f"`{slug}` is related, and there is no such term"
                    yield f"{term.path}:{line}: note: {what}{f' ({hint})' if hint else ''}"


def _over_the_cap(order: Order, project: Project, reports: Sequence[LocaleReport]) -> Iterator[str]:
    """A word on a plan that one run would not finish."""
    cap = caps_of(order, project.config).characters
    planned = sum(one.planned.characters for one in reports if one.planned is not None)
    if order.does.plans and cap is not None and planned > cap:
        yield f"the cap of {cap} characters would end a sync before that"
