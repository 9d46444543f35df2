"""What an export made, on its way out: into a file that is none of the project's, or printed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from i18n_pipeline.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from i18n_pipeline.workspace import Workspace


def deliver(workspace: Workspace, data: bytes, path: Path | None) -> None:
    """Put an export into a file, or on standard output. Raises UsageError for the project's own."""
    from i18n_pipeline.durable import write_durably

    if path is None:
        _print(data)
        return
    refuse_own(workspace, path)
    write_durably(path, data)


def refuse_own(workspace: Workspace, path: Path) -> None:
    """Raise UsageError where a path is one of the project's files."""
    whole = path.resolve()
    if whole.is_relative_to(workspace.root) and workspace.has_place_for(
        whole.relative_to(workspace.root).as_posix()
    ):
        hint = "an export is for other programs; write it somewhere else"
        raise UsageError(f"{path} is a file of the project", hint)


def _print(data: bytes) -> None:
    """The bytes as they are, also where a terminal would change line ends or letters."""
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        click.echo(data.decode(), nl=False)
        return
    binary.write(data)
    binary.flush()
