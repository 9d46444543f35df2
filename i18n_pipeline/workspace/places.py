"""Opening a project's files: never through a link, never outside the project, only plain files."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from i18n_pipeline.errors import BadFile
from i18n_pipeline.model import digest_of
from i18n_pipeline.values import replace

if TYPE_CHECKING:
    from pathlib import Path

_MOUNT_POINT = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT: a junction is Windows' link to a folder
# O_NONBLOCK: opening a named pipe would wait for a writer; O_BINARY is Windows'
_READ = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)
_PART = 1024 * 1024
"""Bytes that are held of a file of which only a hash is wanted."""

Stamp: TypeAlias = tuple[int, ...]
"""Times of the content and of the file's record in nanoseconds, size in bytes, inode."""


def stamp_of(status: os.stat_result) -> Stamp:
    """What tells a file from itself touched."""
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def is_link(status: os.stat_result) -> bool:
    """Tell whether a file's own status is that of a symbolic link or a junction."""
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _MOUNT_POINT


def linked_part(root: Path, path: str) -> str | None:
    """Return the first part of a path in the project that is a link; None if there is none."""
    parts = path.split("/") if path else []
    for length in range(1, len(parts) + 1):
        part = "/".join(parts[:length])
        status = status_of(root, part)
        if status is None:
            return None
        if is_link(status):
            return part
    return None


def refuse_links(root: Path, folder: str) -> None:
    """Raise BadFile for a link in the place of a folder of the project, or anywhere in it."""
    status = status_of(root, folder)
    if status is not None and is_link(status):
        raise _linked_in_private(folder)
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(root / here) as found:
                entries = list(found)
        except OSError:  # not there; or whoever needs what is in it says so
            continue
        for each in entries:
            if _leads_elsewhere(each):
                raise _linked_in_private(f"{here}/{each.name}")
            if each.is_dir(follow_symlinks=False):
                waiting.append(f"{here}/{each.name}")


def _leads_elsewhere(entry: os.DirEntry[str]) -> bool:
    if os.name != "nt":
        return entry.is_symlink()
    return is_link(entry.stat(follow_symlinks=False))  # known from the listing: no call


def _linked_in_private(path: str) -> BadFile:
    message = f"{path} is a link, and links are not followed"
    return refused(path, "link", message, "remove it: what is kept there only saves money and time")


def status_of(root: Path, path: str) -> os.stat_result | None:
    """Return a file's own status, links not followed; None where there is nothing.

    Raises BadFile (`cannot-read`).
    """
    try:
        return os.lstat(f"{root}/{path}")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise unreadable(path, error) from error


def read_file(root: Path, path: str) -> bytes | None:
    """Return a file's bytes; None where there is none.

    Raises BadFile, its path set: `link`, `not-a-file` or `cannot-read`.
    """
    with _reading(root, path) as file:
        return None if file is None else file.read()


def hash_file(root: Path, path: str) -> str:
    """Return `digest()` of a file, "" where there is none; no more of it is held than a part.

    Raises as `read_file` does.
    """
    with _reading(root, path) as file:
        return "" if file is None else digest_of(parts_of(file))


def parts_of(file: BinaryIO) -> Iterator[bytes]:
    """Return what is left of an open file, a part at a time."""
    return iter(lambda: file.read(_PART), b"")


@contextmanager
def _reading(root: Path, path: str) -> Iterator[BinaryIO | None]:
    if linked := linked_part(root, path):
        raise refused(path, "link", f"{linked} is a link, and links are not followed")
    status = status_of(root, path)
    if status is None:
        yield None
        return
    if not stat.S_ISREG(status.st_mode):
        raise refused(path, "not-a-file", "is no plain file")
    try:
        with os.fdopen(os.open(f"{root}/{path}", _READ), "rb") as file:
            yield file
    except OSError as error:
        raise unreadable(path, error) from error


def refused(path: str, code: str, message: str, mend: str = "") -> BadFile:
    """Return the failure for a file that is not to be used, with its path."""
    failure = BadFile(code, message, mend=mend)
    failure.problem = replace(failure.problem, path=path)
    return failure


def unreadable(path: str, error: OSError) -> BadFile:
    """Return the failure for a file or folder that the system does not let us read."""
    return refused(path, "cannot-read", f"cannot be read: {error.strerror or error}")
