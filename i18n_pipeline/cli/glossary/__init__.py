"""`i18n glossary …`: what is done with required terminology."""

from __future__ import annotations

import click

from i18n_pipeline.cli.glossary.check import check
from i18n_pipeline.cli.glossary.export import export
from i18n_pipeline.cli.glossary.importing import import_file
from i18n_pipeline.cli.glossary.listing import listing
from i18n_pipeline.cli.glossary.push import push
from i18n_pipeline.cli.glossary.rename import rename
from i18n_pipeline.cli.glossary.suggest import suggest


@click.group()
def glossary() -> None:
    """Look after the required terminology."""


for command in (listing, check, suggest, rename, import_file, export, push):
    glossary.add_command(command)
