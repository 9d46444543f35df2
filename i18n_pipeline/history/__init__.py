"""What git knows of the project's files. This room is the only code that runs git.

Reading is here and in steps.py, merging by lines in lines.py, and the one thing that is written,
the clone's own configuration, in installing.py.

A project outside of git, or on a machine without it, has a history that knows nothing: `missing`
says why, and every question gets an empty answer. A shallow clone answers as far as it reaches.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from i18n_pipeline.history.blobs import blobs_of
from i18n_pipeline.history.records import Commit, Records
from i18n_pipeline.history.running import git
from i18n_pipeline.values import dataclass

__all__ = ["Commit", "History", "Sides", "Version", "find_history"]

_NO_BLOB = "0" * 40
_SYMLINK, _SUBMODULE = "120000", "160000"
_REFUSES = "git says: "
_FEW = 20
"""Paths that git is asked for one by one."""


@dataclass(frozen=True, slots=True)
class Version:
    """A file as one commit left it. `blob` is git's name of its bytes, "" where it was deleted."""

    path: str
    blob: str
    commit: Commit


@dataclass(frozen=True, slots=True)
class Sides:
    """A file as both sides of a merge began with it and as they have it, b"" where it was not."""

    base: bytes
    ours: bytes
    theirs: bytes


@dataclass(frozen=True)
class History:
    """The git history of the project in `root`; paths are relative to it, with `/`.

    `missing` says why nothing is known, `shallow` that the history was cut off. `prefix` is the
    way from the repository's top folder to the project.
    """

    root: Path
    prefix: str = ""
    missing: str = ""
    shallow: bool = False

    @property
    def is_refused(self) -> bool:
        """Whether there is a history, and git does not open it: it doubts whose that is, say."""
        return self.missing.startswith(_REFUSES)

    @property
    def is_hidden(self) -> bool:
        """Whether nobody can ask for a history that seems to be there: git refuses, or is not."""
        return bool(self.missing) and any(
            (folder / ".git").exists() for folder in (self.root, *self.root.parents)
        )

    def resolve(self, revision: str) -> str:
        """The id of the commit that a revision (`HEAD`, a tag, `HEAD~3`) names, or "".

        Of a range, git tells both ends: that is no revision.
        """
        if self.missing or revision.startswith("-"):
            return ""
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
        found = self._text(*asked).split()
        return found[0] if len(found) == 1 else ""

    def versions(
        self, paths: Sequence[str] = (), *, since: str = "", most: int = 50_000
    ) -> Mapping[str, tuple[Version, ...]]:
        """All versions of files by the path they have now, the newest first, renames followed.

        `paths` are files or folders (none: the whole project); `since` leaves out what that commit
        has already; at most `most` commits are looked at.
        """
        if self.missing or not self.resolve("HEAD"):
            return {}
        span = (f"{since}..HEAD",) if since else ("HEAD",)
        # Renames are only seen where both names are looked at: never limited to single files.
        folders = tuple(dict.fromkeys(self._folder(path) for path in paths)) or (".",)
        records = Records.asked()
        log = self._bytes(
            "log", f"--max-count={most}", f"--format={records.format}", "--raw", "-z",
            "--abbrev=64", "--find-renames=60%", "--diff-merges=first-parent",
            *span, "--", *folders,
        )  # fmt: skip
        found = _versions(_changes(records.read(log), self.prefix))
        wanted = tuple(path.rstrip("/") for path in paths)
        return {
            path: tuple(versions)
            for path, versions in found.items()
            if not wanted or any(path == one or path.startswith(one + "/") for one in wanted)
        }

    def blobs(self, ids: Iterable[str]) -> Mapping[str, bytes]:
        """The bytes of blobs by id, read in one go; without those that git does not have."""
        wanted = [one for one in dict.fromkeys(ids) if one]
        if self.missing or not wanted:
            return {}
        return dict(blobs_of(self.root, wanted))

    def at(self, revision: str, paths: Iterable[str]) -> Mapping[str, bytes]:
        """Files as a commit has them, by path; without those that it has not, and links."""
        ids = self.ids(revision, paths)
        blobs = self.blobs(ids.values())
        return {path: blobs[one] for path, one in ids.items() if one in blobs}

    def ids(self, revision: str, paths: Iterable[str]) -> Mapping[str, str]:
        """Blob ids of files as a commit has them, by path; without those that it has not.

        They are listed by folder: git looks up a path by going through its folder, and so many
        paths take it time that grows with their square.
        """
        asked = list(dict.fromkeys(paths))
        if not asked:
            return {}
        listed = self.listed(revision, asked if len(asked) <= _FEW else [_folder_of(asked)])
        return {path: listed[path] for path in asked if path in listed}

    def files(self, revision: str, folder: str = ".") -> Mapping[str, str]:
        """Blob ids of all files that a commit has in a folder, by path."""
        return self.listed(revision, [folder.rstrip("/") + "/"])

    def listed(
        self, revision: str, places: Sequence[str], *, modules: bool = False
    ) -> Mapping[str, str]:
        """Blob ids of files by path, at these paths and in these folders (with `/`).

        With `modules` also the commits of submodules.
        """
        commit = self.resolve(revision)
        if not commit:
            return {}
        listed = self._bytes("ls-tree", "-r", "-z", commit, "--", *places)
        found: dict[str, str] = {}
        for row in filter(None, listed.split(b"\0")):
            about, _, name = row.decode("utf-8", "surrogateescape").partition("\t")
            mode, kind, blob = about.split(" ")
            if (kind == "blob" and mode != _SYMLINK) or (modules and mode == _SUBMODULE):
                found[name] = blob
        return found

    def unmerged(self, paths: Iterable[str]) -> Mapping[str, Sides]:
        """The sides of files in which an unfinished merge met conflicts, by path."""
        asked = list(dict.fromkeys(paths))
        if self.missing or not asked:
            return {}
        listed = self._bytes("ls-files", "--unmerged", "-z", "--", *asked)
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for row in filter(None, listed.split(b"\0")):
            about, _, name = row.decode("utf-8", "surrogateescape").partition("\t")
            _, blob, stage = about.split(" ")
            found[name][stage] = blob
        blobs = self.blobs(blob for stages in found.values() for blob in stages.values())
        return {
            name: Sides(*(blobs.get(stages.get(stage, ""), b"") for stage in "123"))
            for name, stages in found.items()
        }

    def _folder(self, path: str) -> str:
        clean = path.rstrip("/")
        return clean if (self.root / clean).is_dir() else clean.rpartition("/")[0] or "."

    def _text(self, *arguments: str) -> str:
        return self._bytes(*arguments).decode("utf-8", "replace")

    def _bytes(self, *arguments: str) -> bytes:
        return git(self.root, *arguments).stdout


