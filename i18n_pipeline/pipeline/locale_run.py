"""One locale from what lies on disk to its report, in the order of docs/architecture.md.

begin → reuse → (pretranslate, for all locales together) → judge → build → write → tell
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from i18n_pipeline.errors import Cancelled, I18nError, Interrupted, Problem, Stop
from i18n_pipeline.model import LockEntry, Unit
from i18n_pipeline.pipeline.beginning import begin, least_of, lost_units, reuse
from i18n_pipeline.pipeline.building import build_all
from i18n_pipeline.pipeline.comparing import compare
from i18n_pipeline.pipeline.detailing import details
from i18n_pipeline.pipeline.drafting import Draft, pretranslate
from i18n_pipeline.pipeline.engines import Engine, Engines
from i18n_pipeline.pipeline.following import with_moves
from i18n_pipeline.pipeline.forgetting import forgotten, remembered
from i18n_pipeline.pipeline.guarded_pages import with_guarded
from i18n_pipeline.pipeline.guarding import guarded
from i18n_pipeline.pipeline.intake import taken_in
from i18n_pipeline.pipeline.judging import judge_all, judge_others, look_at_manual, mend
from i18n_pipeline.pipeline.locale_files import LocaleFiles, read_locale
from i18n_pipeline.pipeline.lots import Asked
from i18n_pipeline.pipeline.memories import Imports
from i18n_pipeline.pipeline.options import SYNC, Detail, Order
from i18n_pipeline.pipeline.output import Output
from i18n_pipeline.pipeline.project import Project, read_project
from i18n_pipeline.pipeline.recalling import with_remembered, with_waiting
from i18n_pipeline.pipeline.sharing import Left, check_untouched, left_by, with_rest
from i18n_pipeline.pipeline.telling import locale_report
from i18n_pipeline.pipeline.told import Told
from i18n_pipeline.pipeline.verdicts import Verdicts, keep_verdicts
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.pipeline.writing import Step, Written, in_place, steps_of, write
from i18n_pipeline.reports.changes import Details
from i18n_pipeline.reports.report import LocaleReport, Terms
from i18n_pipeline.stages.extras import with_names
from i18n_pipeline.stages.recall.differences import with_differences
from i18n_pipeline.values import dataclass, replace

if TYPE_CHECKING:
    from i18n_pipeline.pipeline.adopting import AllAdopted


@dataclass(frozen=True)
class Outcome:
    """What one locale came to: its report, what is wrong with files, what ended parts of it.

    `left` is there where it was left in order.
    """

    report: LocaleReport
    problems: tuple[Problem, ...] = ()
    failures: tuple[I18nError, ...] = ()
    left: Left | None = None

    @property
    def interrupted(self) -> bool:
        """Whether the run was told to stop."""
        return any(isinstance(failure, Interrupted) for failure in self.failures)

    def stopped(self, stop: Stop) -> Outcome:
        """The same where the run was told to stop when the locale was done."""
        return replace(self, failures=(*self.failures, stop.as_failure()))

    @property
    def cancelled(self) -> Cancelled | None:
        """How somebody ended the run who waits for it to end."""
        return next((one for one in self.failures if isinstance(one, Cancelled)), None)


@dataclass(frozen=True)
class Begun:
    """A locale read and brought up to its sources, before anything is asked for it."""

    engine: Engine
    work: Work
    problems: tuple[Problem, ...]
    adopted: AllAdopted | None = None


def begin_locale(
    order: Order,
    project: Project,
    files: LocaleFiles,
    engine: Engine,
    verdicts: Verdicts | None = None,
) -> Begun | Outcome:
    """Steps 1 to 4 for one locale; its outcome where that is all that can be done.

    `verdicts` are those of earlier runs, read where they are not given.
    """
    try:
        return _begun(order, project, files, engine, verdicts)
    except Stop as stop:
        asked = Asked() if files.foreseen is None else files.foreseen.asked
        return _interrupted(stop.as_failure(), project, files, engine, asked)


@dataclass(frozen=True)
class Ready:
    """A locale of which all is known, and nothing written yet."""

    begun: Begun
    output: Output
    steps: Sequence[Step]

    @property
    def work(self) -> Work:
        """The locale's units and files."""
        return self.begun.work


def draft_locales(order: Order, held: Sequence[Begun], engines: Engines) -> list[Begun]:
    """The locales with what machines drafted for them, all together."""
    drafts = [Draft(begun.work, begun.engine) for begun in held]
    try:
        works = pretranslate(order, drafts, engines.desk)
    except Stop as stop:  # between two requests; their answers are receipts
        for begun in held:
            begun.work.asked.failure = stop.as_failure()
        return list(held)
    return [replace(begun, work=work) for begun, work in zip(held, works, strict=True)]


