"""Runs one command and notes what it cost; started with `-I -S`, so that it stays small itself.

`python -I -S launch.py NOTE LOG COMMAND …` writes JSON to NOTE and the command's messages to LOG.
The peak is that of the command's largest process (`ru_maxrss` of the children waited for, which a
parent of its size, about 9 MB, cannot fall below). Not for Windows.
"""

import json
import os
import resource
import sys
import time


def _peak(maxrss: int) -> int:
    """Bytes of `ru_maxrss`: Linux counts kilobytes, macOS bytes (getrusage(2))."""
    return maxrss if sys.platform == "darwin" else maxrss * 1024


def _spawn(log: str, command: list[str]) -> int:
    """Run a command, quiet on the terminal, and return its exit code."""
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
    ]
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main() -> None:
    """Run what the arguments say."""
    note, log, *command = sys.argv[1:]
    started = time.perf_counter()
    code = _spawn(log, command)
    seconds = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = {
        "exit": code,
        "seconds": seconds,
        "cpu": used.ru_utime + used.ru_stime,
        "peak": _peak(used.ru_maxrss),
    }
    with open(note, "w", encoding="ascii") as file:  # noqa: PTH123 - pathlib would make us larger
        json.dump(cost, file)


main()
