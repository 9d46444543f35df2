"""`i18n memory stats`: what is remembered, and where it comes from."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import lang, output
from i18n_pipeline.cli.printing import print_report


@click.command()
@lang
@output
@click.pass_obj
def stats(directory: str, /, locales: tuple[str, ...], **chosen: object) -> int:
    """Show how much is remembered, and from where. Offline, read-only."""
    from i18n_pipeline.pipeline.by_hand.recalling import stats as look
    from i18n_pipeline.reports.memories import stats_as_json, stats_as_text
    from i18n_pipeline.workspace import open_workspace

    report = look(open_workspace(directory), locales)
    print_report(
        chosen,
        lambda: stats_as_json(report),
        lambda view: stats_as_text(report, view, verbose=bool(chosen["verbose"])),
        report.errors,
    )
    return report.exit_code
