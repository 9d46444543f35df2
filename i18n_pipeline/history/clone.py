"""A clone's work tree: checked out, committed and put back; with branching.py all that moves it.

No branch of the clone is made or moved, and its configuration stays as it is.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from i18n_pipeline.errors import CannotWrite
from i18n_pipeline.history.refusals import in_words
from i18n_pipeline.history.running import arguments, surroundings
from i18n_pipeline.values import dataclass

_NOBODY = {
    "user.name": "i18n-pipeline",
    "user.email": "i18n-pipeline@users.noreply.invalid",
}
"""Who commits where git has been told of nobody: `.invalid` is nobody's (RFC 2606)."""


_STALLED = {"GIT_HTTP_LOW_SPEED_LIMIT": "1", "GIT_HTTP_LOW_SPEED_TIME": "60"}
"""When a server that says nothing is given up, unless the environment says it: git never would."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A file that two commits have otherwise; `blob` is "" where the later has none."""

    path: str
    before: str
    blob: str

    @property
    def is_new(self) -> bool:
        """Whether only the later commit has it."""
        return not self.before

    @property
    def is_gone(self) -> bool:
        """Whether only the earlier commit has it."""
        return not self.blob


@dataclass(frozen=True)
class Clone:
    """A clone whose top folder is `top`.

    `prefix` is the way from there to the project, `strangers` are the files of the project that git
    neither had nor ignored when this was made.
    """

    top: Path
    prefix: str = ""
    strangers: tuple[str, ...] = ()

    def head(self) -> str:
        """The commit that is checked out."""
        return self._said("rev-parse", "HEAD")

    def unsaved(self) -> tuple[str, ...]:
        """Tracked files with changes that no commit has.

        Of submodules none: nothing here checks them out, and other jobs leave them as they like.
        """
        listed = self._said("diff", "--ignore-submodules", "--name-only", "-z", "HEAD")
        return tuple(filter(None, listed.split("\0")))

    def put_aside(self) -> None:
        """Put what was changed and not committed since this was made into a stash of git's.

        A run that failed has left it, or somebody at work meanwhile: it is nobody's to lose.
        """
        if self.unsaved():
            self._run("merge", "--abort")  # where one was broken off: it can be done again
        new = set(untracked(self.top, self.prefix)).difference(self.strangers)
        if paths := [*self.unsaved(), *(f"{self.prefix}{path}" for path in sorted(new))]:
            message = "i18n ci sync: not delivered"
            self._said(
                *self._somebody(), "stash", "push", "--quiet", "--include-untracked",
                "--message", message, "--", *paths,
            )  # fmt: skip

    @contextmanager
    def coming_back(self) -> Iterator[None]:
        """Check out in the end what was checked out before, what is not committed put aside."""
        name = self._run("symbolic-ref", "--quiet", "--short", "HEAD").stdout.decode().strip()
        before = name or self.head()
        try:
            yield
        finally:
            self.put_aside()
            self._said("checkout", "--quiet", *([] if name else ["--detach"]), before, "--")

    def start(self, commit: str) -> None:
        """Check a commit out, on no branch. Raises CannotWrite."""
        self._said("checkout", "--quiet", "--detach", commit, "--")

    def contains(self, commit: str, other: str) -> bool:
        """Whether a commit has another in its history, or is it."""
        return not self._run("merge-base", "--is-ancestor", other, commit).returncode

    def commit(self, paths: Sequence[str], message: str) -> bool:
        """Commit files as they are, deleted ones too, and no others; whether they had changed.

        Paths are relative to the project.
        """
        if not paths:
            return False
        names = [f"{self.prefix}{path}" for path in paths]
        known = set(self._said("ls-files", "-z", "--", *names).split("\0"))
        there = [name for name in names if name in known or (self.top / name).exists()]
        if there:
            self._said("add", "--force", "--all", "--", *there)
        if not self._run("diff", "--cached", "--quiet").returncode:
            return False
        self._said(*self._somebody(), "commit", "--quiet", "--message", message)
        return True

    def changed(self, before: str, after: str) -> tuple[Changed, ...]:
        """The files of the project that two commits have otherwise, by path, renames as two."""
        listed = self._said("diff", "--raw", "-z", "--abbrev=64", "--no-renames", before, after)
        rows = iter(filter(None, listed.split("\0")))
        found = (_change(row, next(rows)) for row in rows)
        here = [one for one in found if one.path.startswith(self.prefix)]
        cut = len(self.prefix)
        return tuple(Changed(one.path[cut:], one.before, one.blob) for one in here)

    def base_of(self, one: str, other: str) -> str:
        """The commit that two branches parted at, "" where they share no history."""
        return self._run("merge-base", one, other).stdout.decode().strip()

    def _somebody(self) -> tuple[str, ...]:
        """Who commits where git's configuration does not say; what its environment says wins."""
        told = [
            ("-c", f"{key}={word}")
            for key, word in _NOBODY.items()
            if self._run("config", key).returncode
        ]
        return tuple(word for pair in told for word in pair)

    def _said(self, *words: str) -> str:
        ended = self._run(*words)
        if ended.returncode:
            raise CannotWrite(f"git {_verb(words)} failed: {in_words(ended)}")
        return ended.stdout.decode("utf-8", "surrogateescape").strip("\n")

    def _run(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        return run(self.top, *words)


def untracked(top: Path, prefix: str) -> tuple[str, ...]:
    """The files of a project that git neither has nor ignores, relative to the project."""
    listed = run(top, "ls-files", "--others", "--exclude-standard", "-z", "--", prefix or ".")
    names = listed.stdout.decode("utf-8", "surrogateescape").split("\0")
    return tuple(name[len(prefix) :] for name in names if name)


def _change(row: str, path: str) -> Changed:
    """A row of `git diff --raw`: `:mode mode blob blob status` (git-diff-tree(1))."""
    _, _, before, after, _ = row.split(" ")
    return Changed(path, before if before.strip("0") else "", after if after.strip("0") else "")


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run git, its user's hooks left out; a partial clone may fetch what it has to merge."""
    environment = _STALLED | surroundings()
    del environment["GIT_NO_LAZY_FETCH"]
    return subprocess.run(  # noqa: S603  # a fixed program, arguments that cannot be options
        arguments("-c", f"core.hooksPath={os.devnull}", *words),
        cwd=folder,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
        env=environment,
    )


def _verb(words: Sequence[str]) -> str:
    return next((w for before, w in pairwise(("", *words)) if "-c" not in (before, w)), "")
