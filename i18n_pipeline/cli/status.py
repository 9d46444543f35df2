"""`i18n status`: where things stand, and what edits of the sources have left to do."""

from __future__ import annotations

import click

from i18n_pipeline.cli.options import output, spreading, where
from i18n_pipeline.cli.printing import print_report
from i18n_pipeline.errors import UsageError


@click.command()
@where
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Exit 3 where fewer units are reviewed.",
)
@click.option("--stale", is_flag=True, help="List the texts that wait because of a source edit.")
@click.option("--since", metavar="REV", help="List all source edits since this revision of git.")
@click.option("--explain", is_flag=True, help="Show each edit word by word, and what to do.")
@click.option("--live", is_flag=True, help="List the texts that pages say, and whose they are.")
@click.option(
    "--origin",
    default="",
    metavar="O",
    help="Of these, those by a provider, or by `machine`, `memory` or `human`.",
)
@click.option("--like", default="", metavar="U", help="Of these, those like this unit.")
@click.option(
    "--why",
    metavar="WHAT",
    help="Tell where a text comes from: SLUG/FIELD, a slug, or some words of it.",
)
@spreading
@output
@click.pass_obj
def status(directory: str, /, **chosen: object) -> int:
    """Show where each locale stands. Sends and writes nothing."""
    if chosen["why"] is not None:
        if chosen["slugs"] or chosen["fail_under"] is not None:
            raise click.UsageError("--why names what it is about: take it with --lang alone")
        from i18n_pipeline.cli.explaining import perform_why

        return perform_why(directory, chosen)
    del chosen["why"]
    stale, since, explain = (chosen.pop(name) for name in ("stale", "since", "explain"))
    if stale or explain or since is not None:
        if since is not None and stale:
            raise UsageError("--since and --stale ask for different things", "leave one out")
        return _edited(directory, chosen, since, explain=bool(explain))
    live, origin, like = (chosen.pop(name) for name in ("live", "origin", "like"))
    if live or origin or like:
        return _live(directory, chosen, str(origin), str(like))
    from i18n_pipeline.cli.running import perform
    from i18n_pipeline.pipeline import STATUS

    return perform(directory, STATUS, chosen)


def _edited(directory: str, chosen: dict[str, object], since: object, *, explain: bool) -> int:
    if chosen["fail_under"] is not None:
        raise UsageError("--fail-under is about all units", "ask for edits without it")

    from i18n_pipeline.pipeline.by_hand.edited import Asked, edited
    from i18n_pipeline.reports.edited import edited_as_json, edited_as_text
    from i18n_pipeline.workspace import open_workspace

    revision = None if since is None else str(since)
    asked = Asked(_texts(chosen["locales"]), _texts(chosen["slugs"]), explain, revision)
    report = edited(open_workspace(directory), asked)
    as_json, as_text = lambda: edited_as_json(report), lambda view: edited_as_text(report, view)
    print_report(chosen, as_json, as_text, report.errors)
    return report.exit_code


def _texts(values: object) -> tuple[str, ...]:
    return tuple(map(str, values)) if isinstance(values, tuple) else ()


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
        lambda view: live_as_text(report, view, verbose=bool(chosen["verbose"])),
        report.errors,
    )
    return report.exit_code
