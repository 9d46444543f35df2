"""Blobs: many at once, or one after the other by a git that stays; none is held twice."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol, cast

from i18n_pipeline.history.running import arguments, surroundings


class Blobs(Protocol):
    """Gives the bytes of a blob by its id; b"" for one that git does not have."""

    def __call__(self, blob: str, /) -> bytes:
        """The bytes."""


def blobs_of(root: Path, ids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Blobs by their ids, asked for all at once; without those that git does not have."""
    with _batch(root) as process:
        # A thread: a pipe that is full both ways would wait for good.
        asking = threading.Thread(target=_ask_all, args=(process.stdin, ids))
        asking.start()
        yield from objects_in(cast("IO[bytes]", process.stdout))
        asking.join()


def _ask_all(asked: IO[bytes], ids: Sequence[str]) -> None:
    with suppress(BrokenPipeError), asked:
        asked.write(os.fsencode("\n".join(ids)))


@contextmanager
def reading_blobs(root: Path) -> Iterator[Blobs]:
    """A reader of the blobs of the repository that a folder is in, while the context lasts."""
    with _batch(root) as process:
        ask = cast("IO[bytes]", process.stdin)
        yield _Reader(ask, cast("IO[bytes]", process.stdout))
        ask.close()
        process.terminate()


def objects_in(answer: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    """Ids and bytes of what `git cat-file --batch` answers, without what it does not have."""
    while line := answer.readline():
        blob, data = _object(line, answer)
        if data is not None:
            yield blob, data


def _object(line: bytes, answer: IO[bytes]) -> tuple[str, bytes | None]:
    """What an answer says that begins with a line: `<id> <type> <size>`, bytes, LF."""
    head = line.decode("utf-8", "replace").split()
    if len(head) != 3 or not head[2].isdigit():
        return "", None
    data = answer.read(int(head[2]))
    answer.read(1)
    return head[0], data


def _batch(root: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  # a fixed program, ids that git has given
        arguments("cat-file", "--batch"),
        cwd=root,
        env=surroundings(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


class _Reader:
    def __init__(self, ask: IO[bytes], answer: IO[bytes]) -> None:
        self._ask, self._answer = ask, answer

    def __call__(self, blob: str, /) -> bytes:
        if not blob:
            return b""
        self._ask.write(os.fsencode(blob) + b"\n")
        self._ask.flush()
        return _object(self._answer.readline(), self._answer)[1] or b""
