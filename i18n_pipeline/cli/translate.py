"""`i18n translate`: source terms into the review files, drafts included."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import guarding, output, sending, spreading, where, writing


@click.command()
@where
@sending
@writing
@guarding
@spreading
@output
@click.pass_obj
def translate(directory: str, /, **chosen: object) -> int:
    """Update the review files, and draft what is missing."""
    from i18n_pipeline.cli.running import perform
    from i18n_pipeline.pipeline import TRANSLATE

    return perform(directory, TRANSLATE, chosen)
