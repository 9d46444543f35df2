"""A run that looks at everything: sources, then every locale, drafted together, to the report.

How one locale goes is told in locale_run.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing

from i18n_pipeline.errors import BadFile, Interrupted, Problem, Stop
from i18n_pipeline.formats.plan import Plan
from i18n_pipeline.pipeline.asked import locales_asked
from i18n_pipeline.pipeline.engines import Engine, Engines, asks
from i18n_pipeline.pipeline.idle import remember
from i18n_pipeline.pipeline.in_parts import run_in_parts
from i18n_pipeline.pipeline.locale_files import LocaleFiles, read_locale
from i18n_pipeline.pipeline.locale_run import (
    Begun,
    Outcome,
    begin_locale,
    cut_short,
    draft_locales,
    end_locale,
    prepare_locale,
)
from i18n_pipeline.pipeline.looking import Looked
from i18n_pipeline.pipeline.narrowed_run import run_narrowed
from i18n_pipeline.pipeline.narrowing import keep, save_kept
from i18n_pipeline.pipeline.options import Options, Order
from i18n_pipeline.pipeline.project import Project, check_extras, check_slugs, read_project
from i18n_pipeline.pipeline.reported import Done, glossaries_of, report_of
from i18n_pipeline.pipeline.settling import settled
from i18n_pipeline.pipeline.workers import hired
from i18n_pipeline.reports.report import Report
from i18n_pipeline.values import replace
from i18n_pipeline.workspace import Workspace


def run_in_full(order: Order, workspace: Workspace, looked: Mapping[str, Looked]) -> Report:
    """The report of a run that finds something to do; what it left in place is remembered.

    It looks at the terms alone whose files changed, where that is enough, and else at everything.
    """
    with hired(order.executor) as workers:
        order = replace(order, workers=workers)
        done = run_narrowed(order, workspace, looked)
        if done is None and (known := settled(order, workspace, looked)):
            done = run_narrowed(order, workspace, looked, known)
        if done is None:
            done = run_in_parts(order, workspace, looked)
        if done is None:
            project = read_project(workspace, workers)
            done = Done(project, *_outcomes(order, project, tuple(looked)))
        order.around.finishing()
        report = report_of(order, done)
    if order.keeps and not done.project.history.is_refused:  # that may be mended by the next run
        _remember(order, workspace, looked, report, done)
    return replace(report, notes=(*report.notes, *workers.notices))


def _remember(
    order: Order,
    workspace: Workspace,
    looked: Mapping[str, Looked],
    report: Report,
    done: Done,
) -> None:
    """What spares the next run work: that nothing is to be done, or how each term stands."""
    for locale, kept in done.kept.items() if not report.errors else ():
        save_kept(workspace, locale, kept)
    for one, outcome in zip(report.locales, done.outcomes, strict=True):
        seen = looked[one.locale]
        if not report.errors:
            remember(workspace, order.does, seen.seen, one, report.notes)
        if outcome.left is not None and not report.errors:
            keep(workspace, seen, outcome.left)


def look(order: Order, project: Project) -> Report:
    """Do what a command does that only reads, on sources that are read. Raises as `run` does."""
    locales = locales_asked(project.workspace, order.options.locales)
    with hired(order.executor) as workers:
        order = replace(order, workers=workers)
        report = report_of(order, Done(project, *_outcomes(order, project, locales)))
    return replace(report, notes=(*report.notes, *workers.notices))


def _outcomes(
    order: Order, project: Project, locales: Sequence[str]
) -> tuple[list[Outcome], tuple[Problem, ...]]:
    """What each locale came to, until the run is told to stop; and damaged receipts."""
    check_extras(project, locales)
    check_slugs(project, order.options.slugs)
    _check_plan(project, order.options)
    files: dict[str, LocaleFiles] = {}

    def read(locale: str) -> LocaleFiles:
        if locale not in files:
            files[locale] = read_locale(project, locale)
        return files[locale]

    with closing(Engines(order, project, read)) as engines:
        # Engines first: a wrong key ends the run before anything is written or sent.
        each = {locale: engines.of(locale) for locale in locales}
        _check_engines(order.options.plan, each)
        begun = (  # pairs, and no zip: that would hold the last locale as it began
            (locale, begin_locale(order, project, files.pop(locale), engine))
            for locale, engine in each.items()
        )
        outcomes: dict[str, Outcome] = {}
        try:
            _end(order, begun, engines, outcomes)
        except Stop as stop:  # between two locales
            if not outcomes:
                raise
            last = next(reversed(outcomes))
            outcomes[last] = outcomes[last].stopped(stop)
    ordered = [outcomes[locale] for locale in locales if locale in outcomes]
    return ordered, engines.receipts.problems


def _end(
    order: Order,
    begun: Iterable[tuple[str, Begun | Outcome]],
    engines: Engines,
    outcomes: dict[str, Outcome],
) -> None:
    """The locales from beginning to end: those that ask machines are drafted together.

    What they come to is put into `outcomes`, one after the other.
    """
    held = _to_draft(order, begun, engines, outcomes)
    locales = tuple(held)
    drafts = draft_locales(order, [held.pop(locale) for locale in locales], engines)
    engines.receipts.let_go()  # nobody asks for them below
    stopped: Interrupted | None = None
    for locale in locales:
        drafted = drafts.pop(0)
        if stopped is not None:
            outcomes[locale] = cut_short(order, stopped, drafted, engines)
            continue
        outcomes[locale] = _outcome(order, drafted, engines)
        stopped = outcomes[locale].cancelled


def _to_draft(
    order: Order,
    begun: Iterable[tuple[str, Begun | Outcome]],
    engines: Engines,
    outcomes: dict[str, Outcome],
) -> dict[str, Begun]:
    """The locales that ask machines; all others are brought to their end, into `outcomes`.

    None where one of these was interrupted.
    """
    held: dict[str, Begun] = {}
    for locale, one in begun:
        if isinstance(one, Begun) and asks(order, one.work.files):
            held[locale] = one
            continue
        outcomes[locale] = _outcome(order, one, engines)
        if outcomes[locale].interrupted:
            return {}
    return held


def _outcome(order: Order, begun: Begun | Outcome, engines: Engines) -> Outcome:
    ready = begun if isinstance(begun, Outcome) else prepare_locale(order, begun, engines)
    return ready if isinstance(ready, Outcome) else end_locale(order, ready, engines)


def _check_plan(project: Project, options: Options) -> None:
    """A plan is followed only while its sources are what they were. Raises BadFile."""
    if options.plan is None:
        return
    now = {term.path: term.hash for term in project.terms}
    glossaries = project.workspace.hashes(glossaries_of(project, options.plan))
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
