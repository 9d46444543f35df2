"""`i18n gc`: forgets obsolete units, and nothing else does."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import guarding, output, where, writing


@click.command()
@where
@writing
@guarding
@output
@click.pass_obj
def gc(directory: str, /, **chosen: object) -> int:
    """Drop obsolete units from the review files."""
    from i18n_pipeline.cli.running import perform
    from i18n_pipeline.pipeline import GC

    return perform(directory, GC, chosen)
