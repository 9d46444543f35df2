"""`i18n report`: a whole project at a glance, as a static site, as badges, in the terminal."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli import completing
from i18n_pipeline.cli.options import commas, lang, output
from i18n_pipeline.errors import UsageError

if TYPE_CHECKING:
    from i18n_pipeline.reports.overview import Overview
    from i18n_pipeline.workspace import Workspace


@click.command()
@lang
@click.option("-o", "out", metavar="DIR", help="Write a static site into this folder.")
@click.option("--badge", metavar="FILE", help="Write a badge (SVG) of all locales together.")
@click.option(
    "--provider",
    multiple=True,
    callback=commas,
    shell_complete=completing.providers,
    metavar="P",
    help="Reckon what is left with this provider.",
)
@click.option("--date", "day", metavar="DAY", help="The day of the report (default: today).")
@output
@click.pass_obj
def report(directory: str, /, **chosen: object) -> int:
    """Show the whole project: coverage, past, issues, cost. Sends nothing."""
    from i18n_pipeline.cli.progress import watching
    from i18n_pipeline.pipeline import Surroundings
    from i18n_pipeline.pipeline.by_hand.surveying import ReportOrder, overview
    from i18n_pipeline.workspace import open_workspace

    if chosen["out"] is not None:
        from i18n_pipeline.reports.site import need_library

        need_library()
    day, form, quiet = _day(chosen["day"]), str(chosen["form"]), bool(chosen["quiet"])
    workspace = open_workspace(directory)
    with watching(form, quiet=quiet) as progress:
        around = Surroundings(dict(os.environ), progress=progress, executor="auto")
        order = ReportOrder(day, _names(chosen["locales"]), _names(chosen["provider"]), around)
        found = overview(workspace, order)
    written = _write(workspace, found, Path(directory), chosen)
    _show(found, written, chosen)
    return found.exit_code


def _day(asked: object) -> str:
    """The day that the report bears: as asked, as builds that can be repeated say it, or today."""
    if asked is not None:
        try:
            return date.fromisoformat(str(asked)).isoformat()
        except ValueError:
            raise UsageError(f"--date: {asked} is no day", "write it as 2026-11-28") from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)
    return now.date().isoformat()


def _names(values: object) -> tuple[str, ...]:
    return tuple(map(str, values)) if isinstance(values, tuple) else ()


def _write(
    workspace: Workspace, found: Overview, directory: Path, chosen: dict[str, object]
) -> list[str]:
    """Write what was asked for; words about what that came to."""
    said: list[str] = []
    if chosen["out"] is not None:
        from i18n_pipeline.cli.folders import deliver_folder
        from i18n_pipeline.reports.counting import counted
        from i18n_pipeline.reports.site import site

        folder = directory / str(chosen["out"])
        files = site(found)
        count = deliver_folder(workspace, files, folder)
        changed = f"{counted(count, 'file')} changed" if count else "nothing changed"
        said.append(f"{folder / 'index.html'}: {changed}")
    if chosen["badge"] is not None:
        from i18n_pipeline.cli.delivering import deliver
        from i18n_pipeline.formats.earlier import is_badge
        from i18n_pipeline.reports.badges import badges

        path = directory / str(chosen["badge"])
        if path.suffix != ".svg":
            raise UsageError(f"--badge: {path.name} is no SVG file", "let its name end in .svg")
        deliver(workspace, badges(found)["all.svg"], path, is_badge)
        said.append(f"wrote {path}")
    return said


def _show(found: Overview, written: list[str], chosen: dict[str, object]) -> None:
    from i18n_pipeline.cli.printing import print_report
    from i18n_pipeline.reports.as_overview import overview_as_text
    from i18n_pipeline.reports.dashboard import dashboard

    print_report(
        chosen,
        lambda: dashboard(found),
        lambda view: overview_as_text(found, view, written),
        found.errors,
    )
