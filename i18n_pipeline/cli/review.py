"""`i18n review`: a page to review on, in the browser or in a file; and decisions that come back."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli.options import lock_timeout, output, replacing
from i18n_pipeline.cli.reviewing import Asked, asked_for
from i18n_pipeline.errors import UsageError, extra_hint

if TYPE_CHECKING:
    from i18n_pipeline.workspace import Workspace

_OF_A_REVIEW = {
    "slugs": "--slug",
    "states": "--state",
    "checks": "--check",
    "origins": "--origin",
    "minutes": "--minutes",
    "reviewer": "--reviewer",
    "out": "-o",
    "force": "--force",
    "port": "--port",
    "no_browser": "--no-browser",
}
"""What is chosen for a review, and not for what comes back of it."""
_LIBRARIES = ("jinja2", "starlette", "uvicorn")


@click.command()
@asked_for
@click.option("-o", "out", default="", metavar="FILE", help="Write the page into a file instead.")
@click.option(
    "--apply",
    "decisions",
    default="",
    metavar="FILE",
    help="Merge the decisions that came back from such a file.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Use this port."
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option("--dry-run", is_flag=True, help="With --apply: write nothing; say what would be.")
@replacing
@lock_timeout
@output
@click.pass_obj
def review(directory: str, /, **chosen: object) -> int:
    """Review translations on a page, beside their sources.

    Only this machine can open it. Ctrl-C ends it; every decision is saved at once.
    """
    from i18n_pipeline.workspace import open_workspace

    workspace = open_workspace(directory)
    if chosen["decisions"]:
        _refuse_beside_apply(chosen)
        return _apply(workspace, Path(directory, str(chosen["decisions"])), chosen)
    if chosen["form"] == "json" or chosen["dry_run"]:
        option = "--dry-run" if chosen["dry_run"] else "--format json"
        raise UsageError(f"{option} goes with --apply alone", "a review is done on its page")
    _need_libraries()
    asked = Asked.of(workspace, chosen)
    if out := str(chosen["out"]):
        return _write(asked, Path(directory, out), force=bool(chosen["force"]))
    return _serve(asked, chosen)


def _refuse_beside_apply(chosen: dict[str, object]) -> None:
    """Raise UsageError for an option that says what is to be reviewed, which is over by now."""
    for name, option in _OF_A_REVIEW.items():
        if chosen[name] not in ("", (), None, 0, False):
            message = f"{option} does not go with --apply"
            raise UsageError(message, "the file says which units its decisions are about")


def _need_libraries() -> None:
    missing = [name for name in _LIBRARIES if find_spec(name) is None]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        message = f"a review needs {' and '.join(missing)}, which {verb} not installed"
        raise UsageError(message, extra_hint("review"))


def _serve(asked: Asked, chosen: dict[str, object]) -> int:
    """Serve the page until Ctrl-C."""
    from contextlib import nullcontext

    from i18n_pipeline.desk.answers import Desk
    from i18n_pipeline.desk.handing import opened_in_browser
    from i18n_pipeline.desk.serving import serving
    from i18n_pipeline.desk.session import Session
    from i18n_pipeline.workspace import PRIVATE

    with _nothing_swept():
        desk = Desk(Session(asked.workspace, asked.locale), asked.chosen, asked.reviewer)
        desk.check_terms()
        waiting = desk.waiting()
    port = chosen["port"]
    with serving(desk, port if isinstance(port, int) else 0) as served:
        if not chosen["quiet"]:
            click.echo(f"{asked.locale}: {waiting}", err=True)
            click.echo("Ctrl-C ends the review; what was decided is saved.", err=True)
        click.echo(served.address)
        sys.stdout.flush()
        shows = not chosen["no_browser"] and _has_screen()
        private = asked.workspace.root / PRIVATE
        shown = opened_in_browser(private, served.address) if shows else nullcontext()
        # uvicorn stops in good order and then hands the signal on; here that is the way to end
        with suppress(KeyboardInterrupt), shown:
            served.run()
    return 0


@contextmanager
def _nothing_swept() -> Iterator[None]:
    """While a locale is read, nothing of which goes again, no garbage is looked for in it.

    That took a fifth of the time, and a part of each decision afterwards.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _has_screen() -> bool:
    """Whether a browser would have a window; without one it might take over the terminal."""
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))


def _write(asked: Asked, path: Path, *, force: bool) -> int:
    """Write the page into a file; an earlier one holds nobody's work, and may go."""
    from i18n_pipeline.cli.delivering import deliver
    from i18n_pipeline.desk.answers import Desk
    from i18n_pipeline.desk.offline import offline_page
    from i18n_pipeline.desk.session import Session
    from i18n_pipeline.formats.earlier import anything, is_review

    desk = Desk(Session(asked.workspace, asked.locale), asked.chosen)
    desk.check_terms()
    deliver(asked.workspace, offline_page(desk), path, anything if force else is_review)
    click.echo(f"{asked.locale}: {desk.waiting()}; wrote {path}", err=True)
    return 0


def _apply(workspace: Workspace, path: Path, chosen: dict[str, object]) -> int:
    """Merge decisions out of a file."""
    from i18n_pipeline.cli.printing import print_report
    from i18n_pipeline.desk.applying import Apply, apply
    from i18n_pipeline.errors import BadFile
    from i18n_pipeline.formats.decisions import read_decisions
    from i18n_pipeline.reports.reviewed import reviewed_as_json, reviewed_as_text

    try:
        found = read_decisions(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from None
    except BadFile as failure:
        failure.problem = failure.at(str(path))
        raise
    locale = str(chosen["locale"])
    if locale and locale != found.locale:
        raise UsageError(f"{path} holds decisions about {found.locale}, and not {locale}")
    timeout = chosen["lock_timeout"]
    order = Apply(
        found,
        dry_run=bool(chosen["dry_run"]),
        lock_timeout=timeout if isinstance(timeout, float) else 0.0,
    )
    report = apply(workspace, order)
    print_report(
        chosen,
        lambda: reviewed_as_json(report),
        lambda view: reviewed_as_text(report, view, verbose=bool(chosen["verbose"])),
        report.errors,
    )
    return report.exit_code
