"""`i18n build`: reviewed units into term files."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import guarding, output, publishing, spreading, where, writing


@click.command()
@where
@publishing
@writing
@guarding
@spreading
@output
@click.pass_obj
def build(directory: str, /, **chosen: object) -> int:
    """Build term files from the review files as they are."""
    from i18n_pipeline.cli.running import perform
    from i18n_pipeline.pipeline import BUILD

    return perform(directory, BUILD, chosen)
