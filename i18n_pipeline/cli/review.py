"""`i18n review`: a page to review on, in the browser or in a file; and decisions that come back."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli.options import commas, lock_timeout, output, replacing
from i18n_pipeline.errors import UsageError

if TYPE_CHECKING:
    from i18n_pipeline.desk.queue import Filter
    from i18n_pipeline.workspace import Workspace

_STATES = ("untranslated", "needs-review", "reviewed")
_ORIGINS = ("machine", "memory", "human")
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


def _one_of(known: tuple[str, ...]) -> object:
    def check(
        context: click.Context, option: click.Parameter, values: tuple[str, ...]
    ) -> tuple[str, ...]:
        names = commas(context, option, values)
        for name in names:
            if name not in known:
                raise click.BadParameter(f"{name} is not one of {', '.join(known)}")
        return names

    return check


@click.command()
@click.option("--lang", "locale", default="", metavar="L", help="The target locale to review.")
@click.option(
    "--slug", "slugs", multiple=True, callback=commas, metavar="S", help="Only these terms."
)
@click.option(
    "--state",
    "states",
    multiple=True,
    callback=_one_of(_STATES),
    metavar="STATE",
    help="Only these: untranslated, needs-review, reviewed (default: what waits).",
)
@click.option(
    "--check",
    "checks",
    multiple=True,
    callback=commas,
    metavar="C",
    help="Only where these checks find something.",
)
@click.option(
    "--origin",
    "origins",
    multiple=True,
    callback=_one_of(_ORIGINS),
    metavar="O",
    help="Only texts of these: machine, memory, human.",
)
@click.option(
    "--minutes",
    type=click.FloatRange(min=0, min_open=True),
    metavar="N",
    help="Only what fits into so many minutes, the riskiest first.",
)
@click.option(
    "--reviewer", default="", metavar="NAME", help="Who reviews (default: git's user.name)."
)
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
    asked = _Asked.of(workspace, chosen)
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
        hint = "pip install 'i18n-pipeline[review]'"
        raise UsageError(f"a review needs {' and '.join(missing)}, which is not installed", hint)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be reviewed, and by whom."""

    workspace: Workspace
    locale: str
    chosen: Filter
    reviewer: str

    @classmethod
    def of(cls, workspace: Workspace, chosen: dict[str, object]) -> _Asked:
        """From the options. Raises UsageError where it is not clear which locale is meant."""
        from i18n_pipeline.desk.queue import Filter
        from i18n_pipeline.history import user_name
        from i18n_pipeline.model import State
        from i18n_pipeline.pipeline.asked import locales_asked
        from i18n_pipeline.stages.deciding import fault_of_name

        locale = str(chosen["locale"])
        locales = locales_asked(workspace, [locale] if locale else [])
        if len(locales) > 1:
            hint = f"name one: --lang {locales[0]}"
            raise UsageError(f"the targets are {', '.join(locales)}, and a review is of one", hint)
        _check_checks(_names(chosen["checks"]))
        minutes = chosen["minutes"]
        wanted = Filter(
            slugs=_names(chosen["slugs"]),
            states=tuple(State(name.replace("-", " ")) for name in _names(chosen["states"])),
            checks=_names(chosen["checks"]),
            origins=_names(chosen["origins"]),
            minutes=minutes if isinstance(minutes, float) else None,
        )
        reviewer = _named(str(chosen["reviewer"])) or user_name(workspace.root)
        if fault_of_name(reviewer):
            reviewer = ""  # of git, whose names may hold anything: the page asks for one
        return cls(workspace, locales[0], wanted, reviewer)


def _named(reviewer: str) -> str:
    """A name from the command line. Raises UsageError for one that nobody could read."""
    from i18n_pipeline.reports.escaping import spelled
    from i18n_pipeline.stages.deciding import fault_of_name

    if fault := fault_of_name(reviewer):
        raise UsageError(f"--reviewer {spelled(reviewer)}: {fault}", "leave it out of the name")
    return reviewer


def _check_checks(names: tuple[str, ...]) -> None:
    """Raise UsageError for a check that is none."""
    from i18n_pipeline.checks import ALL
    from i18n_pipeline.pipeline.asked import close_to

    known = [rule.code for rule in ALL]
    for name in names:
        if name not in known:
            raise UsageError(f"there is no check {name}", close_to(name, known))


def _names(chosen: object) -> tuple[str, ...]:
    return chosen if isinstance(chosen, tuple) else ()


def _serve(asked: _Asked, chosen: dict[str, object]) -> int:
    """Serve the page until Ctrl-C."""
    from contextlib import nullcontext

    from i18n_pipeline.desk.answers import Desk
    from i18n_pipeline.desk.handing import opened_in_browser
    from i18n_pipeline.desk.serving import serving
    from i18n_pipeline.desk.session import Session
    from i18n_pipeline.workspace import PRIVATE

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


def _has_screen() -> bool:
    """Whether a browser would have a window; without one it might take over the terminal."""
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))


def _write(asked: _Asked, path: Path, *, force: bool) -> int:
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
