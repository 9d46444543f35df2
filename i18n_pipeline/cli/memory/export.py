"""`i18n memory export`: what people reviewed, as a TMX for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli.delivering import deliver
from i18n_pipeline.cli.options import lang, output, replacing
from i18n_pipeline.errors import UsageError

if TYPE_CHECKING:
    from i18n_pipeline.reports.exchanged import ExportedMemory


@click.command()
@lang
@click.option("-o", "out", default="", metavar="FILE", help="Write it there, not to the terminal.")
@replacing
@output
@click.pass_obj
def export(directory: str, /, locales: tuple[str, ...], out: str, **chosen: object) -> int:
    """Print the reviewed texts as a translation memory (TMX 1.4b)."""
    from i18n_pipeline.formats import earlier
    from i18n_pipeline.pipeline.by_hand.exchanging import export_memory
    from i18n_pipeline.workspace import open_workspace

    if chosen["form"] == "json" and not out:
        raise UsageError("--format json needs -o FILE", "both would go to standard output")
    workspace = open_workspace(directory)
    done = export_memory(workspace, locales)
    if not done.errors:
        replaced = earlier.anything if chosen["force"] else earlier.is_memory
        deliver(workspace, done.data, Path(directory, out) if out else None, replaced)
    _show(done, out, str(chosen["form"]), quiet=bool(chosen["quiet"]))
    return done.exit_code


def _show(done: ExportedMemory, out: str, form: str, *, quiet: bool) -> None:
    """Print the report; where the export itself went to standard output, beside it."""
    from i18n_pipeline.cli.printing import print_errors, print_text
    from i18n_pipeline.reports.exchanged import memory_export_as_json, memory_export_as_text

    if form == "json":
        click.echo(memory_export_as_json(done, out), nl=False)
        return
    if not quiet and not done.errors:
        print_text(lambda view: memory_export_as_text(done, out, view), beside=not out)
    print_errors(done.errors)
