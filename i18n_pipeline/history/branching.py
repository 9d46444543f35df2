"""Branches of a clone's remote, for a run that works on them: the only code that moves git's work.

Fetched, checked out, merged, committed and pushed: onto what stands there already, never by force.
No branch of the clone is made or moved, and its configuration stays as it is.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from i18n_pipeline.errors import CannotWrite, TryLater, UsageError
from i18n_pipeline.history.installing import NAME, driver_command
from i18n_pipeline.history.running import arguments, surroundings

_NOBODY = ("i18n-pipeline", "i18n-pipeline@users.noreply.invalid")
"""Who commits where git has been told of nobody: `.invalid` is nobody's (RFC 2606)."""

_PASSWORD = re.compile(r"(?<=://)[^/@\s]+@")
_REJECTED = re.compile(r"\[(?:remote )?rejected\]|fetch first|non-fast-forward|stale info")
_FORBIDDEN = re.compile(
    r"denied|not authori[sz]ed|authentication failed|could not read (?:username|password)"
    r"|returned error: 40[13]|protected branch|GH006|pre-receive hook declined",
    re.IGNORECASE,
)


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
class Branches:
    """The branches of `remote`, seen from the clone whose top folder is `top`.

    `prefix` is the way from there to the project.
    """

    top: Path
    remote: str = "origin"
    prefix: str = ""

    def head(self) -> str:
        """The commit that is checked out."""
        return self._said("rev-parse", "HEAD")

    def unsaved(self) -> tuple[str, ...]:
        """Tracked files with changes that no commit has."""
        listed = self._said("diff", "--name-only", "-z", "HEAD")
        return tuple(filter(None, listed.split("\0")))

    @contextmanager
    def coming_back(self) -> Iterator[None]:
        """Check out in the end what was checked out before."""
        name = self._run("symbolic-ref", "--quiet", "--short", "HEAD").stdout.decode().strip()
        before = name or self.head()
        try:
            yield
        finally:
            self._said("checkout", "--quiet", *([] if name else ["--detach"]), before, "--")

    def default(self) -> str:
        """The branch that a clone of the remote begins with, "" where it does not say."""
        ended = self._run("ls-remote", "--symref", "--", self.remote, "HEAD")
        found = re.match(rb"ref: refs/heads/(\S+)\tHEAD", ended.stdout)
        return found[1].decode("utf-8", "surrogateescape") if found else ""

    def fetch(self, *names: str) -> Mapping[str, str]:
        """The commits that branches of the remote are at, fetched with all of their history.

        Those that are not there are left out. Raises TryLater where the remote cannot be reached.
        """
        heads = [f"refs/heads/{name}" for name in names]
        listed = self._outside("ls-remote", "--", self.remote, *heads)
        rows = [row.split("\t") for row in listed.splitlines()]
        found = {name.removeprefix("refs/heads/"): commit for commit, name in rows}
        if found:
            cut_off = self._said("rev-parse", "--is-shallow-repository") == "true"
            refs = (f"+refs/heads/{name}:refs/remotes/{self.remote}/{name}" for name in found)
            whole = ("--unshallow",) if cut_off else ()
            self._outside("fetch", "--quiet", "--no-tags", *whole, "--", self.remote, *refs)
        return found

    def start(self, commit: str) -> None:
        """Check a commit out, on no branch. Raises CannotWrite."""
        self._said("checkout", "--quiet", "--detach", commit, "--")

    def contains(self, commit: str, other: str) -> bool:
        """Whether a commit has another in its history, or is it."""
        return not self._run("merge-base", "--is-ancestor", other, commit).returncode

    def merge(self, name: str, attributes: str) -> tuple[str, ...]:
        """Merge a fetched branch into what is checked out.

        The files that cannot be merged are given back, and all is as before. `attributes` says
        which files are ours to merge (gitattributes(5)). Raises CannotWrite.
        """
        with TemporaryDirectory(prefix="i18n-") as made:
            file = Path(made) / "attributes"
            file.write_text(attributes, encoding="utf-8", errors="surrogateescape")
            ended = self._run(
                *self._somebody(),
                "-c", f"core.attributesFile={file.as_posix()}",
                "-c", f"merge.{NAME}.driver={driver_command()}",
                "merge", "--quiet", "--no-ff", "--message", f"Merge {name}",
                f"{self.remote}/{name}",
            )  # fmt: skip
        if not ended.returncode:
            return ()
        torn = self._said("diff", "--name-only", "--diff-filter=U", "-z").split("\0")
        self._run("merge", "--abort")
        if not any(torn):
            raise CannotWrite(f"{name} cannot be merged: {_words(ended)}")
        return tuple(filter(None, torn))

    def join(self, commit: str, message: str) -> None:
        """Take a commit for merged, and nothing of it: what it brought is there already."""
        self._said(
            *self._somebody(), "merge", "--quiet", "--strategy=ours", "--message", message, commit
        )

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

    def push(self, branch: str) -> bool:
        """Push what is checked out to a branch of the remote.

        False where somebody else pushed meanwhile. Raises CannotWrite where it is not allowed, and
        TryLater where the remote cannot be reached.
        """
        ended = self._run("push", "--quiet", "--", self.remote, f"HEAD:refs/heads/{branch}")
        if not ended.returncode:
            return True
        said = ended.stderr.decode("utf-8", "replace")
        if _FORBIDDEN.search(said):
            hint = "the job needs the right to push branches (docs/ci.md)"
            raise CannotWrite(f"{branch} cannot be pushed: {_words(ended)}", hint)
        if _REJECTED.search(said):
            return False
        raise TryLater(f"{branch} cannot be pushed: {_words(ended)}", "run it again")

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
        """Who commits, where neither git's configuration nor the environment says."""
        said = os.environ.get("GIT_COMMITTER_EMAIL") and os.environ.get("GIT_AUTHOR_EMAIL")
        if said or not self._run("config", "user.email").returncode:
            return ()
        name, email = _NOBODY
        return ("-c", f"user.name={name}", "-c", f"user.email={email}")

    def _outside(self, *words: str) -> str:
        ended = self._run(*words)
        if ended.returncode:
            raise TryLater(f"{self.remote} cannot be read: {_words(ended)}", "run it again")
        return ended.stdout.decode("utf-8", "surrogateescape").strip("\n")

    def _said(self, *words: str) -> str:
        ended = self._run(*words)
        if ended.returncode:
            raise CannotWrite(f"git {_verb(words)} failed: {_words(ended)}")
        return ended.stdout.decode("utf-8", "surrogateescape").strip("\n")

    def _run(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        return _run(self.top, *words)


def open_branches(folder: Path, remote: str = "origin") -> Branches:
    """The remote's branches, seen from a folder of a clone. Raises UsageError."""
    try:
        ended = _run(folder, "rev-parse", "--show-toplevel", "--show-prefix")
    except FileNotFoundError:
        raise UsageError("git is not installed") from None
    if ended.returncode:
        raise UsageError(f"{folder} is in no git repository", "it works on a clone")
    top, prefix = ended.stdout.decode("utf-8", "surrogateescape").split("\n")[:2]
    branches = Branches(Path(top), remote, prefix)
    if _run(branches.top, "remote", "get-url", "--", remote).returncode:
        raise UsageError(f"this clone has no remote {remote}", "name one: --remote NAME")
    return branches


def _change(row: str, path: str) -> Changed:
    """A row of `git diff --raw`: `:mode mode blob blob status` (git-diff-tree(1))."""
    _, _, before, after, _ = row.split(" ")
    return Changed(path, before if before.strip("0") else "", after if after.strip("0") else "")


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run git, its user's hooks left out; a partial clone may fetch what it has to merge."""
    environment = surroundings()
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


def _words(ended: subprocess.CompletedProcess[bytes]) -> str:
    """What git said went wrong, in one line, without the password of an address."""
    said = ended.stderr.decode("utf-8", "replace") or ended.stdout.decode("utf-8", "replace")
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if re.match(r"fatal|error|remote:|CONFLICT| !|!", line)]
    return _PASSWORD.sub("", "; ".join((telling or lines)[:3])) or f"exit code {ended.returncode}"
