"""Merging by lines, as git does it where nobody tells it better."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from i18n_pipeline.history.running import git

NAMES = ("ours", "base", "theirs")


class Lines(NamedTuple):
    """The merged bytes, and whether there are conflict markers in them."""

    data: bytes
    conflicts: bool


def merge_lines(base: bytes, ours: bytes, theirs: bytes) -> Lines:
    """Merge by lines (git-merge-file(1)).

    Where git finds no lines in them, ours, and a conflict. Raises FileNotFoundError without git.
    """
    with TemporaryDirectory(prefix="i18n-") as made:
        folder = Path(made)
        for name, data in zip(NAMES, (ours, base, theirs), strict=True):
            (folder / name).write_bytes(data)
        labels = [word for name in NAMES for word in ("-L", name)]
        ended = git(folder, "merge-file", "-p", "-q", "--diff3", *labels, *NAMES)
    if ended.returncode < 0 or ended.returncode > 127:
        return Lines(ours, conflicts=True)
    return Lines(ended.stdout, bool(ended.returncode))
