"""What each commit made of the project's files, against all of its parents.

A merge is told only of files that are as in none of its parents: what it merely brings was made by
other commits, which are told of themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

from i18n_pipeline.history import Commit, History
from i18n_pipeline.history.records import Records
from i18n_pipeline.history.running import git
from i18n_pipeline.values import dataclass


@dataclass(frozen=True, slots=True)
class _Row:
    """A file of one commit: blobs in each parent and now, "" where there is none."""

    commit: Commit
    path: str
    old: str
    before: tuple[str, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """A commit, and the files it changed: for each its blobs in every parent, and its own.

    "" is the blob of a file that is not there.
    """

    commit: Commit
    files: tuple[tuple[tuple[str, ...], str], ...]


def steps(
    history: History, paths: Sequence[str], folders: Sequence[str], most: int = 50_000
) -> Iterator[Step]:
    """What commits made of files, the newest first; under earlier names in the same folders too.

    `folders` are where to look, relative to the project; at most `most` commits are looked at.
    """
    if history.missing or not history.resolve("HEAD"):
        return
    for rows in _by_commit(_followed(_rows(history, folders, most), set(paths))):
        yield Step(rows[0].commit, tuple((row.before, row.after) for row in rows))


def _by_commit(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    for _, found in groupby(rows, key=lambda row: row.commit):
        yield list(found)


def _followed(rows: Iterable[_Row], wanted: set[str]) -> Iterator[_Row]:
    """The rows of files that are wanted, going back under the names they had."""
    for row in rows:
        if row.path in wanted:
            wanted.add(row.old)
            yield row


def _rows(history: History, folders: Sequence[str], most: int) -> Iterator[_Row]:
    """The files of `git log --raw -z`, newest commit first.

    A colon, a mode and a blob for each parent, then the result's, a status, and one path or two
    (git-diff-tree(1), "Diff format for merges").
    """
    records = Records.asked()
    log = git(
        history.root, "-c", "log.showRoot=true", "log", f"--max-count={most}",
        f"--format={records.format}", "--raw", "-z", "--abbrev=64", "--find-renames=60%",
        "--diff-merges=combined", "HEAD", "--", *(folders or (".",)),
    ).stdout  # fmt: skip
    for commit, rest in records.read(log):
        rows = iter(rest)
        for row in rows:
            about = row.lstrip(b"\n").decode("utf-8", "surrogateescape")
            if about.startswith(":"):
                yield _row(commit, about, rows, history.prefix)


def _row(commit: Commit, about: str, names: Iterator[bytes], prefix: str) -> _Row:
    parents = len(about) - len(about.lstrip(":"))
    fields = about.lstrip(":").split(" ")
    *before, after = (_blob(one) for one in fields[parents + 1 : 2 * parents + 2])
    count = 2 if fields[-1][0] in "RC" and parents == 1 else 1
    paths = [
        name.decode("utf-8", "surrogateescape").removeprefix(prefix)
        for name in islice(names, count)
    ]
    return _Row(commit, paths[-1], paths[0], tuple(before), after)


def _blob(name: str) -> str:
    return name if name.strip("0") else ""
