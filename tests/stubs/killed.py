"""Runs of the command line that end in the middle, as if the power had gone.

One process loads the package and forks a child for every order on its standard input; the child
is gone at the n-th call that changes a file or sends a request: before it, or right after it.
"""

from __future__ import annotations

import builtins
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from tests.stubs.site import Site

KILLED = 137
T = TypeVar("T")


class Killer:
    """Starts the process, and gives it orders."""

    def __enter__(self) -> Killer:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.stubs.killed"],
            env=Site(_HERE).surroundings(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate(timeout=10)

    def run(self, site: Site, arguments: Sequence[str], at: int) -> int:
        """Run a command and kill it at one of its calls (from 1); KILLED, or its exit code."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        words = ["-C", str(site.root), *arguments]
        order = {"arguments": words, "environment": site.environment, "at": at}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@dataclass
class _Clock:
    """Counts calls down, and ends the process."""

    left: int

    def tick(self) -> None:
        self.left -= 1
        if self.left == 0:
            os._exit(KILLED)

    def counted(
        self, call: Callable[..., T], *, when: Callable[..., bool] | None = None
    ) -> Callable[..., T]:
        """A call that may be the last thing that happens, or the last that did."""

        def counting(*arguments: object, **more: object) -> T:
            if when is not None and not when(*arguments, **more):
                return call(*arguments, **more)
            self.tick()
            result = call(*arguments, **more)
            self.tick()
            return result

        return counting


def _writes(_path: object, mode: object = "r", *_: object, **__: object) -> bool:
    return isinstance(mode, str) and bool(set(mode) & set("wxa+"))


def _arm(at: int) -> None:
    import requests

    clock = _Clock(at)
    for name in ("replace", "rename", "unlink", "remove", "mkdir", "fsync"):
        setattr(os, name, clock.counted(getattr(os, name)))
    opened = clock.counted(io.open, when=_writes)
    setattr(io, "open", opened)  # noqa: B010 - its overloads are not ours to repeat
    setattr(builtins, "open", opened)  # noqa: B010
    requests.Session.send = clock.counted(requests.Session.send)  # type: ignore[method-assign]


def _child(arguments: list[str], environment: dict[str, str], at: int) -> None:
    from i18n_pipeline.cli import main as run

    os.environ.update(environment)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    _arm(at)
    try:
        run(arguments)
    except SystemExit as ended:
        os._exit(int(ended.code or 0))


def main() -> None:
    """Take orders until there are none."""
    _load()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _child(order["arguments"], order["environment"], order["at"])
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


def _load() -> None:
    """Import what a run imports when it gets there: once, not in every child."""
    import deepl  # noqa: F401
    import filelock  # noqa: F401
    import yaml  # noqa: F401

    from i18n_pipeline import api  # noqa: F401
    from i18n_pipeline.providers.deepl import provider  # noqa: F401


_HERE = Path(__file__).parent

if __name__ == "__main__":
    main()
