"""Putting a file in the place of another so that what somebody saved there meanwhile is not lost.

Between looking at a file and renaming another over it somebody may save it in their editor. Where
the system can exchange two names in one step, the file that goes is looked at once it is out of
anybody's way, and put back where it is not the one that was read. Elsewhere (Windows, some network
file systems) it is looked at right before.

Linux: renameat2(2), RENAME_NOREPLACE and RENAME_EXCHANGE. macOS: renamex_np(2), RENAME_EXCL and
RENAME_SWAP.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from i18n_pipeline.model import digest_of
from i18n_pipeline.workspace.places import parts_of

_HERE = -100  # AT_FDCWD: paths are the process's own
_CANNOT = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM})
"""What a system or a file system says that cannot do it."""

Renaming = Callable[[bytes, bytes, bool], int]


def put(new: Path, target: Path, before: str) -> bool:
    """Put a file where one with the hash `before` is, "" for none; False where that has changed.

    Then the target is as somebody left it, and `new` is where it was. Raises OSError.
    """
    try:
        if not exchange(new, target, anew=not before):
            return _replaced(new, target, before)
    except (FileExistsError, FileNotFoundError):
        return False
    if not before:
        return True
    with _back_unless_seen(lambda: exchange(new, target, anew=False)):
        same = hash_of(new) == before
    if same:
        new.unlink()
    else:
        exchange(new, target, anew=False)
    return same


def take_away(target: Path, aside: Path, before: str) -> bool:
    """Remove a file with the hash `before`; False where it is there, and has others by now."""
    target.replace(aside)
    with _back_unless_seen(lambda: aside.replace(target)):
        same = hash_of(aside) == before
        if same:
            aside.unlink()
    if not same:
        aside.replace(target)
    return same


@contextmanager
def _back_unless_seen(back: Callable[[], object]) -> Iterator[None]:
    """What went cannot be looked at, so nobody knows whose it is: it goes back."""
    try:
        yield
    except OSError:
        back()
        raise


def exchange(one: Path, other: Path, *, anew: bool) -> bool:
    """Exchange two files in one step; `anew` rename the one, and only where there is no other.

    False where the system cannot. Raises OSError, FileExistsError among others.
    """
    renaming = _renaming()
    if renaming is None:
        return False
    failure = renaming(os.fsencode(one), os.fsencode(other), anew)
    if failure in _CANNOT:
        return False
    if failure:
        raise OSError(failure, os.strerror(failure), str(other))
    return True


def hash_of(path: Path) -> str:
    """`digest()` of a file that is ours to look at. Raises OSError."""
    with path.open("rb") as file:
        return digest_of(parts_of(file))


def _replaced(new: Path, target: Path, before: str) -> bool:
    found = hash_of(target) if target.exists() else ""
    if found != before:
        return False
    new.replace(target)
    return True


@lru_cache(maxsize=1)
def _renaming() -> Renaming | None:
    """The system's own call, which gives back the number of an error, 0 for none."""
    import ctypes  # a run that writes nothing does without

    if sys.platform == "win32":
        return None
    library = ctypes.CDLL(None, use_errno=True)
    name = "renamex_np" if sys.platform == "darwin" else "renameat2"
    call = getattr(library, name, None)
    if call is None:
        return None

    def renaming(one: bytes, other: bytes, anew: bool) -> int:
        if sys.platform == "darwin":
            failed = call(one, other, 4 if anew else 2)
        else:
            failed = call(_HERE, one, _HERE, other, 1 if anew else 2)
        return ctypes.get_errno() if failed else 0

    return renaming
