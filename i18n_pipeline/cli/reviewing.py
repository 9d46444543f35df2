"""What is to be reviewed, and by whom: the options that say so, and what is made of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli.options import Command, commas, together
from i18n_pipeline.errors import UsageError
from i18n_pipeline.values import dataclass

if TYPE_CHECKING:
    from i18n_pipeline.desk.queue import Filter
    from i18n_pipeline.workspace import Workspace

_STATES = ("untranslated", "needs-review", "reviewed")
_ORIGINS = ("machine", "memory", "human")


def _one_of(known: tuple[str, ...]) -> Callable[..., tuple[str, ...]]:
    """A check that every name of a list is one of those that are known."""

    def check(
        context: click.Context, option: click.Parameter, values: tuple[str, ...]
    ) -> tuple[str, ...]:
        names = commas(context, option, values)
        for name in names:
            if name not in known:
                raise click.BadParameter(f"{name} is not one of {', '.join(known)}")
        return names

    return check


def asked_for(function: Command) -> Command:
    """`--lang`, the filters of the queue, `--minutes` and `--reviewer`."""
    return together(
        click.option(
            "--lang", "locale", default="", metavar="L", help="The target locale to review."
        ),
        click.option(
            "--slug", "slugs", multiple=True, callback=commas, metavar="S", help="Only these terms."
        ),
        click.option(
            "--state",
            "states",
            multiple=True,
            callback=_one_of(_STATES),
            metavar="STATE",
            help="Only these: untranslated, needs-review, reviewed (default: what waits).",
        ),
        click.option(
            "--check",
            "checks",
            multiple=True,
            callback=commas,
            metavar="C",
            help="Only where these checks find something.",
        ),
        click.option(
            "--origin",
            "origins",
            multiple=True,
            callback=_one_of(_ORIGINS),
            metavar="O",
            help="Only texts of these: machine, memory, human.",
        ),
        click.option(
            "--minutes",
            type=click.FloatRange(min=0, min_open=True),
            metavar="N",
            help="Only what fits into so many minutes, the riskiest first.",
        ),
        click.option(
            "--reviewer", default="", metavar="NAME", help="Who reviews (default: git's user.name)."
        ),
    )(function)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be reviewed, and by whom."""

    workspace: Workspace
    locale: str
    chosen: Filter
    reviewer: str

    @classmethod
    def of(cls, workspace: Workspace, chosen: dict[str, object]) -> Asked:
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
