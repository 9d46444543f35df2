"""`i18n memory …`: the translation memory, and what is done with texts that people reviewed."""

from __future__ import annotations

import click

from i18n_pipeline.cli.memory.export import export
from i18n_pipeline.cli.memory.importing import import_file
from i18n_pipeline.cli.memory.purge import purge
from i18n_pipeline.cli.memory.push import push
from i18n_pipeline.cli.memory.search import search
from i18n_pipeline.cli.memory.stats import stats


@click.group()
def memory() -> None:
    """Look after the translation memory: what is used again."""


for command in (stats, search, import_file, export, purge, push):
    memory.add_command(command)
