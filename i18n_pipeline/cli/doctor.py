"""`i18n doctor`: what is damaged in the project's files, and mending it on request."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli.options import lock_timeout, output
from i18n_pipeline.cli.printing import print_report

if TYPE_CHECKING:
    from i18n_pipeline.reports.doctored import Doctored


@click.command()
@click.option("--fix-mojibake", is_flag=True, help="Repair it; shows the changes first.")
@click.option("--yes", is_flag=True, help="With --fix-mojibake: write without asking.")
@lock_timeout
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
    _show(report, chosen)
    return report.exit_code


def _show(report: Doctored, chosen: dict[str, object]) -> None:
    from i18n_pipeline.reports.doctored import doctored_as_json, doctored_as_text

    as_json, as_text = lambda: doctored_as_json(report), lambda: doctored_as_text(report)
    print_report(chosen, as_json, as_text, report.errors)
