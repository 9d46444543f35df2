"""Writing: a set of files at a time, each old or new and never half, kept through a power cut."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from i18n_pipeline.durable import TEMPORARY, discard, make_folders, sync, sync_folder
from i18n_pipeline.errors import CannotWrite, TryLater
from i18n_pipeline.model import digest
from i18n_pipeline.pieces import Data, hash_of, pieces_of
from i18n_pipeline.values import dataclass
from i18n_pipeline.workspace import swapping
from i18n_pipeline.workspace.places import hash_file
from i18n_pipeline.workspace.walking import strays

if TYPE_CHECKING:
    from pathlib import Path

Step = Mapping[str, Data | None]
"""Files that are written together, by path; None deletes one."""

# Windows writes out only what it may write; a file that nobody may write is synced read-only
_TO_SYNC = os.O_RDWR if os.name == "nt" else os.O_RDONLY
_LONGEST_NAME = 200  # bytes; what file systems take, less what a temporary name adds


@dataclass(frozen=True, slots=True)
class Change:
    """A file that a step changes to `data`; None deletes it.

    `before` is the hash of the bytes that it has now, "" for no file.
    """

    path: str
    target: Path
    before: str
    data: Data | None

    @property
    def changes(self) -> bool:
        """Whether it has other bytes now."""
        if self.data is None or not self.before:
            return bool(self.before) or self.data is not None
        return self._has_another_size(len(self.data)) or self.before != hash_of(self.data)

    def _has_another_size(self, size: int) -> bool:
        """What another size tells need not be hashed: a file may have 80 MB."""
        try:
            return self.target.stat().st_size != size
        except OSError:
            return True

    def check(self, expected: str | None) -> None:
        """Raise TryLater where the bytes before have not the hash expected, "" for no file."""
        if expected is not None and expected != self.before:
            raise self.moved

    @property
    def moved(self) -> TryLater:
        """What ends a step whose file somebody else has changed."""
        return TryLater(
            f"{self.path} has changed while this run was at work",
            "nothing of it is lost: run the same command again",
        )

    @property
    def beside(self) -> Path:
        """Where the new bytes lie until the file is replaced."""
        name = self.target.name
        short = name if len(name.encode()) <= _LONGEST_NAME else digest(name)
        return self.target.with_name(f".{short}{TEMPORARY}")


def changes_of(root: Path, step: Step) -> tuple[Change, ...]:
    """Return what a step would change on disk, in order of path.

    Raises BadFile for a file that is in the way: a link, a folder, one that cannot be read.
    """
    changes = (
        Change(path, root / path, hash_file(root, path), step[path]) for path in sorted(step)
    )
    return tuple(change for change in changes if change.changes)


def remove_strays(root: Path, folders: Iterable[str]) -> None:
    """Delete the files of a killed run that lie beside their targets. Raises CannotWrite."""
    for folder in folders:
        for path in strays(root, folder):
            with _told(path):
                (root / path).unlink(missing_ok=True)


def apply(root: Path, changes: tuple[Change, ...]) -> None:
    """Make the changes of one step, all beside their targets first, then one rename each.

    Raises CannotWrite, and TryLater for a file that somebody saved meanwhile; every file is then
    old, new or theirs, nothing of ours is left beside them, and the failure says what of the step
    is `written` all the same.
    """
    written = [change for change in changes if change.data is not None]
    done: list[str] = []
    with _telling(done), ExitStack() as clearing:
        for change in written:
            with _told(change.path):
                make_folders(change.target.parent, root)
                _write_beside(change, clearing)
        for change in written:
            with _told(change.path):
                sync(change.beside, _TO_SYNC)
        for change in changes:
            with _told(change.path):
                _put_in_place(change)
                done.append(change.path)
        for folder in sorted({change.target.parent for change in changes}):
            with _unconfirmed(folder.relative_to(root).as_posix()):
                sync_folder(folder)


@contextmanager
def _telling(done: list[str]) -> Iterator[None]:
    """Failures say what was done before them."""
    try:
        yield
    except (CannotWrite, TryLater) as failure:
        failure.written = tuple(done)
        raise


@contextmanager
def _told(path: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotWrite(f"{path} cannot be written: {reason}", _hint(error)) from error


@contextmanager
def _unconfirmed(folder: str) -> Iterator[None]:
    """All is in its place; the system does not say that it is on disk."""
    try:
        yield
    except OSError as error:
        raise CannotWrite(
            f"{folder}: what was changed there cannot be synced: {error.strerror or error}",
            "it is in its place, but a power cut might undo it: run the same command again",
        ) from error


def _hint(error: OSError) -> str:
    if error.errno == errno.EEXIST and not str(error.filename).endswith(TEMPORARY):
        return "a file stands where a folder is needed; move it away"
    hints = {
        errno.ENOSPC: "make room on the disk and run the same command again",
        errno.EACCES: "is the folder yours to write in, and the file open elsewhere?",
        errno.EROFS: "the disk is mounted read-only",
        errno.EEXIST: "another run is writing, or was killed; the next run clears it away",
    }
    return hints.get(error.errno or 0, "")


def _write_beside(change: Change, clearing: ExitStack) -> None:
    if not os.path.lexists(change.beside):  # or it is another run's, and stays
        clearing.callback(discard, change.beside)  # before: opening it may be where we are stopped
    with change.beside.open("xb") as file:
        for piece in pieces_of(change.data or b""):
            file.write(piece)
    if change.before:
        change.beside.chmod(change.target.stat().st_mode & 0o777)


def _put_in_place(change: Change) -> None:
    """Raises TryLater where somebody has saved the file since it was looked at: theirs stays."""
    if change.data is not None:
        done = swapping.put(change.beside, change.target, change.before)
    else:
        done = swapping.take_away(change.target, change.beside, change.before)
    if not done:
        raise change.moved
