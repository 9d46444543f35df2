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


@contextmanager
def run_lock(folder: Path, timeout: float) -> Iterator[None]:
    """Hold the run lock in a folder that exists, waiting up to `timeout` seconds for it.

    Raises RunLocked naming the holder, and CannotWrite where no lock can be made.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / "run.lock")
    # who holds it stands in a file of its own: Windows lets nobody read a locked file, and some
    # releases of filelock empty the file when they only ask for the lock
    holder = folder / "run.holder"
    try:
        lock.acquire(timeout=max(timeout, 0))
    except Timeout:
        raise RunLocked(
            f"another run is at work here{_who(holder)}",
            "wait for it to end, or let this one wait longer: --lock-timeout SECONDS",
        ) from None
    except OSError as error:
        raise CannotWrite(
            f"{folder.name}/run.lock cannot be locked: {error.strerror or error}",
            "is the disk full or read-only, and the folder yours to write in?",
        ) from error
    try:
        with suppress(OSError):
            holder.write_text(f"process {os.getpid()} on {platform.node()}", "utf-8")
        yield
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def _who(holder: Path) -> str:
    try:
        text = holder.read_text("utf-8", "replace")[:200]
    except OSError:
        return ""
    return f": {text}" if text.isprintable() and text else ""
