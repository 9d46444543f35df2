"""What a command made for others, on its way out: into a file that the user names, or printed.

Here, for all commands, is what such a file may not be: one of the project, or one that somebody
else made or worked on.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from i18n_pipeline.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from i18n_pipeline.formats.earlier import IsEarlier
    from i18n_pipeline.workspace import Workspace

_OWN = "an output is for others; write it somewhere else"
_MADE = "name another file; or say --force, if what it holds may go"


def deliver(
    workspace: Workspace, data: bytes, path: Path | None, is_earlier: IsEarlier | None = None
) -> None:
    """Put an output into a file, or on standard output where there is no path.

    A file that is there is only replaced where it `is_earlier` (formats/earlier.py), or says the
    same. Raises UsageError for every other file, and CannotWrite.
    """
    from i18n_pipeline.durable import write_durably

    if path is None:
        _print(data)
        return
    refuse_taken(
        workspace, path, lambda found: found == data or bool(is_earlier and is_earlier(found))
    )
    write_durably(_followed(path), data)


def deliver_summary(workspace: Workspace, data: bytes, path: Path) -> None:
    """Put a summary into a Markdown file, which other outputs never are. Raises as `deliver`."""
    from i18n_pipeline.durable import write_durably
    from i18n_pipeline.formats.earlier import is_summary

    if reason := workspace.refusal(_followed(path), allowed=".md"):
        raise UsageError(f"{path} is not written: {reason}", _OWN)
    _refuse_made(path, is_summary)
    write_durably(_followed(path), data)


def refuse_taken(workspace: Workspace, path: Path, is_earlier: IsEarlier) -> None:
    """Raise UsageError where the project or a file that is not `is_earlier` has this path."""
    refuse_own(workspace, path)
    _refuse_made(path, is_earlier)


def _refuse_made(path: Path, is_earlier: IsEarlier) -> None:
    place = _followed(path)
    if not place.exists():
        return
    if not place.is_file():
        raise UsageError(f"{path} is not written: it is no plain file", _OWN)
    try:
        found = place.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}", _MADE) from None
    if not is_earlier(found):
        message = "it is there, and is no earlier output of this command, or somebody worked on it"
        raise UsageError(f"{path} is not written: {message}", _MADE)


def refuse_own(workspace: Workspace, path: Path) -> None:
    """Raise UsageError where a path is the project's, or of a kind that no output is."""
    if reason := workspace.refusal(_followed(path)) or workspace.refusal(path):
        raise UsageError(f"{path} is not written: {reason}", _OWN)


def _followed(path: Path) -> Path:
    """Where a path leads, links followed. Raises UsageError for links that lead in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:  # a RuntimeError before 3.13
        raise UsageError(f"{path} leads nowhere", _OWN) from error


def _print(data: bytes) -> None:
    """The bytes as they are, also where a terminal would change line ends or letters."""
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        click.echo(data.decode(), nl=False)
        return
    binary.write(data)
    binary.flush()
