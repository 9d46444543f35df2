"""Who reads what is printed: a person at a terminal, a CI server's log, or a program."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from i18n_pipeline.reports.finding_lines import Paint
    from i18n_pipeline.reports.tongue import Tongue
    from i18n_pipeline.reports.view import View

_NARROWEST = 40
"""Columns that what is printed needs; a narrower terminal breaks its lines."""

_USUAL = 80
"""Columns of a terminal that does not say how many it has."""

_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


def in_ci() -> bool:
    """Whether a CI server runs us; all of them say so in `CI`."""
    return bool(os.environ.get("CI"))


def is_terminal(stream: TextIO) -> bool:
    """Whether a person sees the stream on a terminal that can do more than print lines."""
    return stream.isatty() and not in_ci() and os.environ.get("TERM") != "dumb"


def paint_for(stream: TextIO) -> Paint:
    """What colours words on a stream: nothing where no colours are seen, or none are wanted."""
    from i18n_pipeline.reports.finding_lines import uncoloured

    return _coloured if is_terminal(stream) and not os.environ.get("NO_COLOR") else uncoloured


def view_of(stream: TextIO) -> View:
    """How wide what is printed may be, and how its reader writes numbers and names.

    Into a pipe it is as in a terminal of 80 columns, in English: the same wherever it runs.
    """
    from i18n_pipeline.reports.view import PLAIN, View

    if not is_terminal(stream):
        return PLAIN
    return View(max(_width(stream), _NARROWEST), tongue_of_reader(), at_terminal=True)


def _width(stream: TextIO) -> int:
    """The columns of a terminal; `COLUMNS` counts more than what the terminal says (POSIX)."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(stream.fileno()).columns or _USUAL
    except OSError:
        return _USUAL


def tongue_of_reader() -> Tongue:
    """How who sits there writes, as the environment says it (POSIX, chapter 8.2)."""
    from i18n_pipeline.reports.tongue import known_tongue

    parts = ("MESSAGES", "NUMERIC", "MONETARY", "TIME")
    return known_tongue(*(_said(os.environ, f"LC_{part}") for part in parts))


def _said(environment: Mapping[str, str], name: str) -> str:
    """The locale that is said for something; the first of these that is set counts."""
    names = ("LC_ALL", name, "LANG")
    return next((environment[each] for each in names if environment.get(each)), "")


def _coloured(words: str, severity: str) -> str:
    return click.style(words, fg=_COLOURS.get(severity), bold=True)
