"""Moving bars: for each locale the texts done, the characters sent, the time left."""

from __future__ import annotations

from time import monotonic
from types import TracebackType
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from i18n_pipeline.reports.view import View, columns

_BAR, _LEAST, _WIDE = 24, 4, 76
_INTERVAL = 0.1
"""Seconds between two drawings."""
_BESIDE = 52
"""Columns of all that stands beside the bar and the longest name, when numbers are large."""


class Bars:
    """The bars of a run, drawn on a terminal and taken away at its end."""

    def __init__(self, view: View, stream: TextIO) -> None:
        self._view = view
        self._tasks: dict[str, TaskID] = {}
        self._shown = -_INTERVAL
        self._bar = BarColumn(bar_width=_LEAST)
        self._drawn = Progress(
            TextColumn("{task.description}"),
            self._bar,
            TextColumn("{task.fields[told]}"),
            TimeRemainingColumn(compact=True),
            console=Console(file=stream, width=view.width),
            transient=True,
            auto_refresh=False,  # no thread: workers are forked from a process without any
        )

    def __enter__(self) -> Bars:
        self._drawn.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _failure: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._drawn.stop()

    def show(self, locale: str, what: str, done: tuple[int, int], characters: int) -> None:
        """Show what is done with a locale: how many texts of how many, and what was sent."""
        if locale not in self._tasks:
            self._tasks[locale] = self._drawn.add_task("", total=None, told="")
        number, (some, total) = self._view.tongue.number, done
        told = f"{number(some)}/{number(total)}" if total else ""
        if characters:
            wide = self._view.width >= _WIDE
            noun = self._view.tongue.counted(characters, "character")
            told += f" {noun if wide else number(characters)} sent"
        name = f"{self._name(locale)} {what}"
        self._bar.bar_width = min(_BAR, max(_LEAST, self._view.width - columns(name) - _BESIDE))
        self._drawn.update(
            self._tasks[locale], description=name, completed=some, total=total or None, told=told
        )
        if (now := monotonic()) - self._shown >= _INTERVAL:
            self._shown = now
            self._drawn.refresh()

    def _name(self, locale: str) -> str:
        """What it is called; where there is little room, its tag."""
        name = self._view.called(locale)
        return name if columns(name) + _BESIDE + _LEAST + 12 < self._view.width else locale
