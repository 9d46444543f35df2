"""`i18n memory …`: what is done with texts that people reviewed."""

from __future__ import annotations

import click

from i18n_pipeline.cli.memory_push import push


@click.group()
def memory() -> None:
    """Have reviewed texts where they can be used again."""


memory.add_command(push)
