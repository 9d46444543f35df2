"""A report on its way to the terminal: data on standard output, what went wrong beside it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

import click

from i18n_pipeline.cli.terminal import view_of

if TYPE_CHECKING:
    from i18n_pipeline.errors import Problem
    from i18n_pipeline.reports.view import View


def print_report(
    chosen: Mapping[str, object],
    as_json: Callable[[], str],
    as_text: Callable[[View], str],
    errors: Iterable[Problem],
) -> None:
    """Print a report as the options `--format` and `--quiet` want it."""
    if chosen["form"] == "json":
        click.echo(as_json(), nl=False)
        return
    if not chosen["quiet"]:
        print_text(as_text)
    print_errors(errors)


def print_text(as_text: Callable[[View], str], *, beside: bool = False) -> None:
    """Print lines for whoever reads them; `beside`: where standard output is for something else."""
    view = view_of(sys.stderr if beside else sys.stdout)
    click.echo(view.laid_out(as_text(view)), nl=False, err=beside)


def print_errors(errors: Iterable[Problem]) -> None:
    """Print what is wrong with files."""
    from i18n_pipeline.reports.as_text import errors_as_text

    print_text(lambda _: errors_as_text(errors), beside=True)
