"""Runs of the command line that end in the middle, as if the power had gone.

One process loads the package and forks a child for every order on its standard input. Where the
child ends is armed in it (fault_points.py), or it is killed from outside.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import NoReturn

from tests.stubs.fault_points import KILLED, Arm, arm
from tests.stubs.services import limits_of
from tests.stubs.site import Ran, Site

__all__ = ["KILLED", "Arm", "Killer"]


@dataclass(frozen=True, slots=True)
class _Order:
    """A command to run, and where it ends; what it says goes into files beside `said`.

    `texts` are the most in a request of any provider, 0 for as many as it takes.
    """

    arguments: list[str]
    environment: dict[str, str]
    said: str
    texts: int
    point: str
    at: int
    signal: int


class Killer:
    """Starts the process, and gives it orders. `path` are folders with packages of its own."""

    def __init__(self, *path: Path) -> None:
        self._path = path
        self._child = 0

    def __enter__(self) -> Killer:
        environment = Site(_HERE).surroundings()
        folders = [*map(str, self._path), environment["PYTHONPATH"]]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.stubs.killed"],
            env={**environment, "PYTHONPATH": os.pathsep.join(folders)},
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
        if self._child:
            self.kill()
        self._process.communicate(timeout=10)

    def run(
        self, site: Site, arguments: Sequence[str], where: Arm | None = None, texts: int = 0
    ) -> Ran:
        """Run a command, and end it there; its exit code is KILLED where it was killed."""
        self.start(site, arguments, where, texts)
        return self.wait()

    def start(
        self, site: Site, arguments: Sequence[str], where: Arm | None = None, texts: int = 0
    ) -> None:
        """Run a command, and go on meanwhile. `texts` are the most in a request, 0 for no limit."""
        assert self._process.stdin is not None
        self._said = site.root.with_name(f"{site.root.name}.out")
        words = ["-C", str(site.root), *arguments]
        where = where or Arm(at=0)
        order = _Order(words, site.environment, str(self._said), texts, **asdict(where))
        self._process.stdin.write(json.dumps(asdict(order)) + "\n")
        self._process.stdin.flush()
        self._child = self._number()

    def kill(self, number: signal.Signals = signal.SIGKILL) -> Ran:
        """Kill the run that was started, from outside, or send it another signal."""
        os.kill(self._child, number)
        return self.wait()

    @property
    def child(self) -> int:
        """The number of the process that runs what was started."""
        return self._child

    @property
    def times(self) -> int:
        """How often the run that ended last came to its point."""
        return int(self._said.with_suffix(".times").read_text())

    def wait(self) -> Ran:
        """Wait for the run that was started to end."""
        code = self._number()
        self._child = 0
        out, err = (
            path.read_text("utf-8", "replace")
            for path in (self._said, self._said.with_suffix(".err"))
        )
        return Ran(KILLED if code == -signal.SIGKILL else code, out, err)

    def _number(self) -> int:
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())


def _child(order: _Order) -> NoReturn:
    """Do what an order says; nothing comes back from here, or there would be two of us."""
    code = 1
    try:
        code = _run(order)
    except BaseException:  # noqa: BLE001 - a bug, or a signal that came when all was done
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _run(order: _Order) -> int:
    from i18n_pipeline.cli import main as run

    os.environ.update(order.environment)
    said = Path(order.said)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for stream, path in ((1, said), (2, said.with_suffix(".err"))):
        os.dup2(os.open(path, _ANEW), stream)
    # Where the tests run in a shell's background, Ctrl-C is ignored, and that was handed on.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for owner, name, value in limits_of(order.texts) if order.texts else ():
        setattr(owner, name, value)
    fuse = arm(Arm(order.point, order.at, order.signal))
    try:
        run(order.arguments)
    except SystemExit as ended:
        return int(ended.code or 0)
    finally:
        # Not by `open`, which may be armed.
        os.write(os.open(said.with_suffix(".times"), _ANEW), str(fuse.times).encode())
    return 0


def main() -> None:
    """Take orders until there are none."""
    _load()
    for line in sys.stdin:
        order = _Order(**json.loads(line))
        child = os.fork()
        if child == 0:
            _child(order)
        print(child, flush=True)  # noqa: T201
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


def _load() -> None:
    """Import what a run imports when it gets there: once, not in every child."""
    for name in _NEEDED:
        import_module(name)


_HERE = Path(__file__).parent
_NEEDED = (
    "_strptime",
    "babel.dates",
    "deepl",
    "filelock",
    "httpcore2",
    "i18n_pipeline.api",
    "i18n_pipeline.cli.exits",
    "i18n_pipeline.cli.running",
    "i18n_pipeline.providers.deepl.provider",
    "i18n_pipeline.providers.openai.provider",
    "i18n_pipeline.reports.as_json",
    "i18n_pipeline.reports.as_text",
    "jiter",
    "openai.lib._chat_completion_resources",
    "openai.resources.chat.completions.completions",
    "pyromark",
    "tomllib",
    "yaml",
)
_ANEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC

if __name__ == "__main__":
    main()
