"""`i18n resolve`: which of two texts of people stands, where they disagree."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import output, where, writing


@click.command()
@click.argument("units", nargs=-1, metavar="[UNIT]...")
@click.option(
    "--use",
    default="",
    metavar="WHOSE",
    help="Whose text stands: po, file, or a name as listed.",
)
@where
@writing
@output
@click.pass_obj
def resolve(directory: str, /, **chosen: object) -> int:
    """Show what people disagree about, or settle it.

    Exits 3 while something is open.
    """
    from i18n_pipeline.cli.printing import print_report
    from i18n_pipeline.pipeline.by_hand.resolving import Resolve
    from i18n_pipeline.pipeline.by_hand.resolving import resolve as settle
    from i18n_pipeline.reports.resolved import resolved_as_json, resolved_as_text
    from i18n_pipeline.workspace import open_workspace

    names = ("use", "units", "locales", "slugs", "dry_run", "lock_timeout")
    order = Resolve(**{name: chosen[name] for name in names})  # type: ignore[arg-type]  # click has checked names and types
    report = settle(open_workspace(directory), order)
    as_json, as_text = lambda: resolved_as_json(report), lambda view: resolved_as_text(report, view)
    print_report(chosen, as_json, as_text, report.errors)
    return report.exit_code
