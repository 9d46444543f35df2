"""From a command's options to its printed report and exit code."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli.progress import watching
from i18n_pipeline.errors import BadConfig, I18nError

if TYPE_CHECKING:
    from i18n_pipeline.pipeline import Does
    from i18n_pipeline.reports.report import Report


def perform(directory: str, does: Does, chosen: dict[str, object]) -> int:
    """Open the project, run with the options chosen, print the report; returns the exit code."""
    from i18n_pipeline.pipeline import Options, Surroundings, run
    from i18n_pipeline.workspace import open_workspace

    form = str(chosen.pop("form"))
    quiet, verbose = bool(chosen.pop("quiet")), bool(chosen.pop("verbose"))
    options = Options(**chosen)  # type: ignore[arg-type]  # click has checked names and types
    with watching(form, quiet=quiet) as progress:
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        around = Surroundings(dict(os.environ), now, progress)
        report = run(does, open_workspace(directory), options, around)
    show(report, form, quiet=quiet, verbose=verbose)
    return report.exit_code


def failed(command: str, failure: I18nError) -> Report:
    """A report of a run that a failure ended before it began."""
    from i18n_pipeline.reports.report import Report, problem_of

    problems = failure.problems if isinstance(failure, BadConfig) else (problem_of(failure),)
    return Report(command, errors=problems, codes=(failure.exit_code,))


def show(report: Report, form: str, *, quiet: bool, verbose: bool) -> None:
    """Print a report: data on standard output, what went wrong on standard error."""
    from i18n_pipeline.reports.as_json import as_json
    from i18n_pipeline.reports.as_text import as_text, errors_as_text

    if form == "json":
        click.echo(as_json(report), nl=False)
        return
    if not quiet:
        click.echo(as_text(report, verbose=verbose), nl=False)
    click.echo(errors_as_text(report), err=True, nl=False)