def prepare_locale(order: Order, begun: Begun, engines: Engines) -> Ready | Outcome:
    """Steps 6 and 7 for one locale; told to stop, what it has cost so far.

    Somebody who ended the run while machines were asked does not wait for the rest of it.
    """
    failure = begun.work.asked.failure
    if isinstance(failure, Cancelled):
        return cut_short(order, failure, begun, engines)
    try:
        return _reckoned(begun) if order.does.reckons else _prepared(order, begun)
    except Stop as stop:
        return cut_short(order, stop.as_failure(), begun, engines)


def end_locale(order: Order, ready: Ready, engines: Engines) -> Outcome:
    """Steps 8 and 9 for one locale; told to stop, what was written and what it has cost so far."""
    begun, work = ready.begun, ready.work
    written = Written()
    try:
        # What is told in single compares with what is there before anything is written.
        told_of = _details(order, ready)
        written = _written(order, work, ready.steps)
        if not isinstance(written.failure, Cancelled):
            return _ended(order, ready, engines, written, told_of)
        failure: Interrupted = written.failure
    except Stop as stop:
        failure = stop.as_failure()
    paths = {*written.paths, *in_place(work, ready.steps if order.writes else ())}
    return cut_short(order, failure, begun, engines, tuple(sorted(paths)))


def _details(order: Order, ready: Ready) -> Details:
    """What is told of single pages and texts, as far as it is asked for."""
    asked = order.options.detail
    if asked is Detail.NONE:
        return Details()
    found = details(ready.work, ready.output, ready.begun.engine)
    return found if asked is Detail.ALL else found.changes


def cut_short(
    order: Order,
    failure: I18nError,
    begun: Begun,
    engines: Engines,
    written: tuple[str, ...] = (),
) -> Outcome:
    """What a locale has cost, and which of its files were `written`, until the run was stopped.

    Who tells it to stop once more is told that all the same.
    """
    work = begun.work

    def outcome() -> Outcome:
        found = _interrupted(failure, work.project, work.files, begun.engine, work.asked)
        told = replace(found, report=replace(found.report, written=written))
        return with_unanswered(order, told, engines)

    try:
        return outcome()
    except Stop:
        return outcome()


def _interrupted(
    failure: I18nError, project: Project, files: LocaleFiles, engine: Engine, asked: Asked
) -> Outcome:
    report = LocaleReport(
        files.locale,
        tuple(asked.providers) or engine.first,
        terms=Terms(total=len(project.slugs)),
        billed=asked.billed,
        known=False,
        codes=(failure.exit_code,),
    )
    return Outcome(report, files.problems, (failure,))


def _begun(
    order: Order,
    project: Project,
    files: LocaleFiles,
    engine: Engine,
    verdicts: Verdicts | None,
) -> Begun | Outcome:
    locale = files.locale
    order.around.progress(locale, "reading", 0, 0)
    if not files.usable:
        total = Terms(total=len(project.slugs))
        note = "nothing was done, and the numbers are not known: see the errors"
        report = LocaleReport(locale, terms=total, notes=(note,), known=False)
        return Outcome(report, files.problems)
    read = files.catalog.units
    files = guarded(project, files, order.options, keeps=order.writes)
    files = with_moves(project, files, order.options)
    adopted = _adopted(order, project, files) if order.does.adopts else None
    files = files if adopted is None else adopted.files
    files, intake = taken_in(order, project, files)
    work = replace(begin(project, files, order.options, verdicts), intake=intake)
    work = with_foreseen(work)
    work.asked.failure = work.asked.failure or engine.failure
    if adopted is not None:
        adopted, work = adopted.without_answers(work)
    imports = Imports(project.workspace, locale)
    damaged = () if adopted is None else adopted.damaged
    problems = (*files.problems, *lost_units(work), *intake.problems, *imports.problems, *damaged)
    if _keeps(order) or files.rest:
        work = with_remembered(work)
    if not order.does.forgets:
        work = reuse(work, imports, least_of(order, work, engine))
    if _keeps(order):
        work = with_waiting(work)
    if files.rest and files.foreseen is None:
        check_untouched(work, read)
    return Begun(engine, work, problems, adopted)


def with_foreseen(work: Work) -> Work:
    """The work with what came of the parts of the run before it."""
    foreseen = work.files.foreseen
    if foreseen is None:
        return work
    foreseen.damaged.update(work.damaged)
    damaged = frozenset(foreseen.damaged)
    return replace(work, asked=foreseen.asked, drafted=foreseen.drafted, damaged=damaged)


def _adopted(order: Order, project: Project, files: LocaleFiles) -> AllAdopted:
    from i18n_pipeline.pipeline.adopting import adopt  # most runs never need what it loads

    return adopt(order, project, files)


def _keeps(order: Order) -> bool:
    """Whether the next run may go by how this one leaves the locale (`left_by`)."""
    return order.does == SYNC and order.writes and not order.options.of_a_part


