"""`i18n check --fix`: the changes are shown, and written once somebody has said yes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli.running import ran, show
from i18n_pipeline.reports.counting import counted
from i18n_pipeline.values import replace

if TYPE_CHECKING:
    from i18n_pipeline.reports.report import Report


def perform_fix(directory: str, chosen: dict[str, object], *, yes: bool) -> int:
    """Show what would be mended, ask, mend; returns the exit code of the check that is left."""
    from i18n_pipeline.pipeline import MEND, Options

    form = str(chosen.pop("form"))
    quiet, verbose = bool(chosen.pop("quiet")), bool(chosen.pop("verbose"))
    options = Options(**chosen)  # type: ignore[arg-type]  # click has checked names and types
    report = ran(directory, MEND, replace(options, dry_run=True), form, quiet=quiet)
    found = sum(len(locale.fixes) for locale in report.locales)
    if found and form == "text" and not quiet:
        _show(report)
    if found and (yes or _agreed(found, form)):
        report = ran(directory, MEND, options, form, quiet=quiet)
    elif found:
        click.echo(f"nothing was written: --yes writes {counted(found, 'change')}", err=True)
    show(report, form, quiet=quiet, verbose=verbose)
    return report.exit_code


def _show(report: Report) -> None:
    from i18n_pipeline.cli.printing import print_text
    from i18n_pipeline.reports.fixes import fixes_as_text

    print_text(lambda _: fixes_as_text(report))


def _agreed(found: int, form: str) -> bool:
    """Whether whoever sits at the terminal wants the changes; nobody there is no."""
    if form != "text" or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    return click.confirm(f"Write {counted(found, 'change')}?", err=True)
