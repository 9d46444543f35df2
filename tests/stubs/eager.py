"""The command line with workers for the smallest piece of work, and what may happen to them.

`python -m tests.stubs.eager WHAT COMMAND…`, where WHAT names one of `_HAPPENS`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from i18n_pipeline.cli import main
from i18n_pipeline.errors import BadFile
from i18n_pipeline.pipeline import building, verdicts
from i18n_pipeline.pipeline.workers import Piece, cluster, processes, threads

_MAIN = os.getpid()
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate", "shutil.", "socket.")


def in_worker() -> bool:
    """Whether this is a process that the user did not start."""
    return os.getpid() != _MAIN


def _before_each_batch(happens: Callable[[], None]) -> None:
    done = processes._done

    def _done(number: int) -> bytes:
        happens()
        return done(number)

    _done.__module__, _done.__qualname__ = processes.__name__, "_done"
    processes._done = _done


def _nothing() -> None:
    """All goes well."""


def _one_dies() -> None:
    """The first worker that has something to do is killed, as by a kernel that lacks memory."""
    marker = Path(os.environ["MARKER"])

    def happens() -> None:
        try:
            os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return
        os.kill(os.getpid(), signal.SIGKILL)

    _before_each_batch(happens)


def _all_die() -> None:
    """Whoever has something to do is killed."""
    _before_each_batch(lambda: os.kill(os.getpid(), signal.SIGKILL))


def _slow() -> None:
    """Every batch takes its time."""
    _before_each_batch(lambda: time.sleep(0.5))


def _fails() -> None:
    """Judging raises what no piece of work may raise."""

    def judge(*_given: object) -> object:
        raise BadFile("made-up", "it cannot be judged", mend="judge it", line=3, column=7)

    verdicts._judged = judge  # type: ignore[assignment]  # it never comes back


def _watched() -> None:
    """What a worker does to the world is said on standard error, and how many work as well."""

    def hear(event: str, given: tuple[object, ...]) -> None:
        if not in_worker():
            return
        writes = event == "open" and isinstance(given[2], int) and given[2] & _WRITING
        changes = event.startswith(_CHANGES) or event == "subprocess.Popen"
        if (writes and given[0] != os.devnull) or changes:
            os.write(2, f"WORKER DID {event} {given[:1]!r}\n".encode())

    sys.addaudithook(hear)
    _before_each_batch(_say_who)


def _say_who() -> None:
    os.write(2, f"WORKER {os.getpid()}\n".encode())


def _asks_for_the_lock() -> None:
    """After each round of workers another run is tried; its exit code is said."""
    each = processes.Processes._round

    def _round(*given: object) -> None:
        each(*given)  # type: ignore[arg-type]  # handed on as they came
        command = [sys.executable, "-m", "i18n_pipeline", "sync", "-q"]
        code = subprocess.run(command, check=False, capture_output=True).returncode
        os.write(2, f"ANOTHER RUN {code}\n".encode())

    processes.Processes._round = _round  # type: ignore[assignment,method-assign]  # as above


def _cluster_dies() -> None:
    """All processes of a cluster are killed once it has done something."""
    _impatient()
    answer = cluster._answer
    pids = [int(pid) for pid in os.environ["CLUSTER"].split()]

    def _answer(*given: object) -> bytes:
        try:
            return answer(*given)
        finally:
            while pids:
                os.killpg(pids.pop(), signal.SIGKILL)

    cluster._answer = _answer  # type: ignore[assignment]  # as above


def _impatient() -> None:
    """Nobody waits long for a cluster."""
    cluster._PATIENCE = 2.0


_HAPPENS = {
    "cluster-dies": _cluster_dies,
    "impatient": _impatient,
    "nothing": _nothing,
    "one-dies": _one_dies,
    "all-die": _all_die,
    "slow": _slow,
    "fails": _fails,
    "watched": _watched,
    "another-run": _asks_for_the_lock,
}


def _eagerly() -> None:
    """Nothing is too small for workers, and a batch holds few items."""
    processes._WORTH_A_FORK = processes._WORTH_A_START = 0.0
    cluster._WORTH_SENDING = threads._BATCH = 0.0
    processes._BATCH = cluster._BATCH = 0.0003
    building.MAKING = Piece(building.MAKING.function, 0.0003)


if __name__ == "__main__":
    _eagerly()
    _HAPPENS[sys.argv.pop(1)]()
    main()
