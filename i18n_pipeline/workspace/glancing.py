"""A glance: whether a file in some places was touched, told from what the system lists of them.

No file is opened, and no name is judged: that takes a third of the time of finding out which files
a project has, and says nothing but that all is as it was.
"""

from __future__ import annotations

import marshal
import os
import stat
from collections.abc import Mapping
from operator import attrgetter
from pathlib import Path

from i18n_pipeline.errors import BadFile
from i18n_pipeline.model import MAX_TERM_BYTES, digest
from i18n_pipeline.values import dataclass
from i18n_pipeline.workspace.places import Stamp, linked_part, stamp_of, status_of
from i18n_pipeline.workspace.walking import FOR_ALL, passed_over

_PLAINEST = stat.S_IFREG | 0o644
"""The mode of a file that everybody may read: `take` would say nothing else of it."""
_NAME = attrgetter("name")
_PLAIN = 2
"""The form of `marshal` in which equal values are equal bytes. They are hashed, and never read."""


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
    seen = _Seen(root)
    try:
        for path in sorted(places.paths.union(folder for folder, _ in places.folders)):
            parts = path.split("/") if path else []
            for length in range(1, len(parts) + 1):
                part = "/".join(parts[:length])
                seen.take(part, status_of(root, part))
        for folder, exclude in sorted(places.folders):
            if linked_part(root, folder) is None:
                seen.take_all(folder, exclude)
    except (OSError, BadFile):
        return None
    return seen.glance()


class _Seen:
    """What the system says, collected; made for many files, of which most are alike."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._listed: list[tuple[str, int, bool, bool]] = []
        self._stamps: dict[str, Stamp] = {}

    def take(self, path: str, status: os.stat_result | None) -> None:
        """A file or folder with its own status; None where there is none."""
        if status is None:
            self._listed.append((path, 0, False, False))
            return
        mode = status.st_mode
        if stat.S_ISDIR(mode):  # its times are those of temporary files in it
            self._listed.append((path, mode, False, False))
            return
        if stat.S_ISLNK(mode):  # what it leads to is not ours, but that it hides a folder is told
            leads = Path(f"{self._root}/{path}").is_dir()
            self._listed.append((path, mode, leads, False))
            self._stamps[path] = stamp_of(status)
            return
        refused = mode & FOR_ALL != FOR_ALL and not os.access(f"{self._root}/{path}", os.R_OK)
        self._listed.append((path, mode, status.st_size > MAX_TERM_BYTES, refused))
        self._stamps[path] = stamp_of(status)

    def take_all(self, folder: str, exclude: tuple[str, ...]) -> None:
        """All that lies in a folder and in those in it. Raises OSError."""
        waiting = [folder]
        while waiting:
            here = waiting.pop()
            try:
                with os.scandir(self._root / here) as found:
                    entries = sorted(found, key=_NAME)
            except FileNotFoundError:
                continue
            before = f"{here}/" if here else ""
            for each in entries:
                status = each.stat(follow_symlinks=False)
                mode = status.st_mode
                if mode == _PLAINEST and status.st_size <= MAX_TERM_BYTES:  # most are
                    path = before + each.name
                    self._listed.append((path, mode, False, False))
                    self._stamps[path] = stamp_of(status)
                    continue
                if stat.S_ISDIR(mode):
                    if passed_over(each.name, exclude):
                        continue
                    waiting.append(before + each.name)
                self.take(before + each.name, status)

    def glance(self) -> Glance:
        """What was seen."""
        stamps = self._stamps.values()
        listing = digest(marshal.dumps(self._listed, _PLAIN))
        stamp = digest(listing.encode() + marshal.dumps(list(stamps), _PLAIN))
        youngest = max((max(times[:2]) for times in stamps), default=0)
        return Glance(stamp, listing, youngest, self._stamps)
