"""The scan cache: hashes of files, so that what has not been touched is not read again.

A file is known by its times, size and inode. One as young as the scan that hashed it is not
remembered: it could change once more within the same tick of the file system's clock.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from i18n_pipeline.durable import TEMPORARY, discard
from i18n_pipeline.errors import BadFile
from i18n_pipeline.sealed import opened, sealed
from i18n_pipeline.values import dataclass, field
from i18n_pipeline.workspace.places import Stamp, hash_file, read_file, stamp_of, status_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_SCHEMA = "i18n-scan/2"
_STAMP_PARTS = 4

Known = Mapping[str, tuple[Stamp, str]]
"""What is remembered by path: the stamp and the hash of the content it had then."""


@dataclass(frozen=True)
class ScanCache:
    """Hashes of the project's files, remembered in `file` where its folder exists.

    A cache that is damaged or cannot be written is done without, and nothing is said about it.
    """

    root: Path
    file: Path

    def hashes(self, paths: Iterable[str], seen: Mapping[str, Stamp]) -> Mapping[str, str]:
        """Return the hash of every file that exists, reading only what may have changed.

        `seen` are stamps of files that were just looked up. Raises BadFile for a link and for what
        cannot be read.
        """
        temporary, started = _begin(self.file)
        try:
            scan = _Scan(self.root, self._remembered, started)
            found = {path: found for path in paths if (found := scan.hash_of(path, seen.get(path)))}
            self._remembered.update(scan.fresh)
            if temporary and scan.fresh:
                _save(temporary, self.file, self._remembered)
            return found
        finally:
            if temporary:
                discard(temporary)

    def let_go(self) -> None:
        """Hold no more what is known of files; who asks again has it read again."""
        vars(self).pop("_remembered", None)

    @cached_property
    def _remembered(self) -> dict[str, tuple[Stamp, str]]:
        try:
            path = self.file.relative_to(self.root).as_posix()
            rows = json.loads(opened(_SCHEMA, read_file(self.root, path)) or b"{}")
        except (BadFile, ValueError, RecursionError):
            return {}
        entries = rows.items() if isinstance(rows, dict) else ()
        return {path: (tuple(row[:-1]), row[-1]) for path, row in entries if _is_row(row)}


@dataclass
class _Scan:
    root: Path
    known: Known
    started: int
    fresh: dict[str, tuple[Stamp, str]] = field(default_factory=dict)

    def hash_of(self, path: str, seen: Stamp | None) -> str:
        """The hash of a file's bytes, "" where there is no file."""
        remembered = self.known.get(path)
        if seen is not None and remembered is not None and remembered[0] == seen:
            return remembered[1]
        status = status_of(self.root, path)
        if status is None:
            return ""
        stamp = stamp_of(status)
        if remembered is not None and remembered[0] == stamp:
            return remembered[1]
        found = hash_file(self.root, path)
        if found and max(stamp[:2]) < self.started:
            self.fresh[path] = (stamp, found)
        return found


def _is_row(row: object) -> bool:
    if not isinstance(row, list) or len(row) != _STAMP_PARTS + 1:
        return False
    return all(isinstance(part, int) for part in row[:-1]) and isinstance(row[-1], str)


def _begin(cache: Path) -> tuple[Path | None, int]:
    """Make the file that may replace the cache: its time is the file system's own now."""
    try:
        handle, name = tempfile.mkstemp(TEMPORARY, ".scan-", cache.parent)
    except OSError:
        return None, 0
    try:
        return Path(name), os.fstat(handle).st_mtime_ns
    finally:
        os.close(handle)


def clock(folder: Path) -> int:
    """The file system's time now in nanoseconds; 0 where no file can be made in the folder."""
    temporary, now = _begin(folder / "scan.json")
    if temporary:
        discard(temporary)
    return now


def _save(temporary: Path, cache: Path, known: Known) -> None:
    rows = {path: [*stamp, found] for path, (stamp, found) in sorted(known.items())}
    text = json.dumps(rows, separators=(",", ":"))
    try:
        temporary.write_bytes(sealed(_SCHEMA, text.encode("ascii")))
        temporary.replace(cache)
    except OSError:
        return
