"""Blobs one after the other, by a git that stays: thousands of versions of a file are no burden."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from i18n_pipeline.history.running import arguments, surroundings


class Blobs(Protocol):
    """Gives the bytes of a blob by its id; b"" for one that git does not have."""

    def __call__(self, blob: str, /) -> bytes:
        """The bytes."""


@contextmanager
def reading_blobs(root: Path) -> Iterator[Blobs]:
    """A reader of the blobs of the repository that a folder is in, while the context lasts."""
    process = subprocess.Popen(  # noqa: S603  # a fixed program, ids that git has given
        arguments("cat-file", "--batch"),
        cwd=root,
        env=surroundings(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with process:
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - pipes, above
        yield _Reader(process.stdin, process.stdout)
        process.stdin.close()
        process.terminate()


class _Reader:
    def __init__(self, ask: IO[bytes], answer: IO[bytes]) -> None:
        self._ask, self._answer = ask, answer

    def __call__(self, blob: str, /) -> bytes:
        if not blob:
            return b""
        self._ask.write(os.fsencode(blob) + b"\n")
        self._ask.flush()
        head = self._answer.readline().split()
        if len(head) != 3 or not head[2].isdigit():
            return b""
        data = self._answer.read(int(head[2]))
        self._answer.read(1)
        return data
