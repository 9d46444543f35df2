"""`i18n mv`: a term gets another slug, in every locale at once."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import output, writing
from i18n_pipeline.cli.printing import print_report


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--alias",
    is_flag=False,
    flag_value="{slug}",
    default="",
    metavar="[ADDRESS]",
    help="Keep the old address for redirects: the old slug, or a pattern "
    "such as /{locale}/glossary/{slug}/.",
)
@writing
@output
@click.pass_obj
def mv(directory: str, /, **chosen: object) -> int:
    """Give the term OLD the slug NEW, in every locale."""
    from i18n_pipeline.pipeline.by_hand.moving import MoveOrder, move
    from i18n_pipeline.reports.moved import moved_as_json, moved_as_text
    from i18n_pipeline.workspace import open_workspace

    names = ("old", "new", "alias", "dry_run", "lock_timeout")
    order = MoveOrder(**{name: chosen[name] for name in names})  # type: ignore[arg-type]  # click has checked names and types
    report = move(open_workspace(directory), order)
    print_report(
        chosen,
        lambda: moved_as_json(report),
        lambda view: moved_as_text(report, view, verbose=bool(chosen["verbose"])),
        report.errors,
    )
    return report.exit_code
