"""`i18n glossary import`: what is new in another program's glossary, into one of the project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli.options import output, writing
from i18n_pipeline.errors import UsageError

if TYPE_CHECKING:
    from i18n_pipeline.reports.interchanged import Imported


@click.command("import")
@click.argument("file")
@click.option("--lang", "locale", required=True, metavar="L", help="The target locale.")
@click.option(
    "--into", default="", metavar="FILE", help="Another glossary of the project to add to."
)
@writing
@output
@click.pass_obj
def import_file(directory: str, /, file: str, **chosen: object) -> int:
    """Add what is new in FILE (CSV, TSV, TBX) to a glossary."""
    from i18n_pipeline.pipeline.by_hand.interchange import Import, import_glossary
    from i18n_pipeline.workspace import open_workspace

    form = str(chosen.pop("form"))
    quiet, verbose = bool(chosen.pop("quiet")), bool(chosen.pop("verbose"))
    workspace = open_workspace(directory)
    order = Import(file, _read(Path(directory, file)), **chosen)  # type: ignore[arg-type]
    done = import_glossary(workspace, order)
    _show(done, form, quiet=quiet, verbose=verbose)
    return done.exit_code


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from None


def _show(done: Imported, form: str, *, quiet: bool, verbose: bool) -> None:
    """Print the report: data on standard output, what went wrong on standard error."""
    from i18n_pipeline.cli.printing import print_errors, print_text
    from i18n_pipeline.reports.interchanged import imported_as_json, imported_as_text

    if form == "json":
        click.echo(imported_as_json(done), nl=False)
        return
    if not quiet:
        print_text(lambda view: imported_as_text(done, view, verbose=verbose))
    print_errors(done.errors)
