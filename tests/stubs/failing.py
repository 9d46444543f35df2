"""Calls that change files, counted in this process; before any of them something can happen.

The n-th fails as a full disk or a bad one has it fail, or somebody saves a file just then. Only
calls about a folder count. What ends the whole process stands in fault_points.py.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from unittest.mock import patch

from i18n_pipeline.workspace import swapping

OPEN, WRITE, SYNC, MOVE, REMOVE = "open", "write", "fsync", "rename", "unlink"
FOLDER, MODE = "mkdir", "chmod"
READ, LIST = "read", "list"

CHANGING = frozenset({OPEN, WRITE, SYNC, MOVE, REMOVE, FOLDER, MODE})
READING = frozenset({READ, LIST})
FILLING = frozenset({OPEN, WRITE, SYNC, FOLDER})
"""What a full disk refuses: nothing is put there, but names can be changed and taken away."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call that is about to be made: its number from 1, what it does, to which path."""

    number: int
    kind: str
    path: Path


Before = Callable[[Call], None]

_CALLS = {
    SYNC: "fsync",
    MOVE: "replace rename",
    REMOVE: "unlink remove",
    FOLDER: "mkdir",
    MODE: "chmod",
    LIST: "scandir listdir",
}
"""The functions of `os` that are counted, apart from those that open."""


@dataclass(frozen=True)
class Failing:
    """Calls of some kinds fail with an error: the `at`-th, and all after it if it `stays` so."""

    error: int
    at: int
    kinds: frozenset[str] = CHANGING
    stays: bool = False

    def __call__(self, call: Call) -> None:
        """Raise OSError where it is this call's turn."""
        if call.kind in self.kinds and (
            call.number == self.at or (self.stays and call.number > self.at)
        ):
            raise OSError(self.error, os.strerror(self.error), str(call.path))


@dataclass(frozen=True)
class Refusing:
    """Calls of one kind fail whose path ends so."""

    kind: str
    ending: str
    error: int = errno.EIO

    def __call__(self, call: Call) -> None:
        """Raise OSError where it is such a call."""
        if call.kind == self.kind and str(call.path).endswith(self.ending):
            raise OSError(self.error, os.strerror(self.error), str(call.path))


FAULTS: dict[str, Callable[[int], Failing]] = {
    "EIO": lambda at: Failing(errno.EIO, at),
    "EACCES": lambda at: Failing(errno.EACCES, at),
    "ENOSPC": lambda at: Failing(errno.ENOSPC, at, FILLING, stays=True),
    "EROFS": lambda at: Failing(errno.EROFS, at, stays=True),
    "EIO reading": lambda at: Failing(errno.EIO, at, READING),
    "EACCES reading": lambda at: Failing(errno.EACCES, at, READING),
}
"""A bad disk, a right taken away, a full disk, one that became read-only; and while reading."""


@dataclass
class Calls:
    """The calls about a folder so far; `before` is asked before each of the `kinds`."""

    root: Path
    before: Before = lambda _: None
    kinds: frozenset[str] = CHANGING | READING
    made: list[Call] = field(default_factory=list)
    names: dict[int, Path] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def come(self, kind: str, path: object) -> None:
        """A call is about to be made."""
        known = self._path(path)
        if kind not in self.kinds or known is None or not known.is_relative_to(self.root):
            return
        with self.lock:
            call = Call(len(self.made) + 1, kind, known)
            self.made.append(call)
        self.before(call)

    def _path(self, path: object) -> Path | None:
        if isinstance(path, int):
            return self.names.get(path)
        return Path(os.fsdecode(path)) if isinstance(path, str | bytes | os.PathLike) else None

    @contextmanager
    def counted(self) -> Iterator[Calls]:
        """Count what is called meanwhile, from any thread."""
        opening = _opening(self, io.open)
        with ExitStack() as stack:
            for kind, names in _CALLS.items():
                for name in names.split():
                    hooked = _hooked(self, kind, getattr(os, name))
                    stack.enter_context(patch.object(os, name, hooked))
            exchanging = _hooked(self, MOVE, swapping.exchange)
            stack.enter_context(patch.object(swapping, "exchange", exchanging))
            stack.enter_context(patch.object(os, "open", _os_opening(self, os.open)))
            stack.enter_context(patch.object(io, "open", opening))
            stack.enter_context(patch.object(builtins, "open", opening))
            yield self


def _hooked(calls: Calls, kind: str, call: Callable[..., object]) -> Callable[..., object]:
    def hooked(*arguments: object, **more: object) -> object:
        # A rename is about what is renamed to, if it is not the only name given.
        named = arguments[1] if kind == MOVE and len(arguments) > 1 else (*arguments, ".")[0]
        calls.come(kind, named)
        return call(*arguments, **more)

    return hooked


def _os_opening(calls: Calls, call: Callable[..., int]) -> Callable[..., int]:
    def opening(path: object, flags: int, *arguments: object, **more: object) -> int:
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        calls.come(OPEN if writes else READ, path)
        handle = call(path, flags, *arguments, **more)
        if isinstance(path, str | os.PathLike):
            calls.names[handle] = Path(path)
        return handle

    return opening


def _opening(calls: Calls, call: Callable[..., IO[bytes]]) -> Callable[..., object]:
    def opening(path: object, mode: str = "r", *arguments: object, **more: object) -> object:
        writes = bool(set(mode) & set("wxa+"))
        if not isinstance(path, int):  # that was counted when it was opened
            calls.come(OPEN if writes else READ, path)
        file = call(path, mode, *arguments, **more)
        if not writes:
            return file
        if isinstance(path, str | os.PathLike):
            calls.names[file.fileno()] = Path(path)
        return _File(file, calls)

    return opening


@dataclass
class _File:
    """A file whose writes are counted; one that fails has written half of what it was given."""

    file: IO[bytes]
    calls: Calls

    def __getattr__(self, name: str) -> object:
        return getattr(self.file, name)

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def write(self, data: bytes) -> int:
        half = len(data) // 2
        self.file.write(data[:half])
        self.file.flush()
        self.calls.come(WRITE, self.file.fileno())
        self.file.write(data[half:])
        return len(data)
