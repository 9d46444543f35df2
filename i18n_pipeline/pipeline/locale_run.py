"""One locale from what lies on disk to its report, in the order of docs/architecture.md.

begin → reuse → pretranslate → judge → build → write → tell
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from i18n_pipeline.errors import I18nError, Interrupted, Problem, Stop
from i18n_pipeline.model import Unit
from i18n_pipeline.pipeline.asking import Asked, Engine
from i18n_pipeline.pipeline.beginning import begin, lost_units, reuse
from i18n_pipeline.pipeline.building import Output, build_all
from i18n_pipeline.pipeline.drafting import pretranslate
from i18n_pipeline.pipeline.engines import asks
from i18n_pipeline.pipeline.judging import judge_all
from i18n_pipeline.pipeline.locale_files import LocaleFiles, read_locale
from i18n_pipeline.pipeline.options import Order
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.pipeline.telling import locale_report
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.pipeline.writing import Step, Written, steps_of, write
from i18n_pipeline.reports.report import LocaleReport, Terms


@dataclass(frozen=True)
class Outcome:
    """What one locale came to: its report, what is wrong with files, what ended parts of it."""

    report: LocaleReport
    problems: tuple[Problem, ...] = ()
    failures: tuple[I18nError, ...] = ()

    @property
    def interrupted(self) -> bool:
        """Whether the run was told to stop."""
        return any(isinstance(failure, Interrupted) for failure in self.failures)


def run_locale(order: Order, project: Project, files: LocaleFiles, engine: Engine) -> Outcome:
    """The whole run for one locale; told to stop, what it has cost so far."""
    asked = Asked()
    try:
        return _done(order, project, files, engine, asked)
    except Stop as stop:
        names, codes = (engine.provider.name,), (Interrupted.exit_code,)
        report = LocaleReport(files.locale, names, billed=asked.billed, codes=codes)
        return Outcome(report, files.problems, (stop.as_failure(),))


def _done(
    order: Order, project: Project, files: LocaleFiles, engine: Engine, asked: Asked
) -> Outcome:
    locale = files.locale
    order.around.progress(locale, "reading", 0, 0)
    if not files.usable:
        total = Terms(total=len(project.terms))
        note = "nothing was done: see the errors"
        return Outcome(LocaleReport(locale, terms=total, notes=(note,)), files.problems)
    left = engine.receipts.possibly_billed(locale) if order.does.sends else 0
    work = replace(begin(project, files, order.options), asked=asked)
    problems = [*files.problems, *lost_units(work)]
    work = _worked(order, work, engine)
    output = build_all(work, order.options, writes=order.does.writes_files)
    problems += output.problems
    written = _written(order, work, output)
    if written.failure is not None:
        work, output = _as_it_is(order, work)
    failures = tuple(one for one in (asked.failure, written.failure) if one is not None)
    order.around.progress(locale, "done", 1, 1)
    report = locale_report(order.does, work, output, engine, written.paths)
    outcome = Outcome(_forgotten(order, work, report), tuple(problems), failures)
    return _with_left_open(order, outcome, engine, left)


def _worked(order: Order, work: Work, engine: Engine) -> Work:
    if order.does.forgets:
        return judge_all(work)
    work = reuse(work)
    if asks(order, work.files):
        try:
            work = pretranslate(work, engine)
        except Stop as stop:  # between two requests; their answers are receipts
            work.asked.failure = stop.as_failure()
    return judge_all(work)


def _written(order: Order, work: Work, output: Output) -> Written:
    """Write what the command writes; in a dry run, say what would be written."""
    steps = _steps(order, work, output)
    if order.writes:
        return write(work, steps)
    return Written(work.project.workspace.would_save(steps))


def _steps(order: Order, work: Work, output: Output) -> Sequence[Step]:
    does = order.does
    if does.forgets:
        return steps_of(replace(work, units=_remembered(order, work)), None, units=True)
    if does.writes_units or does.writes_files:
        return steps_of(work, output if does.writes_files else None, units=does.writes_units)
    return []


def _remembered(order: Order, work: Work) -> tuple[Unit, ...]:
    """The units as they lie on disk, less obsolete ones."""
    slugs = order.options.slugs
    units = work.files.catalog.units
    return tuple(u for u in units if not u.obsolete or (slugs and u.slug not in slugs))


def _forgotten(order: Order, work: Work, report: LocaleReport) -> LocaleReport:
    """The report with the number of units forgotten, where that was the order."""
    if not order.does.forgets:
        return report
    count = len(work.files.catalog.units) - len(_remembered(order, work))
    verb = "dropped" if order.writes else "would be dropped"
    return replace(report, notes=(f"{count} obsolete units {verb}", *report.notes))


def _as_it_is(order: Order, work: Work) -> tuple[Work, Output]:
    """What lies on disk after a failure to write, so that the numbers told of it are true."""
    files = read_locale(work.project, work.locale)
    found = judge_all(begin(work.project, files, order.options))
    return replace(found, asked=work.asked), build_all(found, order.options, writes=False)


def _with_left_open(order: Order, outcome: Outcome, engine: Engine, left: int) -> Outcome:
    """Add characters that killed runs asked for without an answer, and this one if it stopped.

    They are told once.
    """
    locale, receipts = outcome.report.locale, engine.receipts
    count = receipts.possibly_billed(locale) if outcome.interrupted else left
    if not count:
        return outcome
    if order.writes:
        receipts.forget_intents(locale)
    billed = outcome.report.billed
    billed = replace(billed, possibly_billed=billed.possibly_billed + count)
    return replace(outcome, report=replace(outcome.report, billed=billed))
