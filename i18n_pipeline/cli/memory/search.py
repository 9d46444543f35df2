"""`i18n memory search`: what a text would find in the memory."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import lang, output
from i18n_pipeline.cli.printing import print_report


@click.command()
@click.argument("text")
@lang
@click.option(
    "--least",
    type=click.IntRange(1, 100),
    metavar="PERCENT",
    help="At least so much alike (default: `fuzzy` of [memory]).",
)
@output
@click.pass_obj
def search(directory: str, /, text: str, least: int | None, **chosen: object) -> int:
    """Show what TEXT is like in the memory. Offline, read-only.

    It is compared with whole units: words inside them are not looked for.
    """
    from i18n_pipeline.pipeline.by_hand.recalling import Search
    from i18n_pipeline.pipeline.by_hand.recalling import search as look
    from i18n_pipeline.reports.memories import search_as_json, search_as_text
    from i18n_pipeline.workspace import open_workspace

    locales = chosen["locales"]
    order = Search(text, locales if isinstance(locales, tuple) else (), least)
    report = look(open_workspace(directory), order)
    print_report(
        chosen,
        lambda: search_as_json(report),
        lambda view: search_as_text(report, view),
        report.errors,
    )
    return report.exit_code
