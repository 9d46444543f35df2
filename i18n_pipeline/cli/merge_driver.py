"""`i18n merge-driver`: what git calls for a file that two branches changed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import click


@click.command("merge-driver", hidden=True)
@click.argument("base", type=click.Path())
@click.argument("ours", type=click.Path())
@click.argument("theirs", type=click.Path())
@click.argument("path")
@click.pass_obj
def merge_driver(directory: str, /, base: str, ours: str, theirs: str, path: str) -> int:
    """Merge a file for git: `i18n merge-driver %O %A %B %P`.

    Called by git where `i18n init --git` installed it. The result is put into OURS; exit 3 where
    conflict markers are in it.
    """
    from i18n_pipeline.history.installing import CONFLICTS
    from i18n_pipeline.pipeline.by_hand.merging import Torn, merge_file
    from i18n_pipeline.reports.escaping import safe

    top = Path(directory)
    where, revision = _their_branch(os.environ)
    before, here, there = ((top / side).read_bytes() for side in (base, ours, theirs))
    whole = merge_file(Torn(top, path, before, here, there, where, revision))
    (top / ours).write_bytes(whole.data)
    for line in whole.said:
        click.echo(safe(line), err=True)
    return CONFLICTS if whole.conflicts else 0


def _their_branch(environment: Mapping[str, str]) -> tuple[str, str]:
    """What the branch is called that comes in, and its commit: `git merge` says so."""
    heads = {n: name for n, name in environment.items() if n.startswith("GITHEAD_") and name}
    if len(heads) != 1:
        return "the other branch", ""
    ((variable, name),) = heads.items()
    return name, variable.removeprefix("GITHEAD_")
