"""`i18n glossary export`: required terminology in a file for another program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli.delivering import deliver
from i18n_pipeline.cli.options import lang, output, replacing
from i18n_pipeline.errors import UsageError

if TYPE_CHECKING:
    from i18n_pipeline.reports.interchanged import Exported

_TO = ("csv", "tsv", "tbx", "deepl-csv", "google-csv")


@click.command()
@lang
@click.option("--to", required=True, type=click.Choice(_TO), help="The form of the file.")
@click.option("-o", "out", default="", metavar="FILE", help="Write it there, not to the terminal.")
@replacing
@output
@click.pass_obj
def export(directory: str, /, locales: tuple[str, ...], to: str, out: str, **chosen: object) -> int:
    """Print the terminology in force for another program."""
    from i18n_pipeline.formats import earlier
    from i18n_pipeline.pipeline.by_hand.interchange import Export, export_glossary
    from i18n_pipeline.workspace import open_workspace

    if chosen["form"] == "json" and not out:
        raise UsageError("--format json needs -o FILE", "both would go to standard output")
    workspace = open_workspace(directory)
    done = export_glossary(workspace, Export(to, locales))
    if not done.errors:
        replaced = earlier.is_termbase if to == "tbx" else earlier.nothing
        replaced = earlier.anything if chosen["force"] else replaced
        deliver(workspace, done.data, Path(directory, out) if out else None, replaced)
    _show(done, out, str(chosen["form"]), quiet=bool(chosen["quiet"]))
    return done.exit_code


def _show(done: Exported, out: str, form: str, *, quiet: bool) -> None:
    """Print the report; where the export itself went to standard output, beside it."""
    from i18n_pipeline.cli.printing import print_errors, print_text
    from i18n_pipeline.reports.interchanged import exported_as_json, exported_as_text

    if form == "json":
        click.echo(exported_as_json(done, out), nl=False)
        return
    if not quiet and not done.errors:
        print_text(lambda view: exported_as_text(done, out, view), beside=not out)
    print_errors(done.errors)
