"""A report on its way to the terminal: data on standard output, what went wrong beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from i18n_pipeline.errors import Problem


def print_report(
    chosen: Mapping[str, object],
    as_json: Callable[[], str],
    as_text: Callable[[], str],
    errors: Iterable[Problem],
) -> None:
    """Print a report as the options `--format` and `--quiet` want it."""
    from i18n_pipeline.reports.as_text import errors_as_text

    if chosen["form"] == "json":
        click.echo(as_json(), nl=False)
        return
    if not chosen["quiet"]:
        click.echo(as_text(), nl=False)
    click.echo(errors_as_text(errors), err=True, nl=False)
