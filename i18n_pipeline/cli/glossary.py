"""`i18n glossary …`: what is done with required terminology."""

from __future__ import annotations

import click

from i18n_pipeline.cli.glossary_export import export
from i18n_pipeline.cli.glossary_import import import_file
from i18n_pipeline.cli.glossary_push import push


@click.group()
def glossary() -> None:
    """Exchange required terminology with other programs and engines."""


for command in (import_file, export, push):
    glossary.add_command(command)
