"""`i18n sync`: the whole run, from source terms to built files."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import (
    guarding,
    output,
    publishing,
    sending,
    spreading,
    where,
    writing,
)


@click.command()
@where
@sending
@publishing
@writing
@guarding
@click.option(
    "--frozen", is_flag=True, help="Write and send nothing; exit 4 if a sync would change files."
)
@click.option("--plan", metavar="FILE", help="Send what this plan holds, and nothing else.")
@click.option(
    "--summary-md", metavar="FILE", help="Write what changed as Markdown, for a pull request."
)
@spreading
@output
@click.pass_obj
def sync(directory: str, /, **chosen: object) -> int:
    """Take in reviews, draft what is missing, build."""
    from i18n_pipeline.cli.running import perform
    from i18n_pipeline.pipeline import SYNC

    return perform(directory, SYNC, chosen)
