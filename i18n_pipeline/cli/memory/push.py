"""`i18n memory push`: reviewed texts as a translation memory at DeepL."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import lang, output


@click.command()
@lang
@click.option("--dry-run", is_flag=True, help="Change nothing at DeepL; say what would be.")
@output
@click.pass_obj
def push(directory: str, /, **chosen: object) -> int:
    """Have the reviewed texts in a translation memory at DeepL."""
    from i18n_pipeline.cli.pushing import perform
    from i18n_pipeline.pipeline.by_hand.memorising import push_memory

    return perform(directory, push_memory, chosen)
