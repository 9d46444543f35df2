"""Progress: a moving bar on a terminal, plain lines in CI, nothing where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli.terminal import in_ci, is_terminal

if TYPE_CHECKING:
    from i18n_pipeline.pipeline.options import Progress


def _plain(locale: str, what: str, done: int, total: int) -> None:
    """A line for each tenth of the terms: enough to see that a job lives."""
    if what == "translating" and (done == total or done % max(1, total // 10) == 0):
        click.echo(f"{locale}: {done} of {total} terms gone through", err=True)


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
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, object] = {}

        def show(locale: str, what: str, done: int, total: int) -> None:
            if locale not in tasks:
                tasks[locale] = bars.add_task(locale, total=None)
            bars.update(
                tasks[locale],  # type: ignore[arg-type]  # rich's TaskID is an int in disguise
                description=f"{locale} {what}",
                completed=done,
                total=total or None,
            )

        yield show
