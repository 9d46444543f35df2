"""From the options of a push to its printed report and exit code."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from i18n_pipeline.pipeline.by_hand.pushing import Push
    from i18n_pipeline.pipeline.options import Surroundings
    from i18n_pipeline.reports.pushed import Pushed
    from i18n_pipeline.workspace import Workspace

    Pushing = Callable[[Workspace, Push, Surroundings], Pushed]


def perform(directory: str, pushing: Pushing, chosen: dict[str, object]) -> int:
    """Open the project, push, print the report; returns the exit code."""
    from i18n_pipeline.pipeline.by_hand.pushing import Push
    from i18n_pipeline.pipeline.options import Surroundings
    from i18n_pipeline.workspace import open_workspace

    form = str(chosen.pop("form"))
    quiet, verbose = bool(chosen.pop("quiet")), bool(chosen.pop("verbose"))
    push = Push(**chosen)  # type: ignore[arg-type]  # click has checked names and types
    around = Surroundings(dict(os.environ), datetime.now(UTC).isoformat())
    pushed = pushing(open_workspace(directory), push, around)
    _show(pushed, form, quiet=quiet, verbose=verbose)
    return pushed.exit_code


def _show(pushed: Pushed, form: str, *, quiet: bool, verbose: bool) -> None:
    """Print a report: data on standard output, what went wrong on standard error."""
    from i18n_pipeline.reports.as_text import errors_as_text
    from i18n_pipeline.reports.pushed import pushed_as_json, pushed_as_text
    from i18n_pipeline.reports.report import Report

    if form == "json":
        click.echo(pushed_as_json(pushed), nl=False)
        return
    if not quiet:
        click.echo(pushed_as_text(pushed, verbose=verbose), nl=False)
    errors = errors_as_text(Report(pushed.command, errors=pushed.errors))
    click.echo(errors, err=True, nl=False)
