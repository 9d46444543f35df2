"""The terminal: one file a command; environment, clock and exit codes live here."""

from __future__ import annotations

import sys

import click

from i18n_pipeline import __version__
from i18n_pipeline.cli.commands import Group, OnCall


@click.group(cls=Group, commands=OnCall(), context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "directory",
    default=".",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False),
    help="Work on another folder, as git and make do.",
)
@click.version_option(__version__, prog_name="i18n")
@click.pass_context
def cli(context: click.Context, directory: str) -> None:
    """Translate a Markdown glossary term by term, and never lose a person's words."""
    context.obj = directory


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its code (docs/reference/exit-codes.md)."""
    from i18n_pipeline.cli.exits import exit_code_of

    given = sys.argv[1:] if arguments is None else arguments
    sys.exit(exit_code_of(lambda: cli.main(given, prog_name="i18n", standalone_mode=False), given))
