"""`i18n unpublish`: a built page goes back to its last reviewed bytes, or away."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import commas, output, writing
from i18n_pipeline.cli.printing import print_report


@click.command()
@click.argument("slug")
@click.option(
    "--lang",
    "locales",
    multiple=True,
    required=True,
    callback=commas,
    metavar="L",
    help="In these target locales (repeat it, or separate by commas).",
)
@click.option("--away", is_flag=True, help="Take it away, whatever was reviewed before.")
@click.option("--undo", is_flag=True, help="Let it be built again.")
@writing
@output
@click.pass_obj
def unpublish(directory: str, /, **chosen: object) -> int:
    """Take a page back, and hold it until it is reviewed."""
    from i18n_pipeline.pipeline.by_hand.unpublishing import UnpublishOrder
    from i18n_pipeline.pipeline.by_hand.unpublishing import unpublish as perform
    from i18n_pipeline.reports.unpublished import unpublished_as_json, unpublished_as_text
    from i18n_pipeline.workspace import open_workspace

    names = ("slug", "locales", "away", "undo", "dry_run", "lock_timeout")
    order = UnpublishOrder(**{name: chosen[name] for name in names})  # type: ignore[arg-type]  # click has checked names and types
    report = perform(open_workspace(directory), order)
    print_report(
        chosen,
        lambda: unpublished_as_json(report),
        lambda view: unpublished_as_text(report, view),
        report.errors,
    )
    return report.exit_code
