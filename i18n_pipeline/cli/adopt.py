"""`i18n adopt`: existing locale files become reviewed units; no byte of them changes."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import output, where, writing


@click.command()
@where
@writing
@output
@click.pass_obj
def adopt(directory: str, /, **chosen: object) -> int:
    """Read existing translations into units; writes PO and lock, never the files."""
    from i18n_pipeline.cli.running import perform
    from i18n_pipeline.pipeline import ADOPT

    return perform(directory, ADOPT, chosen)
