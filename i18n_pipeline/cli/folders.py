"""A folder of files that we made: written again at will, never over anybody else's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from i18n_pipeline.cli.delivering import refuse_own
from i18n_pipeline.durable import remove_durably, write_durably
from i18n_pipeline.errors import CannotWrite, UsageError

if TYPE_CHECKING:
    from i18n_pipeline.workspace import Workspace

MARK = ".i18n-report"
"""The file that says that a folder is ours, and which of its files are."""

_SCHEMA = "i18n-report/1"


def deliver_folder(workspace: Workspace, files: Mapping[str, bytes], folder: Path) -> int:
    """Make a folder hold these files, by their paths in it; those of an earlier report go.

    Other files in the folder stay. Returns how many files were written or removed. Raises
    UsageError for a folder that is not empty and no earlier report, or where the project's own
    files lie; CannotWrite.
    """
    old = _earlier(folder)
    for name in files:
        refuse_own(workspace, folder / name)
        _refuse_outside(folder, name)
    gone = [name for name in sorted(old - set(files)) if _is_file(folder, name)]
    changed = [name for name, data in sorted(files.items()) if _read(folder / name) != data]
    if changed or gone or old != set(files):
        # Killed in between, all that is there is known as ours, and the next report goes on.
        write_durably(folder / MARK, _mark(old | set(files)))
        for name in changed:
            write_durably(folder / name, files[name])
        for name in gone:
            remove_durably(folder / name)
        write_durably(folder / MARK, _mark(set(files)))
    return len(changed) + len(gone)


def _earlier(folder: Path) -> set[str]:
    """The files of an earlier report in a folder; none where it is empty or not there."""
    try:
        if not folder.exists() or not next(folder.iterdir(), None):
            return set()
    except NotADirectoryError:
        raise UsageError(f"{folder} is a file", "name a folder") from None
    except OSError as error:
        raise CannotWrite(f"{folder} cannot be looked into: {error.strerror or error}") from error
    names = _marked(_read(folder / MARK))
    if names is None:
        hint = "choose a folder that is empty or not there; nothing was written"
        raise UsageError(f"{folder} is not empty, and no earlier report", hint)
    return {name for name in names if _is_inside(name)}


def _marked(data: bytes | None) -> list[str] | None:
    try:
        document = json.loads(data) if data else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or document.get("schema") != _SCHEMA:
        return None
    names = document.get("files")
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else None


def _mark(names: set[str]) -> bytes:
    document = {"schema": _SCHEMA, "files": sorted(names)}
    return json.dumps(document, indent=1).encode() + b"\n"


def _is_inside(name: str) -> bool:
    """Whether a name that a file told us stays in its folder."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _refuse_outside(folder: Path, name: str) -> None:
    """Raise UsageError where a link in the folder leads a file elsewhere."""
    parent = (folder / name).parent.resolve()
    if not parent.is_relative_to(folder.resolve()):
        raise UsageError(f"{(folder / name).parent} leads out of the folder", "take the link away")


def _is_file(folder: Path, name: str) -> bool:
    path = folder / name
    inside = path.parent.resolve().is_relative_to(folder.resolve())
    return inside and path.is_file() and not path.is_symlink()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
