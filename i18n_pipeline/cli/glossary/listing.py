"""`i18n glossary list`: the terminology in force, and on whose authority."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import lang, output


@click.command("list")
@lang
@output
@click.pass_obj
def listing(directory: str, /, **chosen: object) -> int:
    """Show the terms in force, and on whose authority."""
    from i18n_pipeline.cli.glossary.looking import perform
    from i18n_pipeline.pipeline.by_hand.termbase import listed

    return perform(directory, listed, chosen)
