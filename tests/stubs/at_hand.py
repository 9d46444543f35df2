"""The command line for scripts that call it by its name: loaded once, forked for every call.

with AtHand() as hand:
    hand.put(folder / "i18n")  # a program that scripts find in this folder
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import traceback
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import NoReturn

from tests.stubs.site import Site

_PROGRAM = """\
#!{python} -IS
import json, os, socket, sys
words = sys.argv[1:]
if words[:2] == ["-m", "i18n_pipeline"]:
    del words[:2]
there = socket.socket(socket.AF_UNIX)
there.connect({address!r})
socket.send_fds(there, [b"x"], [0, 1, 2])
there.sendall(json.dumps([words, os.getcwd(), dict(os.environ)]).encode())
there.shutdown(socket.SHUT_WR)
sys.exit(int(there.makefile().read()))
"""


class AtHand:
    """The process that has loaded the package; `put` makes a program that has it do the work."""

    def __enter__(self) -> AtHand:
        self._folder = TemporaryDirectory(prefix="i18n-")  # short: a socket's path has to be
        self._address = f"{self._folder.name}/s"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.stubs.at_hand", self._address],
            env=Site(Path(self._folder.name)).surroundings(),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.communicate(timeout=10)
        self._folder.cleanup()

    def put(self, file: Path) -> None:
        """Make a program: our command line, or an interpreter that knows `-m i18n_pipeline`."""
        file.write_text(_PROGRAM.format(python=sys.executable, address=self._address))
        file.chmod(0o755)


def _answer(there: socket.socket) -> NoReturn:
    """Do what a program was called for, as if it did so itself; nothing comes back from here."""
    code = 1
    try:
        _, streams, _, _ = socket.recv_fds(there, 1, 3)
        words, folder, environment = json.loads(there.makefile().read())
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        code = _run(words)
    except BaseException:  # noqa: BLE001 - a bug: two of us must not go on
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    there.sendall(str(code).encode())
    os._exit(0)


def _run(words: list[str]) -> int:
    from i18n_pipeline.cli import main as run

    try:
        run(words)
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def main() -> None:
    """Answer every program until told to stop."""
    for name in _NEEDED:
        import_module(name)
    with socket.socket(socket.AF_UNIX) as here:
        here.bind(sys.argv[1])
        here.listen()
        print("ready", flush=True)  # noqa: T201
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        while True:
            there, _ = here.accept()
            if os.fork() == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                _answer(there)
            there.close()


_NEEDED = (
    "babel.dates",
    "deepl",
    "i18n_pipeline.api",
    "i18n_pipeline.cli.running",
    "i18n_pipeline.hosting.github",
    "i18n_pipeline.hosting.gitlab",
    "i18n_pipeline.pipeline.delivering",
    "i18n_pipeline.providers.deepl.provider",
    "i18n_pipeline.reports.as_github",
    "i18n_pipeline.reports.as_junit",
    "pyromark",
    "yaml",
)

if __name__ == "__main__":
    main()
