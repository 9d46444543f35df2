"""Progress: a moving bar on a terminal, plain lines in CI, nothing where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli.terminal import in_ci, is_terminal, view_of
from i18n_pipeline.reports.counting import counted

if TYPE_CHECKING:
    from i18n_pipeline.cli.bars import Bars
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
        with ExitStack() as stack:
            yield _Moving(stack)


class _Moving:
    """Bars that appear when there is something to show: what draws them is slow to load."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._bars: Bars | None = None

    def __call__(
        self, locale: str, what: str, done: int, total: int, *, characters: int = 0
    ) -> None:
        if self._bars is None:
            from i18n_pipeline.cli.bars import Bars

            self._bars = self._stack.enter_context(Bars(view_of(sys.stderr), sys.stderr))
        self._bars.show(locale, what, (done, total), characters)
