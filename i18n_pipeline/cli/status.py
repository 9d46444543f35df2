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
@click.option(
    "--why",
    metavar="WHAT",
    help="Tell where a text comes from: SLUG/FIELD, a slug, or some words of it.",
)
@output
@click.pass_obj
def status(directory: str, /, **chosen: object) -> int:
    """Show where each locale stands. Sends and writes nothing."""
    if chosen["why"] is not None:
        if chosen["slugs"] or chosen["fail_under"] is not None:
            raise click.UsageError("--why names what it is about: take it with --lang alone")
        from i18n_pipeline.cli.explaining import perform_why

        return perform_why(directory, chosen)
    del chosen["why"]
    from i18n_pipeline.cli.running import perform
    from i18n_pipeline.pipeline import STATUS

    return perform(directory, STATUS, chosen)
