"""Who reads what is printed: a person at a terminal, a CI server's log, or a program."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from i18n_pipeline.reports.as_text import Paint

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


def _coloured(words: str, severity: str) -> str:
    return click.style(words, fg=_COLOURS.get(severity), bold=True)
