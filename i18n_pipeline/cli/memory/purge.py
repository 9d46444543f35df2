"""`i18n memory purge`: entries leave the translation memory."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import lang, output, writing
from i18n_pipeline.cli.printing import print_report


@click.command()
@click.option("--source", "sources", multiple=True, metavar="TEXT", help="Entries of this text.")
@click.option(
    "--target", "targets", multiple=True, metavar="TEXT", help="Entries with this translation."
)
@click.option("--file", default="", metavar="NAME", help="Only in this memory; alone: all of it.")
@click.option("--obsolete", is_flag=True, help="Only obsolete units of the review files.")
@lang
@writing
@output
@click.pass_obj
def purge(directory: str, /, **chosen: object) -> int:
    """Take entries out of the memory: of TMX files, and obsolete units."""
    from i18n_pipeline.pipeline.by_hand.purging import Purge
    from i18n_pipeline.pipeline.by_hand.purging import purge as perform
    from i18n_pipeline.reports.exchanged import purge_as_json, purge_as_text
    from i18n_pipeline.workspace import open_workspace

    shown = {one: chosen.pop(one) for one in ("form", "quiet", "verbose")}
    order = Purge(**chosen)  # type: ignore[arg-type]  # click has checked names and types
    done = perform(open_workspace(directory), order)
    print_report(
        shown,
        lambda: purge_as_json(done),
        lambda view: purge_as_text(done, view, verbose=bool(shown["verbose"])),
        done.errors,
    )
    return done.exit_code
