"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from i18n_pipeline.cli import completing

Command = TypeVar("Command", bound=Callable[..., object])

FORMATS = ("text", "json")
CI_FORMATS = (*FORMATS, "sarif", "junit", "github")


def commas(
    _context: click.Context, _option: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    """`--lang ja,de --lang es` as one list without repeats, in the order given."""
    names = (name.strip() for value in values for name in value.split(","))
    return tuple(dict.fromkeys(name for name in names if name))


def together(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options as one decorator, in the order in which `--help` shows them."""

    def decorate(function: Command) -> Command:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def lang(function: Command) -> Command:
    """`--lang`: for which target locales."""
    option = click.option(
        "--lang",
        "locales",
        multiple=True,
        callback=commas,
        shell_complete=completing.locales,
        metavar="L",
        help="Only these target locales (repeat it, or separate by commas).",
    )
    return option(function)


def where(function: Command) -> Command:
    """`--lang` and `--slug`: what a command works on."""
    return together(
        lang,
        click.option(
            "--slug",
            "slugs",
            multiple=True,
            callback=commas,
            shell_complete=completing.slugs,
            metavar="S",
            help="Only these terms.",
        ),
    )(function)


def output(function: Command) -> Command:
    """`--format`, `--quiet`, `--verbose`: how a command tells what it did."""
    return _output(FORMATS)(function)


def output_for_ci(function: Command) -> Command:
    """The same for a command whose findings CI servers show: with their formats."""
    return _output(CI_FORMATS)(function)


def _output(formats: Sequence[str]) -> Callable[[Command], Command]:
    return together(
        click.option(
            "--format",
            "form",
            type=click.Choice(formats),
            default="text",
            show_default=True,
            help="How to print the report.",
        ),
        click.option("-q", "--quiet", is_flag=True, help="Tell only what went wrong."),
        click.option("-v", "--verbose", is_flag=True, help="Tell everything."),
    )


def lock_timeout(function: Command) -> Command:
    """`--lock-timeout`: for commands that take the run lock."""
    option = click.option(
        "--lock-timeout",
        type=click.FloatRange(min=0),
        default=0.0,
        metavar="SECONDS",
        help="Wait so long for another run to end.",
    )
    return option(function)


def writing(function: Command) -> Command:
    """`--dry-run` and `--lock-timeout`: for commands that write."""
    return together(
        click.option("--dry-run", is_flag=True, help="Write and send nothing; say what would be."),
        lock_timeout,
    )(function)


def replacing(function: Command) -> Command:
    """`--force`: for commands that write where the user says."""
    option = click.option(
        "--force", is_flag=True, help="Replace a file that is no earlier output, or was worked on."
    )
    return option(function)


def guarding(function: Command) -> Command:
    """`--accept-unreview`: for commands that go by what is reviewed."""
    option = click.option(
        "--accept-unreview",
        is_flag=True,
        help="It is meant that much less is reviewed than at git's HEAD.",
    )
    return option(function)


def sending(function: Command) -> Command:
    """`--provider`, `--max-chars`, `--refresh`, `--jobs`: for commands that ask a provider."""
    return together(
        click.option(
            "--provider",
            multiple=True,
            callback=commas,
            shell_complete=completing.providers,
            metavar="P",
            help="Use this provider (the first that knows the language).",
        ),
        click.option(
            "--max-chars",
            type=click.IntRange(min=0),
            metavar="N",
            help="Begin no request that could send more characters than this.",
        ),
        click.option(
            "--max-cost",
            type=click.FloatRange(min=0),
            metavar="N",
            help="Begin no request that could cost more than this, by the prices in i18n.toml.",
        ),
        click.option(
            "--max-terms",
            type=click.IntRange(min=0),
            metavar="N",
            help="Draft at most so many terms of each locale.",
        ),
        click.option(
            "--refresh",
            is_flag=True,
            help="Ask anew for drafts nobody touched and for answers that were not used.",
        ),
        click.option(
            "--jobs",
            type=click.IntRange(min=1),
            default=None,
            metavar="N",
            help="At most so many requests at a time (default: as the provider takes them).",
        ),
    )(function)


def _known(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """An executor that can be understood, before anything is done. Raises UsageError."""
    if value is not None:
        from i18n_pipeline.pipeline.workers import read_asked

        read_asked(value)
    return value


def spreading(function: Command) -> Command:
    """`--executor`: for commands that have work for more than one process."""
    option = click.option(
        "--executor",
        envvar="I18N_EXECUTOR",
        callback=_known,
        metavar="WHO",
        help="Who works: one, processes[:N], threads[:N], dask://HOST:PORT, or auto, the default: "
        "processes where it is quicker. I18N_EXECUTOR says the same.",
    )
    return option(function)


def publishing(function: Command) -> Command:
    """`--publish`: for commands that build."""
    option = click.option(
        "--publish",
        type=click.Choice(["reviewed", "drafts"]),
        default=None,
        help="Build terms whose units are all reviewed, or drafts too (default: i18n.toml's).",
    )
    return option(function)
