"""`i18n glossary push`: the glossaries at DeepL, as a sync would have them."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import lang, output


@click.command()
@lang
@click.option("--dry-run", is_flag=True, help="Change nothing at DeepL; say what would be.")
@output
@click.pass_obj
def push(directory: str, /, **chosen: object) -> int:
    """Have the glossaries at DeepL that a sync uses. Shows what is in them."""
    from i18n_pipeline.cli.pushing import perform
    from i18n_pipeline.pipeline.by_hand.pushing import push_glossary

    return perform(directory, push_glossary, chosen)
