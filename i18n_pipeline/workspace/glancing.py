"""A glance: whether a file in some places was touched, told from what the system lists of them.

No file is opened, and no name is judged: that takes a third of the time of finding out which files
a project has, and says nothing but that all is as it was.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from i18n_pipeline.errors import BadFile
from i18n_pipeline.model import digest
from i18n_pipeline.values import dataclass
from i18n_pipeline.workspace.places import linked_part, status_of
from i18n_pipeline.workspace.walking import FOR_ALL, passed_over


@dataclass(frozen=True)
class Places:
    """What to look at: folders, each with the names that are passed over in it, and paths."""

    folders: frozenset[tuple[str, tuple[str, ...]]]
    paths: frozenset[str]


@dataclass(frozen=True)
class Glance:
    """What the system says of the files in some places.

    Two glances of one `stamp` saw the same files, unless one was changed in the tick of the file
    system's clock in which it was seen. `youngest` is when the last change was, in nanoseconds.
    """

    stamp: str
    youngest: int


def glance(root: Path, places: Places) -> Glance | None:
    """Look at some places of the project; None where the system does not let us.

    Windows lists files without the time of their last change, and with no number of their own.
    """
    if os.name == "nt":
        return None
    told: list[str] = []
    youngest = 0
    try:
        for path, status in _met(root, places):
            if status is None:
                told.append(f"{path}\0")
                continue
            youngest = max(youngest, status.st_mtime_ns, status.st_ctime_ns)
            told.append(f"{path}\0{_said(root, path, status)}")
    except (OSError, BadFile):
        return None
    return Glance(digest("\0".join(told).encode("utf-8", "surrogateescape")), youngest)


def _said(root: Path, path: str, status: os.stat_result) -> str:
    """What tells a file from itself touched, and who may read it."""
    mode = status.st_mode
    if stat.S_ISDIR(mode):  # its times are those of temporary files in it
        return f"{mode}"
    mine = "" if mode & FOR_ALL == FOR_ALL else os.access(f"{root}/{path}", os.R_OK)
    times = f"{status.st_mtime_ns} {status.st_ctime_ns}"
    return f"{mode} {times} {status.st_size} {status.st_ino} {mine}"


def _met(root: Path, places: Places) -> Iterator[tuple[str, os.stat_result | None]]:
    """All that lies in the places, and the folders on the way to them, with its own status."""
    for path in sorted(places.paths.union(folder for folder, _ in places.folders)):
        parts = path.split("/") if path else []
        for length in range(1, len(parts) + 1):
            part = "/".join(parts[:length])
            yield part, status_of(root, part)
    for folder, exclude in sorted(places.folders):
        if linked_part(root, folder) is None:
            yield from _below(root, folder, exclude)


def _below(
    root: Path, folder: str, exclude: tuple[str, ...]
) -> Iterator[tuple[str, os.stat_result]]:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(root / here) as found:
                entries = sorted((each.name, each) for each in found)
        except FileNotFoundError:
            continue
        for name, each in entries:
            path = f"{here}/{name}" if here else name
            status = each.stat(follow_symlinks=False)
            if stat.S_ISDIR(status.st_mode):
                if not passed_over(name, exclude):
                    waiting.append(path)
                    yield path, status
            else:
                yield path, status
