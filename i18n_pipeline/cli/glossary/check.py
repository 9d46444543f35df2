"""`i18n glossary check`: what is wrong with the terminology itself."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import lang, output


@click.command()
@lang
@output
@click.pass_obj
def check(directory: str, /, **chosen: object) -> int:
    """Check the terminology itself: contradictions, unused terms."""
    from i18n_pipeline.cli.glossary.looking import perform
    from i18n_pipeline.pipeline.by_hand.termbase import audited

    return perform(directory, audited, chosen)
