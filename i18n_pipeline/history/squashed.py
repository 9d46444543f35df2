"""Branches that were merged without a merge commit: by a squash or a rebase, as services do it.

Git does not know of it, and would take a later correction on the one side and what was merged on
the other for two people's texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from i18n_pipeline.history.running import git

_MOST = 50
"""How many commits of a branch are looked at, from its tip back."""

_COMMIT = "\x1e"


def squashed(top: Path, tip: str, base: str) -> str:
    """The newest commit of a branch all of whose changes the base had at some time, "" for none.

    The branch's own commits count (its first parents), and those that the base does not have.
    """
    own = _words(top, "rev-list", "--first-parent", f"--max-count={_MOST}", tip, f"^{base}")
    for commit in own.split():
        parted = _words(top, "merge-base", commit, base).strip()
        if parted and _was_had(top, commit, parted, base):
            return commit
    return ""


def _was_had(top: Path, commit: str, parted: str, base: str) -> bool:
    brought = _changed(top, parted, commit)
    return bool(brought) and any(
        brought.isdisjoint(_changed(top, commit, one))
        for one in _touching(top, parted, base, brought)
    )


def _touching(top: Path, parted: str, base: str, paths: set[str]) -> Iterator[str]:
    """The commits of the base since then that changed one of these files, the newest first."""
    log = _words(
        top, "log", "--first-parent", "--diff-merges=first-parent", f"--format={_COMMIT}%H%x00",
        "--name-only", "--no-renames", "-z", f"{parted}..{base}",
    )  # fmt: skip
    for part in log.split(_COMMIT)[1:]:
        commit, *names = part.split("\0")
        if not paths.isdisjoint(name.lstrip("\n") for name in names):
            yield commit


def _changed(top: Path, before: str, after: str) -> set[str]:
    names = _words(top, "diff", "--name-only", "--no-renames", "-z", before, after)
    return set(filter(None, names.split("\0")))


def _words(top: Path, *words: str) -> str:
    return git(top, *words).stdout.decode("utf-8", "surrogateescape")
