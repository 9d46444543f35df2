"""`i18n status`: where things stand."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import output, where


@click.command()
@where
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Exit 3 where fewer units are reviewed.",
)
@click.option("--live", is_flag=True, help="List the texts that pages say, and whose they are.")
@click.option(
    "--origin",
    default="",
    metavar="O",
    help="Of these, those by a provider, or by `machine`, `memory` or `human`.",
)
@click.option("--like", default="", metavar="U", help="Of these, those like this unit.")
@output
@click.pass_obj
def status(directory: str, /, **chosen: object) -> int:
    """Show where each locale stands. Sends and writes nothing."""
    live, origin, like = (chosen.pop(name) for name in ("live", "origin", "like"))
    if live or origin or like:
        return _live(directory, chosen, str(origin), str(like))
    from i18n_pipeline.cli.running import perform
    from i18n_pipeline.pipeline import STATUS

    return perform(directory, STATUS, chosen)


def _live(directory: str, chosen: dict[str, object], origin: str, like: str) -> int:
    from i18n_pipeline.cli.printing import print_report
    from i18n_pipeline.pipeline.by_hand.looking import LiveOrder, live
    from i18n_pipeline.reports.live import live_as_json, live_as_text
    from i18n_pipeline.workspace import open_workspace

    names = ("locales", "slugs")
    order = LiveOrder(origin=origin, like=like, **{name: chosen[name] for name in names})  # type: ignore[arg-type]  # click has checked names and types
    report = live(open_workspace(directory), order)
    print_report(
        chosen,
        lambda: live_as_json(report),
        lambda: live_as_text(report, verbose=bool(chosen["verbose"])),
        report.errors,
    )
    return report.exit_code