def _reckoned(begun: Begun) -> Outcome:
    """What machines would be asked, and nothing of how the locale stands."""
    asked, engine = begun.work.asked, begun.engine
    names = tuple(asked.providers) or engine.first
    return Outcome(LocaleReport(begun.work.locale, names, estimate=asked.estimate), begun.problems)


def _prepared(order: Order, begun: Begun) -> Ready:
    workers = order.workers
    work = mend(begun.work) if order.does.mends else begun.work
    work = judge_others(judge_all(work, workers=workers), workers)
    units = with_names(work.units, work.segments, work.terms)
    work = replace(work, units=with_differences(units, work.segments))
    if order.does.compares:
        work = compare(look_at_manual(work), order.options.slugs, workers)
    adopted = {} if begun.adopted is None else begun.adopted.entries(work)
    work = _with_entries(work, adopted)
    writes = order.does.writes_files
    output = with_guarded(work, build_all(work, order.options, writes=writes, workers=workers))
    output = replace(output, entries={**output.entries, **adopted})
    work, output = with_rest(work, output)
    return Ready(replace(begun, work=work), output, _steps(order, work, output))


def _ended(
    order: Order, ready: Ready, engines: Engines, written: Written, told_of: Details
) -> Outcome:
    """What a locale came to of which all is `written` that could be."""
    begun, work, output = ready.begun, ready.work, ready.output
    asked, locale = work.asked, work.locale
    problems = (*begun.problems, *output.problems)
    if written.failure is not None:
        work, output = _as_it_is(order, work)
    failures = tuple(one for one in (asked.failure, written.failure) if one is not None)
    if work.files.foreseen is not None:
        work.files.foreseen.judged.add(work.verdicts)
    elif order.writes or order.does.surveys:
        whole = not work.files.rest
        keep_verdicts(work.project.workspace, locale, work.verdicts, whole=whole)
    order.around.progress(locale, "done", 1, 1)
    told = Told(order, work, output, begun.engine, begun.adopted)
    report = replace(locale_report(told, written.paths), details=told_of)
    left = left_by(told, report, written) if _keeps(order) and written.failure is None else None
    outcome = Outcome(forgotten(order, work, report), problems, failures, left)
    return with_unanswered(order, outcome, engines)


def _with_entries(work: Work, entries: Mapping[str, LockEntry]) -> Work:
    """The work as if the lock had these entries."""
    lock = work.files.lock.replace(entries.values())
    return replace(work, files=replace(work.files, lock=lock)) if entries else work


def _written(order: Order, work: Work, steps: Sequence[Step]) -> Written:
    """Write what the command writes; in a dry run, say what would be written."""
    if order.writes:
        return write(work, steps)
    return Written(work.project.workspace.would_save(steps))


def _steps(order: Order, work: Work, output: Output) -> Sequence[Step]:
    does = order.does
    if does.forgets:
        return steps_of(replace(work, units=remembered(order, work)), None, units=True)
    if does.mends:
        return steps_of(replace(work, units=_with_edits(work)), None, units=True)
    if does.writes_units or does.writes_files:
        writes_lock = does.writes_files or does.adopts
        return steps_of(work, output if writes_lock else None, units=does.writes_units)
    return []


def _with_edits(work: Work) -> tuple[Unit, ...]:
    """The units as they lie on disk, with the edits that checks proposed, and nothing else."""
    after = {one.before.key: one.after for one in work.mended}
    return tuple(
        unit
        if unit.obsolete or unit.key not in after
        else replace(unit, target=after[unit.key].target, origin=after[unit.key].origin)
        for unit in work.files.catalog.units
    )


def _as_it_is(order: Order, work: Work) -> tuple[Work, Output]:
    """What lies on disk after a failure to write, so that the numbers told of it are true."""
    project = read_project(work.project.workspace) if work.project.rests else work.project
    files, intake = taken_in(order, project, _as_found(order, project, work.locale))
    found = replace(begin(project, files, order.options), intake=intake)
    found = judge_others(judge_all(found))
    return replace(found, asked=work.asked), with_guarded(
        found, build_all(found, order.options, writes=False)
    )


def _as_found(order: Order, project: Project, locale: str) -> LocaleFiles:
    files = read_locale(project, locale)
    return with_moves(project, guarded(project, files, order.options), order.options)


def with_unanswered(order: Order, outcome: Outcome, engines: Engines) -> Outcome:
    """Tell of all characters asked for without an answer: in this run, and in killed ones before.

    They are told once.
    """
    if not engines.tells:
        return outcome
    receipts = engines.receipts
    locale, billed = outcome.report.locale, outcome.report.billed
    count = max(billed.possibly_billed, receipts.possibly_billed(locale))
    billed = replace(billed, possibly_billed=count)
    told = replace(outcome, report=replace(outcome.report, billed=billed))
    try:
        if order.writes:
            receipts.forget_intents(locale)
    except Stop as stop:  # what is not forgotten is told once more
        return told.stopped(stop)
    return told
