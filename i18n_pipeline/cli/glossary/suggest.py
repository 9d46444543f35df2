"""`i18n glossary suggest`: what could be added to the terminology, by what people have reviewed."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import lang, output, writing


@click.command()
@lang
@click.option(
    "--accept",
    multiple=True,
    metavar="SOURCE=WORDS",
    help="Put this proposal into the glossary (repeat it; `all` for all).",
)
@writing
@output
@click.pass_obj
def suggest(directory: str, /, **chosen: object) -> int:
    """Propose entries and forms, with the places that support them."""
    from i18n_pipeline.cli.glossary.looking import perform, perform_acceptance
    from i18n_pipeline.pipeline.by_hand.termbase import suggested

    if chosen["accept"]:
        return perform_acceptance(directory, chosen)
    return perform(directory, suggested, chosen)
