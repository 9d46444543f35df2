"""The peers, installed by one command: `python -m benchmarks.install`. What cannot be is named.

Python peers get an environment each in `benchmarks/.peers/` (two of them have commands of the
same names); po4a and gettext come from the system's packages.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import CalledProcessError, run

FOLDER = Path(__file__).with_name(".peers")


@dataclass(frozen=True)
class PythonPeer:
    """A package with the version that is measured."""

    name: str
    version: str
    extra: str = ""

    @property
    def python(self) -> Path:
        """The interpreter of its own environment."""
        return FOLDER / self.name / "bin" / "python"

    @property
    def ready(self) -> bool:
        """Whether this version has been installed here."""
        return (FOLDER / self.name / self.version).exists()

    def install(self) -> None:
        """Make its environment. Raises CalledProcessError."""
        shutil.rmtree(FOLDER / self.name, ignore_errors=True)
        _quietly([sys.executable, "-m", "venv", str(FOLDER / self.name)])
        requirement = f"{self.name}{self.extra}=={self.version}"
        _quietly([str(self.python), "-m", "pip", "install", "--quiet", requirement])
        (FOLDER / self.name / self.version).touch()


MDPO = PythonPeer("mdpo", "2.1.4")
TRANSLATE_TOOLKIT = PythonPeer("translate-toolkit", "3.20.4", "[markdown]")
MARKDOWN_GETTEXT = PythonPeer("markdown-gettext", "0.2.2")
PYTHON_PEERS = (MDPO, TRANSLATE_TOOLKIT, MARKDOWN_GETTEXT)
SYSTEM_PEERS = {"po4a": "po4a", "msgmerge": "gettext"}
"""Commands, and the packages that bring them."""


def missing() -> tuple[str, ...]:
    """The peers that are not here."""
    commands = tuple(name for name in SYSTEM_PEERS if not shutil.which(name))
    return commands + tuple(peer.name for peer in PYTHON_PEERS if not peer.ready)


def install() -> None:
    """Install what is missing; a peer that cannot be installed stays missing."""
    for command, package in SYSTEM_PEERS.items():
        if not shutil.which(command):
            _try([*_as_root(), "apt-get", "install", "-y", "--no-install-recommends", package])
    for peer in PYTHON_PEERS:
        if not peer.ready:
            try:
                peer.install()
            except (CalledProcessError, OSError) as failure:
                _say_why(peer.name, failure)


def _as_root() -> tuple[str, ...]:
    """Nobody is asked for a password: measuring runs alone."""
    return () if os.geteuid() == 0 else ("sudo", "-n")


def _try(words: Sequence[str]) -> None:
    try:
        _quietly(words)
    except (CalledProcessError, OSError) as failure:
        _say_why(words[-1], failure)


def _say_why(name: str, failure: CalledProcessError | OSError) -> None:
    said = failure.stderr if isinstance(failure, CalledProcessError) else str(failure)
    reason = said.strip().rpartition("\n")[2]
    print(f"{name} cannot be installed here: {reason}", file=sys.stderr)


def _quietly(words: Sequence[str]) -> None:
    run(words, check=True, capture_output=True, text=True)


def main() -> None:
    """Install, and say what is missing."""
    install()
    absent = missing()
    print(f"missing: {', '.join(absent)}" if absent else "all peers are here")


if __name__ == "__main__":
    main()
