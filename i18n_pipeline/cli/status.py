"""`i18n status`: where things stand."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import output, where


@click.command()
@where
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Exit 3 where fewer units are reviewed.",
)
@output
@click.pass_obj
def status(directory: str, /, **chosen: object) -> int:
    """Show where each locale stands. Sends and writes nothing."""
    from i18n_pipeline.cli.running import perform
    from i18n_pipeline.pipeline import STATUS

    return perform(directory, STATUS, chosen)
