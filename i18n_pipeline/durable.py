"""Writing that survives a power cut, and `.i18n/`, whose files are whole or not there.

The workspace writes the project's own files with the same steps, a group at a time.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from threading import get_ident

from i18n_pipeline.errors import CannotWrite

TEMPORARY = ".i18n-tmp"
"""Ending of a file that is being written; its name begins with a dot."""


def make_private(folder: Path) -> None:
    """Make `.i18n/`, which git is told to ignore by a file inside. Raises CannotWrite."""
    ignore = folder / ".gitignore"
    if not ignore.exists():
        write_durably(ignore, b"*\n")


def write_durably(path: Path, data: bytes) -> None:
    """Write a file so that it is there, whole, once this returns. Raises CannotWrite.

    Its folders are made. A file already there is replaced in one step.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}{TEMPORARY}")
    try:
        make_folders(path.parent)
        _write(beside, data)
        try:
            beside.replace(path)
        except FileNotFoundError:  # another run has just begun, and cleared away what lay about
            _write(beside, data)
            beside.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        discard(beside)
        raise CannotWrite(
            f"{path} cannot be written: {error.strerror or error}",
            "is the disk full, or read-only?",
        ) from error


def remove_durably(path: Path) -> None:
    """Remove a file, if it is there. Raises CannotWrite."""
    try:
        path.unlink(missing_ok=True)
        sync_folder(path.parent)
    except OSError as error:
        raise CannotWrite(f"{path} cannot be removed: {error.strerror or error}") from error


def _write(path: Path, data: bytes) -> None:
    # A killed process with this number may have left one: in a container they are always the same.
    path.unlink(missing_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def make_folders(folder: Path, root: Path | None = None) -> None:
    """Make folders below `root`, each entered durably in the one above. Raises OSError."""
    if folder != root and not folder.is_dir():
        make_folders(folder.parent, root)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Return once a folder's entries are on disk. Raises OSError."""
    if os.name == "nt":  # Windows opens no folders; its rename is written with the file's record
        return
    try:
        sync(folder, os.O_RDONLY)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # some network file systems
            raise


def sync(path: Path, flags: int) -> None:
    """Return once what was written to a path is on disk; `flags` to open it. Raises OSError."""
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def discard(path: Path) -> None:
    """Remove a file after a failure, if that is possible."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # the failure to report is the first one
