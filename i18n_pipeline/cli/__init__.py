"""The terminal: one file a command; environment, clock and exit codes live here."""

from __future__ import annotations

import sys

import click

from i18n_pipeline import __version__
from i18n_pipeline.cli.adopt import adopt
from i18n_pipeline.cli.build import build
from i18n_pipeline.cli.check import check
from i18n_pipeline.cli.ci import ci
from i18n_pipeline.cli.doctor import doctor
from i18n_pipeline.cli.export import export
from i18n_pipeline.cli.extract import extract
from i18n_pipeline.cli.gc import gc
from i18n_pipeline.cli.glossary import glossary
from i18n_pipeline.cli.importing import import_files
from i18n_pipeline.cli.init import init
from i18n_pipeline.cli.memory import memory
from i18n_pipeline.cli.merge_driver import merge_driver
from i18n_pipeline.cli.mv import mv
from i18n_pipeline.cli.plan import plan
from i18n_pipeline.cli.provenance import provenance
from i18n_pipeline.cli.reject import reject
from i18n_pipeline.cli.report import report
from i18n_pipeline.cli.resolve import resolve
from i18n_pipeline.cli.review import review
from i18n_pipeline.cli.status import status
from i18n_pipeline.cli.sync import sync
from i18n_pipeline.cli.translate import translate
from i18n_pipeline.cli.unpublish import unpublish


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
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


COMMANDS = (
    init,
    adopt,
    sync,
    status,
    check,
    plan,
    report,
    extract,
    translate,
    build,
    export,
    import_files,
    review,
    glossary,
    memory,
    reject,
    unpublish,
    mv,
    resolve,
    gc,
    provenance,
    doctor,
    ci,
    merge_driver,
)
for command in COMMANDS:
    cli.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its code (docs/reference/exit-codes.md)."""
    from i18n_pipeline.cli.exits import exit_code_of

    given = sys.argv[1:] if arguments is None else arguments
    sys.exit(exit_code_of(lambda: cli.main(given, prog_name="i18n", standalone_mode=False), given))
