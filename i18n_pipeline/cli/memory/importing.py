"""`i18n memory import`: another program's memory becomes a file of the project."""

from __future__ import annotations

from pathlib import Path

import click

from i18n_pipeline.cli.options import output, writing
from i18n_pipeline.cli.printing import print_report
from i18n_pipeline.errors import UsageError


@click.command("import")
@click.argument("file")
@click.option("--name", default="", metavar="NAME", help="What to call it (default: as FILE is).")
@writing
@output
@click.pass_obj
def import_file(directory: str, /, file: str, name: str, **chosen: object) -> int:
    """Put FILE (TMX) into memories/, and name it in i18n.toml."""
    from i18n_pipeline.pipeline.by_hand.exchanging import ImportMemory, import_memory
    from i18n_pipeline.reports.exchanged import memory_import_as_json, memory_import_as_text
    from i18n_pipeline.workspace import open_workspace

    shown = {one: chosen.pop(one) for one in ("form", "quiet", "verbose")}
    path = Path(directory, file)
    workspace = open_workspace(directory)
    order = ImportMemory(file, _read(path), name or path.name, **chosen)  # type: ignore[arg-type]  # click has checked names and types
    done = import_memory(workspace, order)
    print_report(
        shown,
        lambda: memory_import_as_json(done),
        lambda view: memory_import_as_text(done, view),
        done.errors,
    )
    return done.exit_code


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from None
