"""Progress: a moving bar on a terminal, plain lines in CI, nothing where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli.terminal import in_ci, is_terminal
from i18n_pipeline.reports.counting import counted

if TYPE_CHECKING:
    from rich.progress import TaskID

    from i18n_pipeline.pipeline.options import Progress


def _plain(locale: str, what: str, done: int, total: int, *, characters: int = 0) -> None:
    """A line for each tenth of the texts: enough to see that a job lives."""
    if what == "translating" and (done == total or done % max(1, total // 10) == 0):
        sent = f", {counted(characters, 'character')} sent" if characters else ""
        click.echo(f"{locale}: {done} of {counted(total, 'text')}{sent}", err=True)


@contextmanager
def watching(form: str, *, quiet: bool) -> Iterator[Progress]:
    """The progress fit for where standard error goes."""
    from i18n_pipeline.pipeline.options import silent

    terminal = is_terminal(sys.stderr)
    if quiet or form != "text" or not (terminal or in_ci()):
        yield silent
    elif not terminal:
        yield _plain
    else:
        with _moving() as progress:
            yield progress


@contextmanager
def _moving() -> Iterator[Progress]:
    """Bars with texts done, characters sent, and the time left at the speed so far."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[sent]}"),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(locale: str, what: str, done: int, total: int, *, characters: int = 0) -> None:
            if locale not in tasks:
                tasks[locale] = bars.add_task(locale, total=None, sent="")
            bars.update(
                tasks[locale],
                description=f"{locale} {what}",
                completed=done,
                total=total or None,
                sent=f"{counted(characters, 'character')} sent" if characters else "",
            )

        yield show
