"""`i18n reject`: drafts are taken back, and their like never come back."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import output, where, writing
from i18n_pipeline.cli.printing import print_report


@click.command()
@where
@click.option(
    "--unit",
    "units",
    multiple=True,
    metavar="U",
    help="Only this unit: its context (lora/body), its source, its draft, or how they begin.",
)
@click.option("--provider", default="", metavar="P", help="Only what this provider drafted.")
@click.option("--model", default="", metavar="M", help="Only what a model of this name drafted.")
@click.option(
    "--run",
    "run",
    default="",
    metavar="WHEN",
    help="Only what a run brought: its moment, a day (2026-03-01), or two with .. between.",
)
@click.option("--all", "everything", is_flag=True, help="Every draft of these locales.")
@click.option("--undo", is_flag=True, help="Let what is rejected come back.")
@writing
@output
@click.pass_obj
def reject(directory: str, /, **chosen: object) -> int:
    """Take drafts back, so that they and their like never return."""
    from i18n_pipeline.pipeline.by_hand.rejecting import RejectOrder
    from i18n_pipeline.pipeline.by_hand.rejecting import reject as perform
    from i18n_pipeline.pipeline.by_hand.selecting import Selection
    from i18n_pipeline.reports.rejected import rejected_as_json, rejected_as_text
    from i18n_pipeline.workspace import open_workspace

    names = ("slugs", "units", "provider", "model", "run", "everything")
    selection = Selection(**{name: chosen[name] for name in names})  # type: ignore[arg-type]  # click has checked names and types
    rest = ("locales", "undo", "dry_run", "lock_timeout")
    order = RejectOrder(selection=selection, **{name: chosen[name] for name in rest})  # type: ignore[arg-type]  # click has checked names and types
    report = perform(open_workspace(directory), order)
    print_report(
        chosen,
        lambda: rejected_as_json(report),
        lambda view: rejected_as_text(report, view, verbose=bool(chosen["verbose"])),
        report.errors,
    )
    return report.exit_code
