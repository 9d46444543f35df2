"""Who reads what is printed: a person at a terminal, a CI server's log, or a program."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from i18n_pipeline.reports.as_text import Paint
    from i18n_pipeline.reports.view import View

_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


def in_ci() -> bool:
    """Whether a CI server runs us; all of them say so in `CI`."""
    return bool(os.environ.get("CI"))


def is_terminal(stream: TextIO) -> bool:
    """Whether a person sees the stream on a terminal that can do more than print lines."""
    return stream.isatty() and not in_ci() and os.environ.get("TERM") != "dumb"


def paint_for(stream: TextIO) -> Paint:
    """What colours words on a stream: nothing where no colours are seen, or none are wanted."""
    from i18n_pipeline.reports.as_text import uncoloured

    return _coloured if is_terminal(stream) and not os.environ.get("NO_COLOR") else uncoloured


def view_of_stdout() -> View:
    """How wide what is printed may be, and how its reader writes numbers and days.

    Into a pipe it is as in a terminal of 80 columns, in English: the same wherever it runs.
    """
    from i18n_pipeline.reports.tongue import Tongue, known_tongue
    from i18n_pipeline.reports.view import View

    if not is_terminal(sys.stdout):
        return View()
    width = shutil.get_terminal_size().columns
    return View(max(width, 40), known_tongue(spoken()) if spoken() else Tongue())


def spoken() -> str:
    """The locale of who sits there, as the environment says it; "" where it says nothing.

    The first that is set counts, as in POSIX; `C` means none.
    """
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    said = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return "" if said.partition(".")[0] in ("C", "POSIX") else said


def _coloured(words: str, severity: str) -> str:
    return click.style(words, fg=_COLOURS.get(severity), bold=True)
