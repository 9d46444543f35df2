"""The way of the main branch: what it had at a few moments of its past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from i18n_pipeline.history import Commit, History
from i18n_pipeline.history.running import git

_FORMAT = "%H%x1f%an%x1f%aI%x1f%cI%x1f%s"


def mainline(history: History, folders: Sequence[str], most: int = 20_000) -> tuple[Commit, ...]:
    """The commits of the branch itself that changed something in some folders, the newest first.

    A merge stands for what it brought. `folders` are relative to the project; at most `most`
    commits are looked at.
    """
    if history.missing or not history.resolve("HEAD"):
        return ()
    log = git(
        history.root, "log", "--first-parent", f"--max-count={most}", f"--format={_FORMAT}", "-z",
        "HEAD", "--", *(folders or (".",)),
    ).stdout  # fmt: skip
    rows = log.decode("utf-8", "replace").split("\0")
    return tuple(Commit(*row.split("\x1f")) for row in rows if row.count("\x1f") >= 4)


def moments(commits: Sequence[Commit], most: int) -> tuple[Commit, ...]:
    """At most `most` of some commits, spread over the time that they took; oldest first.

    The newest and the oldest are among them; of those between, the last of its stretch of time.
    """
    ordered = sorted(commits, key=_second)
    if len(ordered) <= most:
        return tuple(ordered)
    first, last = _second(ordered[0]), _second(ordered[-1])
    stretch = max(1.0, (last - first) / (most - 2))
    kept = {int((_second(one) - first) // stretch): one for one in ordered[1:-1]}
    between = [kept[number] for number in sorted(kept)][: most - 2]
    return (ordered[0], *between, ordered[-1])


def _second(commit: Commit) -> float:
    return datetime.fromisoformat(commit.committed).timestamp()
