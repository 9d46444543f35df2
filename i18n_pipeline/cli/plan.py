"""`i18n plan`: what a sync would send, and why; offline and read-only."""

from __future__ import annotations

import click

from i18n_pipeline.cli import completing
from i18n_pipeline.cli.options import commas, output, replacing, spreading, where


@click.command()
@where
@click.option(
    "--provider",
    multiple=True,
    callback=commas,
    shell_complete=completing.providers,
    metavar="P",
    help="Plan for this provider.",
)
@click.option(
    "--max-terms",
    type=click.IntRange(min=0),
    metavar="N",
    help="Plan for at most so many terms of each locale.",
)
@click.option("-o", "out", metavar="FILE", help="Write the plan, for sync --plan FILE.")
@replacing
@click.option("--exit-code", is_flag=True, help="Exit 4 if a sync would send anything.")
@spreading
@output
@click.pass_obj
def plan(directory: str, /, **chosen: object) -> int:
    """Show what a sync would send. Sends and writes nothing."""
    from i18n_pipeline.cli.running import perform
    from i18n_pipeline.pipeline import PLAN

    return perform(directory, PLAN, chosen)
