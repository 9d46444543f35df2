"""From the options of a look at the terminology to its printed report and exit code."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from i18n_pipeline.errors import UsageError

if TYPE_CHECKING:
    from i18n_pipeline.pipeline.by_hand.termbase import Termbases
    from i18n_pipeline.reports.termbases import TermsReport

    Look = Callable[[Termbases], TermsReport]


def perform(directory: str, look: Look, chosen: dict[str, object]) -> int:
    """Open the project, look at its terminology, print the report; returns the exit code."""
    from i18n_pipeline.pipeline.by_hand.termbase import read_termbases
    from i18n_pipeline.workspace import open_workspace

    report = look(read_termbases(open_workspace(directory), _texts(chosen["locales"])))
    return _shown(report, chosen)


def perform_acceptance(directory: str, chosen: dict[str, object]) -> int:
    """Put accepted proposals into one locale's glossary, print them; returns the exit code."""
    from i18n_pipeline.pipeline.by_hand.accepting import Acceptance, accept
    from i18n_pipeline.workspace import open_workspace

    locales, timeout = _texts(chosen["locales"]), chosen["lock_timeout"]
    if len(locales) != 1:
        raise UsageError("--accept is for one locale", "name it: --lang L")
    order = Acceptance(
        locales[0],
        _texts(chosen["accept"]),
        dry_run=bool(chosen["dry_run"]),
        lock_timeout=timeout if isinstance(timeout, float) else 0.0,
    )
    return _shown(accept(open_workspace(directory), order), chosen)


def _texts(values: object) -> tuple[str, ...]:
    return tuple(map(str, values)) if isinstance(values, tuple) else ()


def _shown(report: TermsReport, chosen: dict[str, object]) -> int:
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
