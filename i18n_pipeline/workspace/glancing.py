"""A glance: whether a file in some places was touched, told from what the system lists of them.

No file is opened, and no name is judged: that takes a third of the time of finding out which files
a project has, and says nothing but that all is as it was.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from i18n_pipeline.errors import BadFile
from i18n_pipeline.model import MAX_TERM_BYTES, digest
from i18n_pipeline.values import dataclass
from i18n_pipeline.workspace.places import Stamp, linked_part, stamp_of, status_of
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
    system's clock in which it was seen. Two of one `listing` saw files of the same names and kinds,
    whatever is in them. `youngest` is when the last change was, in nanoseconds; `seen` has the
    stamp of each file.
    """

    stamp: str
    listing: str
    youngest: int
    seen: Mapping[str, Stamp]


def glance(root: Path, places: Places) -> Glance | None:
    """Look at some places of the project; None where the system does not let us.

    Windows lists files without the time of their last change, and with no number of their own.
    """
    if os.name == "nt":
        return None
    listed: list[str] = []
    seen: dict[str, Stamp] = {}
    try:
        for path, status in _met(root, places):
            if status is None:
                listed.append(path)
                continue
            listed.append(f"{path}\0{_kind(root, path, status)}")
            if not stat.S_ISDIR(status.st_mode):  # a folder's times are those of temporary files
                seen[path] = stamp_of(status)
    except (OSError, BadFile):
        return None
    listing = digest("\0".join(listed).encode("utf-8", "surrogateescape"))
    youngest = max((max(each[:2]) for each in seen.values()), default=0)
    return Glance(digest(f"{listing} {list(seen.values())}"), listing, youngest, seen)


def _kind(root: Path, path: str, status: os.stat_result) -> str:
    """What it is, whether it is small enough for a term, and who may read it."""
    mode = status.st_mode
    if stat.S_ISDIR(mode):
        return f"{mode}"
    mine = "" if mode & FOR_ALL == FOR_ALL else os.access(f"{root}/{path}", os.R_OK)
    return f"{mode} {status.st_size > MAX_TERM_BYTES} {mine}"


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
