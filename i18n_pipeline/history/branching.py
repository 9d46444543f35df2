"""Branches of a clone's remote, for a run that works on them: fetched, merged and pushed.

They are pushed onto what stands there already, never by force. What is done in the clone itself is
in clone.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from i18n_pipeline.errors import CannotWrite, UsageError
from i18n_pipeline.history.clone import Changed, Clone, run, untracked
from i18n_pipeline.history.installing import NAME, driver_command
from i18n_pipeline.history.refusals import in_words, push_failure, read_failure
from i18n_pipeline.values import dataclass

__all__ = ["Branches", "Changed", "open_branches"]


@dataclass(frozen=True)
class Branches(Clone):
    """The branches of `remote`, seen from a clone of it."""

    remote: str = "origin"

    def is_name(self, branch: str) -> bool:
        """Whether a branch can be called so (git-check-ref-format(1))."""
        return not self._run("check-ref-format", f"refs/heads/{branch}").returncode

    def default(self) -> str:
        """The branch that a clone of the remote begins with, "" where it does not say.

        Raises as `fetch` does.
        """
        listed = self._outside("ls-remote", "--symref", "--", self.remote, "HEAD")
        found = re.match(r"ref: refs/heads/(\S+)\tHEAD", listed)
        return found[1] if found else ""

    def fetch(self, *names: str) -> Mapping[str, str]:
        """The commits that branches of the remote are at, fetched with all of their history.

        Those that are not there are left out. Raises TryLater where the remote cannot be reached,
        NotAuthorised where it is not to be seen.
        """
        heads = [f"refs/heads/{name}" for name in names]
        listed = self._outside("ls-remote", "--", self.remote, *heads)
        rows = [row.split("\t") for row in listed.splitlines()]
        found = {name.removeprefix("refs/heads/"): one for one, name in rows if name in heads}
        if found:
            cut_off = self._said("rev-parse", "--is-shallow-repository") == "true"
            refs = (f"+refs/heads/{name}:refs/remotes/{self.remote}/{name}" for name in found)
            whole = ("--unshallow",) if cut_off else ()
            self._outside("fetch", "--quiet", "--no-tags", *whole, "--", self.remote, *refs)
        return found

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
            raise CannotWrite(f"{name} cannot be merged: {in_words(ended)}")
        return tuple(filter(None, torn))

    def join(self, commit: str, message: str) -> None:
        """Take a commit for merged, and nothing of it: what it brought is there already."""
        self._said(
            *self._somebody(), "merge", "--quiet", "--strategy=ours", "--message", message, commit
        )

    def push(self, branch: str) -> bool:
        """Push what is checked out to a branch of the remote.

        False where somebody else pushed meanwhile. Raises CannotWrite where it is not allowed, and
        TryLater where the remote cannot be reached.
        """
        ended = self._run("push", "--quiet", "--", self.remote, f"HEAD:refs/heads/{branch}")
        if not ended.returncode:
            return True
        if failure := push_failure(branch, ended):
            raise failure
        return False

    def _outside(self, *words: str) -> str:
        ended = self._run(*words)
        if ended.returncode:
            raise read_failure(self.remote, ended)
        return ended.stdout.decode("utf-8", "surrogateescape").strip("\n")


def open_branches(folder: Path, remote: str = "origin") -> Branches:
    """The remote's branches, seen from a folder of a clone. Raises UsageError."""
    try:
        ended = run(folder, "rev-parse", "--show-toplevel", "--show-prefix")
    except FileNotFoundError:
        raise UsageError("git is not installed") from None
    if ended.returncode:
        raise UsageError(f"{folder} is in no git repository", "it works on a clone")
    top, prefix = ended.stdout.decode("utf-8", "surrogateescape").split("\n")[:2]
    branches = Branches(Path(top), prefix, untracked(Path(top), prefix), remote)
    if run(branches.top, "remote", "get-url", "--", remote).returncode:
        raise UsageError(f"this clone has no remote {remote}", "name one: --remote NAME")
    return branches
