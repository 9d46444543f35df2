"""From a command's options to its printed report and exit code."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli.delivering import deliver, deliver_summary, refuse_taken
from i18n_pipeline.cli.exits import hear_out
from i18n_pipeline.cli.progress import watching
from i18n_pipeline.cli.terminal import paint_for
from i18n_pipeline.errors import BadConfig, BadFile, I18nError, Problem, UsageError
from i18n_pipeline.values import replace

if TYPE_CHECKING:
    from i18n_pipeline.formats.plan import Plan
    from i18n_pipeline.pipeline import Does, Options
    from i18n_pipeline.reports.report import Report


def perform(directory: str, does: Does, chosen: dict[str, object]) -> int:
    """Open the project, run with the options chosen, print the report; returns the exit code."""
    from i18n_pipeline.pipeline import Detail, Options

    form = str(chosen.pop("form"))
    quiet, verbose = bool(chosen.pop("quiet")), bool(chosen.pop("verbose"))
    out, plan, force, summary = (
        chosen.pop(name, None) for name in ("out", "plan", "force", "summary_md")
    )
    of_changes = Detail.NONE if summary is None else Detail.CHANGES
    detail = Detail.ALL if verbose else of_changes
    options = Options(detail=detail, every_name=verbose, **chosen)  # type: ignore[arg-type]  # click has checked names and types
    if isinstance(plan, str):
        options = _following(options, Path(directory, plan))
    keep = _Keeping(directory, out, force=bool(force)) if isinstance(out, str) else None
    report = ran(directory, does, options, form, quiet=quiet)
    if keep is not None and report.plan is not None:
        keep.put(report.plan)
    if summary is not None:
        _summarise(report, directory, Path(directory, str(summary)))
    show(report, form, quiet=quiet, verbose=verbose)
    return report.exit_code


def _summarise(report: Report, directory: str, path: Path) -> None:
    from i18n_pipeline.cli.hosting import address_of_files
    from i18n_pipeline.history import find_history
    from i18n_pipeline.reports.as_summary import summary
    from i18n_pipeline.workspace import open_workspace

    workspace, base = open_workspace(directory), address_of_files(os.environ)
    base += find_history(workspace.root).prefix if base else ""
    deliver_summary(workspace, summary(report, base).encode(), path)


def ran(directory: str, does: Does, options: Options, form: str, *, quiet: bool) -> Report:
    """The report of a command on the project in or above a folder, with progress on a terminal."""
    from i18n_pipeline.pipeline import Surroundings, run
    from i18n_pipeline.workspace import open_workspace

    with watching(form, quiet=quiet) as progress:
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        around = Surroundings(dict(os.environ), now, progress, "auto", hear_out)
        return run(does, open_workspace(directory), options, around)


def _following(options: Options, path: Path) -> Options:
    """The options of a run that follows a plan: its providers, its locales if none are named."""
    from i18n_pipeline.formats.plan import read_plan

    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"the plan {path} cannot be read: {reason}") from None
    try:
        plan = read_plan(data)
    except BadFile as failure:
        failure.problem = failure.at(str(path))
        raise
    if options.provider and options.provider != plan.provider:
        raise UsageError("--provider and --plan say different things", "the plan names its own")
    locales = options.locales or tuple(one.locale for one in plan.locales)
    return replace(options, plan=plan, provider=plan.provider, locales=locales)


class _Keeping:
    """Where a plan is to be put; asked first, so that nobody waits for a plan that has no place."""

    def __init__(self, directory: str, out: str, *, force: bool) -> None:
        from i18n_pipeline.formats import earlier
        from i18n_pipeline.workspace import open_workspace

        self._workspace = open_workspace(directory)
        self._path = Path(directory, out)
        self._replaced = earlier.anything if force else earlier.is_plan
        refuse_taken(self._workspace, self._path, self._replaced)

    def put(self, plan: Plan) -> None:
        from i18n_pipeline.formats.plan import write_plan

        deliver(self._workspace, write_plan(plan), self._path, self._replaced)


def failed(command: str, failure: I18nError) -> Report:
    """A report of a run that a failure ended before it began."""
    from i18n_pipeline.reports.report import Report, problem_of

    if isinstance(failure, BadFile):
        problems: tuple[Problem, ...] = (failure.problem,)
    else:
        problems = failure.problems if isinstance(failure, BadConfig) else (problem_of(failure),)
    return Report(command, errors=problems, codes=(failure.exit_code,))


def show(report: Report, form: str, *, quiet: bool, verbose: bool) -> None:
    """Print a report: data on standard output, what went wrong on standard error."""
    from i18n_pipeline.cli.printing import print_errors, print_text
    from i18n_pipeline.reports.as_text import as_text, errors_of_checks

    if form != "text":
        from i18n_pipeline.reports.forms import FORMS

        click.echo(FORMS[form](report), nl=False)
        return
    paint = paint_for(sys.stdout)
    if quiet:
        print_text(lambda _: errors_of_checks(report, paint=paint))
    else:
        print_text(lambda view: as_text(report, view, verbose=verbose, paint=paint))
    print_errors(report.errors)
