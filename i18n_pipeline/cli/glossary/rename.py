"""`i18n glossary rename`: a term is called otherwise, everywhere at once."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import lock_timeout, output


@click.command()
@click.argument("source")
@click.argument("old")
@click.argument("new")
@click.option("--lang", "locale", required=True, metavar="L", help="In this target locale.")
@click.option("--preview", is_flag=True, help="Write nothing; show what would be.")
@lock_timeout
@output
@click.pass_obj
def rename(directory: str, /, **chosen: object) -> int:
    """Call the term SOURCE NEW instead of OLD, everywhere."""
    from i18n_pipeline.cli.glossary.renaming import perform

    return perform(directory, chosen)
