"""From the options of a look at the terminology to its printed report and exit code."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from i18n_pipeline.pipeline.termbase import Termbases
    from i18n_pipeline.reports.termbases import TermsReport

    Look = Callable[[Termbases], TermsReport]


def perform(directory: str, look: Look, chosen: dict[str, object]) -> int:
    """Open the project, look at its terminology, print the report; returns the exit code."""
    from i18n_pipeline.pipeline.termbase import read_termbases
    from i18n_pipeline.workspace import open_workspace

    locales = chosen["locales"]
    asked = tuple(map(str, locales)) if isinstance(locales, tuple) else ()
    report = look(read_termbases(open_workspace(directory), asked))
    show(report, str(chosen["form"]), quiet=bool(chosen["quiet"]), verbose=bool(chosen["verbose"]))
    return report.exit_code


def show(report: TermsReport, form: str, *, quiet: bool, verbose: bool) -> None:
    """Print a report: data on standard output, what went wrong on standard error."""
    from i18n_pipeline.reports.as_text import errors_as_text
    from i18n_pipeline.reports.report import Report
    from i18n_pipeline.reports.termbases import terms_as_json, terms_as_text

    if form == "json":
        click.echo(terms_as_json(report), nl=False)
        return
    if not quiet:
        click.echo(terms_as_text(report, verbose=verbose), nl=False)
    errors = errors_as_text(Report(report.command, errors=report.errors))
    click.echo(errors, err=True, nl=False)