def find_history(root: Path) -> History:
    """The history of the project in a folder, whatever there is of it."""
    try:
        asked = ("rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-prefix")
        answer = git(root, *asked)
    except FileNotFoundError:
        return History(root, missing="git is not installed")
    lines = answer.stdout.decode("utf-8", "surrogateescape").split("\n")
    if answer.returncode or lines[0] != "true":
        said = answer.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        outside = not said or "not a git repository" in said
        return History(
            root, missing="this is no git repository" if outside else f"{_REFUSES}{said}"
        )
    return History(root, prefix=lines[2], shallow=lines[1] == "true")


def user_name(root: Path) -> str:
    """What git calls whoever works in a folder; "" where it does not know, or there is no git."""
    try:
        answer = git(root, "config", "--get", "user.name")
    except FileNotFoundError:
        return ""
    return answer.stdout.decode("utf-8", "replace").strip()


@dataclass(frozen=True, slots=True)
class _Change:
    commit: Commit
    old: str
    new: str
    blob: str


def _changes(records: Iterable[tuple[Commit, list[bytes]]], prefix: str) -> Iterator[_Change]:
    """The changes of `git log --raw -z`, newest commit first.

    With each commit comes `:modes blobs status` and one path, or two for a rename
    (git-diff-tree(1), "Raw output format").
    """
    for commit, rows in records:
        at = 0
        while at < len(rows):
            row = rows[at].lstrip(b"\n")
            at += 1
            if not row.startswith(b":"):
                continue
            _, mode, _, blob, status = row[1:].decode().split(" ")
            count = 2 if status[0] in "RC" else 1
            names = [name.decode("utf-8", "surrogateescape") for name in rows[at : at + count]]
            at += count
            if mode in (_SYMLINK, _SUBMODULE):
                continue
            inside = [name.removeprefix(prefix) for name in names]
            gone = not blob.strip("0")
            yield _Change(commit, inside[0], inside[-1], "" if gone else blob)


def _versions(changes: Iterable[_Change]) -> Mapping[str, list[Version]]:
    """Versions by the path of today: going back, a renamed file is called by its later name."""
    found: dict[str, list[Version]] = defaultdict(list)
    today: dict[str, str] = {}
    for change in changes:
        name = today.pop(change.new, change.new) if change.old != change.new else change.new
        name = today.get(name, name)
        found[name].append(Version(change.new, change.blob, change.commit))
        if change.old != change.new:
            today[change.old] = name
    return found


def _folder_of(paths: Sequence[str]) -> str:
    """The folder that all of these are in, with `/`."""
    return (posixpath.commonpath([posixpath.dirname(path) for path in paths]) or ".") + "/"
