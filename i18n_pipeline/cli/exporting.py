"""An export on its way: into a file that is none of the project's own, or to standard output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from i18n_pipeline.errors import UsageError

if TYPE_CHECKING:
    from i18n_pipeline.workspace import Workspace


def write_export(workspace: Workspace, data: bytes, path: Path | None) -> None:
    """Write an export; where no path is given, on standard output. Raises UsageError."""
    from i18n_pipeline.durable import write_durably

    if path is None:
        _print(data)
        return
    whole = path.resolve()
    if whole.is_relative_to(workspace.root) and workspace.has_place_for(
        whole.relative_to(workspace.root).as_posix()
    ):
        hint = "an export is for other programs; write it somewhere else"
        raise UsageError(f"{path} is a file of the project", hint)
    write_durably(path, data)


def _print(data: bytes) -> None:
    """The bytes as they are, also where a terminal would change line ends or letters."""
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        click.echo(data.decode(), nl=False)
        return
    binary.write(data)
    binary.flush()
