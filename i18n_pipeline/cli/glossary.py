"""`i18n glossary …`: what is done with required terminology."""

from __future__ import annotations

import click

from i18n_pipeline.cli.glossary_check import check
from i18n_pipeline.cli.glossary_export import export
from i18n_pipeline.cli.glossary_import import import_file
from i18n_pipeline.cli.glossary_list import listing
from i18n_pipeline.cli.glossary_push import push
from i18n_pipeline.cli.glossary_rename import rename
from i18n_pipeline.cli.glossary_suggest import suggest


@click.group()
def glossary() -> None:
    """Look after the required terminology."""


for command in (listing, check, suggest, rename, import_file, export, push):
    glossary.add_command(command)
