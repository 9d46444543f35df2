"""`i18n check`: what is wrong, in terms and translations."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import output_for_ci, where


@click.command()
@where
@output_for_ci
@click.pass_obj
def check(directory: str, /, **chosen: object) -> int:
    """Check terms and translations. Sends and writes nothing; exit 65 on errors."""
    from i18n_pipeline.cli.running import perform
    from i18n_pipeline.pipeline import CHECK

    return perform(directory, CHECK, chosen)
