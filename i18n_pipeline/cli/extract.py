"""`i18n extract`: source terms into the review files, nothing sent."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import guarding, output, spreading, where, writing


@click.command()
@where
@writing
@guarding
@spreading
@output
@click.pass_obj
def extract(directory: str, /, **chosen: object) -> int:
    """Update the review files, and reuse reviewed texts."""
    from i18n_pipeline.cli.running import perform
    from i18n_pipeline.pipeline import EXTRACT

    return perform(directory, EXTRACT, chosen)
