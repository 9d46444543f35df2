"""The program `apertium`: which pairs are installed, and one process for one stream of texts.

One process a batch and nothing kept alive: null-flush loses the sync in several pairs (apertium-apy
#17, #171, #139; apertium #26, #101).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress

from i18n_pipeline.errors import ProviderUnavailable
from i18n_pipeline.values import dataclass

_LISTING = 30.0
_TRANSLATING = 300.0

HINT = "install it: apt-get install apertium apertium-eng-spa (a package for each pair)"


@dataclass(frozen=True, slots=True)
class Program:
    """`apertium` at a path, "" where there is none, with the environment it runs in; seconds."""

    path: str
    environment: Mapping[str, str]
    patience: float = _TRANSLATING

    def modes(self) -> tuple[str, ...]:
        """The names of what is installed: `eng-spa`. Raises ProviderUnavailable without it."""
        listed = self._run(("-l",), "", _LISTING)
        return tuple(line.strip() for line in listed.splitlines() if line.strip())

    def translate(self, mode: str, stream: str) -> str:
        """A stream in the other language. Raises ProviderUnavailable where there is no answer."""
        # Without -u unknown words are marked, and with it they are not: nothing to take off.
        return self._run(("-f", "none", "-u", mode), stream, self.patience)

    def _run(self, arguments: Sequence[str], text: str, patience: float) -> str:
        if not self.path:
            raise ProviderUnavailable("Apertium is not installed", HINT)
        try:
            process = subprocess.Popen(  # noqa: S603 - the program that PATH names; no shell
                (self.path, *arguments),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=_neutral(self.environment),
                start_new_session=True,
            )
        except OSError as error:
            raise ProviderUnavailable(f"Apertium cannot be started: {error.strerror}") from None
        try:
            out, err = process.communicate(text.encode(), patience)
        except subprocess.TimeoutExpired:
            raise ProviderUnavailable(f"Apertium gave no answer in {patience:g} seconds") from None
        finally:
            _end(process)
        if process.returncode:
            raise ProviderUnavailable(f"Apertium failed: {_reason(err, process.returncode)}")
        try:
            return out.decode()
        except UnicodeDecodeError:
            raise ProviderUnavailable("what Apertium wrote is not UTF-8") from None


def _neutral(environment: Mapping[str, str]) -> dict[str, str]:
    """Without the locale of whoever runs it: `apertium` looks for one in UTF-8 itself."""
    return {
        name: value
        for name, value in environment.items()
        if not name.startswith("LC_") and name not in ("LANG", "LANGUAGE")
    }


def _end(process: subprocess.Popen[bytes]) -> None:
    """End all that still runs: `apertium` is a script with a dozen programs in a pipe."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _reason(err: bytes, code: int) -> str:
    """The first plain line a program wrote about its failure."""
    lines = (
        "".join(filter(str.isprintable, line)) for line in err.decode(errors="replace").split("\n")
    )
    return next((line.strip()[:200] for line in lines if line.strip()), f"it ended with {code}")
