"""A terminal of some width that a command is run on: what somebody who sits there sees."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping

from tests.stubs.site import Site


def at_terminal(
    site: Site, *arguments: str, width: int = 80, environment: Mapping[str, str] | None = None
) -> list[str]:
    """The lines that a command prints on a terminal; what it says beside them is not shown."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    alone = {"CI": "", "COLUMNS": "", "LC_ALL": "", "LC_NUMERIC": "", "TERM": "xterm"}
    process = subprocess.Popen(
        [sys.executable, "-m", "i18n_pipeline", *arguments],
        cwd=site.root,
        env=site.surroundings({**alone, **(environment or {})}),
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    said = _everything(ours)
    process.wait(60)
    return said.decode().replace("\r\n", "\n").splitlines()


def _everything(ours: int) -> bytes:
    parts = []
    try:
        while part := os.read(ours, 4096):
            parts.append(part)
    except OSError:  # the other end was closed: how Linux tells the end
        pass
    finally:
        os.close(ours)
    return b"".join(parts)
