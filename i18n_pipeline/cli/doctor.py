"""`i18n doctor`: what is damaged in the project's files, and mending it on request."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli.options import output

if TYPE_CHECKING:
    from i18n_pipeline.reports.doctored import Doctored


@click.command()
@click.option("--fix-mojibake", is_flag=True, help="Repair it; shows the changes first.")
@click.option("--yes", is_flag=True, help="With --fix-mojibake: write without asking.")
@click.option(
    "--lock-timeout",
    type=click.FloatRange(min=0),
    default=0.0,
    metavar="SECONDS",
    help="Wait so long for another run to end.",
)
@output
@click.pass_obj
def doctor(directory: str, /, **chosen: object) -> int:
    """Find what is damaged; mend it where asked. Sends nothing; exit 65 if damaged."""
    from i18n_pipeline.pipeline.by_hand.doctoring import Doctor
    from i18n_pipeline.pipeline.by_hand.doctoring import doctor as look
    from i18n_pipeline.workspace import open_workspace

    timeout, fix = chosen["lock_timeout"], bool(chosen["fix_mojibake"])
    order = Doctor(fix, dry_run=True, lock_timeout=timeout if isinstance(timeout, float) else 0.0)
    workspace = open_workspace(directory)
    report = look(workspace, order)
    agreed = bool(chosen["yes"])
    if fix and report.repairs and not agreed and chosen["form"] == "text" and sys.stdin.isatty():
        from i18n_pipeline.reports.doctored import doctored_as_text

        click.echo(doctored_as_text(report), nl=False)
        agreed = click.confirm(f"Write {len(report.would_write)} files?", err=True)
    if fix and agreed:
        report = look(workspace, Doctor(fix, lock_timeout=order.lock_timeout))
    _show(report, str(chosen["form"]), quiet=bool(chosen["quiet"]))
    return report.exit_code


def _show(report: Doctored, form: str, *, quiet: bool) -> None:
    from i18n_pipeline.reports.as_text import errors_as_text
    from i18n_pipeline.reports.doctored import doctored_as_json, doctored_as_text
    from i18n_pipeline.reports.report import Report

    if form == "json":
        click.echo(doctored_as_json(report), nl=False)
        return
    if not quiet:
        click.echo(doctored_as_text(report), nl=False)
    click.echo(errors_as_text(Report("doctor", errors=report.errors)), err=True, nl=False)
