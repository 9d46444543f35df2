"""`i18n doctor`: what is damaged in the project's files, and mending it on request."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli.options import lock_timeout, output
from i18n_pipeline.cli.printing import print_report, print_text
from i18n_pipeline.reports.counting import counted
from i18n_pipeline.values import replace

if TYPE_CHECKING:
    from i18n_pipeline.reports.doctored import Doctored


@click.command()
@click.option("--fix-conflicts", is_flag=True, help="Join both sides; asks first at a terminal.")
@click.option("--fix-mojibake", is_flag=True, help="Repair it; shows the changes first.")
@click.option(
    "--yes",
    is_flag=True,
    help="With --fix-…: write, asking nobody.",
)
@lock_timeout
@output
@click.pass_obj
def doctor(directory: str, /, **chosen: object) -> int:
    """Find what is damaged; mend it where asked. Sends nothing; exit 65 if damaged."""
    from i18n_pipeline.pipeline.by_hand.doctoring import Doctor
    from i18n_pipeline.pipeline.by_hand.doctoring import doctor as look
    from i18n_pipeline.workspace import open_workspace

    timeout = chosen["lock_timeout"]
    order = Doctor(
        fix_mojibake=bool(chosen["fix_mojibake"]),
        fix_conflicts=bool(chosen["fix_conflicts"]),
        dry_run=True,
        lock_timeout=timeout if isinstance(timeout, float) else 0.0,
    )
    workspace = open_workspace(directory)
    report = look(workspace, order)
    if report.would_write and _agreed(report, chosen):
        report = look(workspace, replace(order, dry_run=False))
    elif report.would_write:
        files = counted(len(report.would_write), "file")
        click.echo(f"nothing was written: --yes writes {files}", err=True)
    _show(report, chosen)
    return report.exit_code


def _agreed(report: Doctored, chosen: dict[str, object]) -> bool:
    """Whether what would be written may be: said before, or by whoever sits there.

    Joining keeps what both sides say, so that asking for it is enough; a repair changes texts.
    """
    if chosen["yes"] or chosen["form"] != "text" or not sys.stdin.isatty():
        return bool(chosen["yes"] or not chosen["fix_mojibake"])
    from i18n_pipeline.reports.doctored import doctored_as_text

    print_text(lambda view: doctored_as_text(report, view))
    return click.confirm(f"Write {counted(len(report.would_write), 'file')}?", err=True)


def _show(report: Doctored, chosen: dict[str, object]) -> None:
    from i18n_pipeline.reports.doctored import doctored_as_json, doctored_as_text

    print_report(
        chosen,
        lambda: doctored_as_json(report),
        lambda view: doctored_as_text(report, view),
        report.errors,
    )
