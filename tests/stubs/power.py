"""What a power cut could take: bytes and names that were given to the system, and not synced.

A file's bytes are on disk once the file was synced after them, its name once its folder was
(fsync(2)). Whatever was not may be there or not when the machine is up again, in any mixture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from i18n_pipeline.durable import TEMPORARY
from tests.stubs.failing import FOLDER, MOVE, OPEN, REMOVE, SYNC, WRITE, Call

_FILLS = frozenset({OPEN, WRITE})
_NAMES = frozenset({MOVE, REMOVE, FOLDER})


def could_be_lost(calls: Sequence[Call]) -> list[str]:
    """What a power cut during these calls, or after them, could leave that is neither old nor new.

    Names that were given to bytes which were not on disk; steps that were begun (a first file
    written beside its target) while names of the one before were not; and what is not on disk now.
    """
    disk = _Disk()
    found = [mistake for call in calls for mistake in disk.take(call)]
    return [*found, *(f"{path.name} in the end" for path in sorted(disk.files | disk.folders))]


@dataclass
class _Disk:
    """Files whose bytes, and folders whose names, are not on disk yet."""

    files: set[Path] = field(default_factory=set)
    folders: set[Path] = field(default_factory=set)

    def take(self, call: Call) -> Iterator[str]:
        """What is wrong with one call; then it is made."""
        path, beside = call.path, call.path.name.endswith(TEMPORARY)
        if call.kind in _FILLS:
            if call.kind == OPEN and beside and self.folders and not self.files:
                yield f"{path.name} before the names of the step before"
            self.files.add(path)
        elif call.kind == SYNC:
            self.files.discard(path)
            self.folders.discard(path)
        elif call.kind in _NAMES:
            if call.kind == MOVE and any(
                one.name.startswith(f".{path.name}.") for one in self.files
            ):
                yield f"{path.name} before its bytes"
            self.files.discard(path)
            # A temporary name that comes back is cleared away by the next run.
            self.folders |= set() if call.kind == REMOVE and beside else {path.parent}
