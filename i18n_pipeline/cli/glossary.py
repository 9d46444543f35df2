"""`i18n glossary …`: what is done with required terminology."""

from __future__ import annotations

import click

from i18n_pipeline.cli.glossary_push import push


@click.group()
def glossary() -> None:
    """Have the required terminology where engines look for it."""


glossary.add_command(push)
