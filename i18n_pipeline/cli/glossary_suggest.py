"""`i18n glossary suggest`: what could be added to the terminology, by what people have reviewed."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import lang, output


@click.command()
@lang
@output
@click.pass_obj
def suggest(directory: str, /, **chosen: object) -> int:
    """Propose entries and forms, with the places that support them."""
    from i18n_pipeline.cli.termbases import perform
    from i18n_pipeline.pipeline.termbase import suggested

    return perform(directory, suggested, chosen)
