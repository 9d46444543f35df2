"""The run lock: what keeps two runs apart. The kernel holds it, so a dead run's is free at once."""

from __future__ import annotations

import os
import platform
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from i18n_pipeline.errors import CannotWrite, RunLocked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from filelock import BaseFileLock

_ASKED_AGAIN = 25


@contextmanager
def run_lock(folder: Path, timeout: float) -> Iterator[None]:
    """Hold the run lock in a folder that exists, waiting up to `timeout` seconds for it.

    Raises RunLocked naming the holder, and CannotWrite where no lock can be made.
    """
    from filelock import FileLock

    lock = FileLock(folder / "run.lock")
    # who holds it stands in a file of its own: Windows lets nobody read a locked file, and some
    # releases of filelock empty the file when they only ask for the lock
    holder = folder / "run.holder"
    try:
        if who := _taken(lock, timeout, holder):
            raise RunLocked(
                f"another run is at work here{who}",
                "wait for it to end, or let this one wait longer: --lock-timeout SECONDS",
            )
    except OSError as error:
        raise CannotWrite(
            f"{folder.name}/run.lock cannot be locked: {error.strerror or error}",
            "is the disk full or read-only, and the folder yours to write in?",
        ) from error
    try:
        with suppress(OSError):
            holder.unlink(missing_ok=True)  # it may be a link to what is none of ours
            with holder.open("x", encoding="utf-8") as file:
                file.write(f"process {os.getpid()} on {platform.node()}")
        yield
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def _taken(lock: BaseFileLock, timeout: float, holder: Path) -> str:
    """Take the lock; where another run has it, and keeps it so long, who that is. Raises OSError.

    One that has it and says nothing of itself has just begun, or has just ended: asked again.
    """
    from filelock import Timeout

    who = ""
    for wait in (max(timeout, 0), *[0.02] * _ASKED_AGAIN):
        try:
            lock.acquire(timeout=wait)
        except Timeout:
            who = _who(holder)
        else:
            return ""
        if who:
            return who
    return ", and has not said which"


def _who(holder: Path) -> str:
    try:
        text = holder.read_text("utf-8", "replace")[:200]
    except OSError:
        return ""
    return f": {text}" if text.isprintable() and text else ""
