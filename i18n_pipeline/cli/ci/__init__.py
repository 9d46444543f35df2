"""`i18n ci …`: what a CI server runs, on a schedule."""

from __future__ import annotations

import click

from i18n_pipeline.cli.ci.sync import sync


@click.group()
def ci() -> None:
    """Work for a CI server: one pull request for each locale."""


ci.add_command(sync)
