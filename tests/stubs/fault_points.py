"""Where a run can end: at any call that changes a file or uses a connection, or at a named point.

Armed in the process that is to end, whichever of its threads gets there. The points inside a
request are held by the server that is asked (services.py).
"""

from __future__ import annotations

import builtins
import io
import os
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType, TracebackType
from typing import BinaryIO

from i18n_pipeline.durable import TEMPORARY
from i18n_pipeline.workspace import swapping

KILLED = 137
ANY_CALL = "any call"
BEFORE_ANYTHING_IS_SENT = "before anything is sent"

_PO, _LOCK, _TERM = ".po", ".lock", ".md"


@dataclass(frozen=True, slots=True)
class Arm:
    """Where a run ends: the `at`-th time it comes to a point; killed, or sent a signal there."""

    point: str = ANY_CALL
    at: int = 1
    signal: int = 0


class Fuse:
    """Counts `times` up to the one where the process is gone, or is sent its signal."""

    def __init__(self, arm: Arm) -> None:
        self._at, self._signal = arm.at, arm.signal
        self._lock = threading.Lock()
        self.times = 0

    def burn(self) -> None:
        """Come to the point once more."""
        with self._lock:
            self.times += 1
            if self.times != self._at:
                return
            if not self._signal:
                os._exit(KILLED)
            os.kill(os.getpid(), self._signal)


def arm(where: Arm) -> Fuse:
    """Have this process end there."""
    fuse = Fuse(where)
    POINTS[where.point](fuse)
    return fuse


Armed = Callable[[Fuse], None]
When = Callable[..., bool]
Step = Callable[..., None]


def _always(*_: object, **__: object) -> bool:
    return True


def _nothing(*_: object, **__: object) -> None:
    return


def _hook(owner: object, name: str, before: Step = _nothing, after: Step = _nothing) -> None:
    """Do something before and after every call of something."""
    call: Callable[..., object] = getattr(owner, name)

    def hooked(*arguments: object, **more: object) -> object:
        before(*arguments, **more)
        result = call(*arguments, **more)
        after(*arguments, **more)
        return result

    setattr(owner, name, hooked)


def _burning(fuse: Fuse, when: When = _always) -> Step:
    """Come to the point, where a call is one of those meant."""

    def burn(*arguments: object, **more: object) -> None:
        if when(*arguments, **more):
            fuse.burn()

    return burn


def _before(owner: object, name: str, when: When = _always) -> Armed:
    return lambda fuse: _hook(owner, name, before=_burning(fuse, when))


def _after(owner: object, name: str, when: When = _always) -> Armed:
    return lambda fuse: _hook(owner, name, after=_burning(fuse, when))


def _onto(ending: str) -> When:
    """Whether a call renames something to a name with an ending."""
    return lambda _source, target, **_: str(target).endswith(ending)


def _writes(_path: object, mode: object = "r", *_: object, **__: object) -> bool:
    return isinstance(mode, str) and bool(set(mode) & set("wxa+"))


def _any_call(fuse: Fuse) -> None:
    """The points are before and after whatever changes a file or uses a connection."""
    burn = _burning(fuse)
    for name in ("replace", "rename", "unlink", "remove", "mkdir", "fsync"):
        _hook(os, name, burn, burn)
    _hook(swapping, "exchange", burn, burn)
    for name in ("connect", "send", "sendall", "recv", "recv_into"):
        _hook(socket.socket, name, burn, burn)
    writing = _burning(fuse, _writes)
    _hook(io, "open", writing, writing)
    setattr(builtins, "open", io.open)  # noqa: B010 - its overloads are not ours to repeat


@dataclass(frozen=True, slots=True)
class _Halved:
    """A file that comes to the point with half of every write done."""

    file: BinaryIO
    fuse: Fuse

    def __enter__(self) -> _Halved:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.file.close()

    def write(self, data: bytes) -> None:
        half = len(data) // 2
        self.file.write(data[:half])
        self.file.flush()
        self.fuse.burn()
        self.file.write(data[half:])


def _amid_file(ending: str) -> Armed:
    """The point is in the middle of writing a file beside one with an ending."""

    def armed(fuse: Fuse) -> None:
        opened: Callable[..., BinaryIO] = io.open

        def opening(path: object, mode: str = "r", *arguments: object, **more: object) -> object:
            file = opened(path, mode, *arguments, **more)
            beside = str(path).endswith(ending + TEMPORARY)
            return _Halved(file, fuse) if beside and "r" not in mode else file

        setattr(io, "open", opening)  # noqa: B010

    return armed


def _amid_body(fuse: Fuse) -> None:
    """The point is in the middle of sending a request's body, all of which are JSON."""
    whole = socket.socket.sendall

    def halve(name: str) -> None:
        call: Callable[..., object] = getattr(socket.socket, name)

        def sending(self: socket.socket, data: bytes, *more: object) -> object:
            if bytes(data[:1]) != b"{":
                return call(self, data, *more)
            half = len(data) // 2
            whole(self, data[:half])
            fuse.burn()
            whole(self, data[half:])
            return len(data)

        setattr(socket.socket, name, sending)

    halve("send")
    halve("sendall")


def _points() -> Mapping[str, Armed]:
    from filelock import BaseFileLock

    from i18n_pipeline.memory.receipts import Receipts
    from i18n_pipeline.pipeline.asking import Turn
    from i18n_pipeline.pipeline.budget import Budget

    return MappingProxyType({
        ANY_CALL: _any_call,
        BEFORE_ANYTHING_IS_SENT: _before(Budget, "look"),
        "after lock": _after(BaseFileLock, "acquire"),
        "after plan": _before(Receipts, "intend"),
        "after intent fsync": _after(Receipts, "intend"),
        "mid request body": _amid_body,
        "after response before receipt": _before(Receipts, "keep"),
        "after receipt before its intent goes": _before(Receipts, "settle"),
        "after receipt before draft": _before(Turn, "_take_in"),
        "mid PO temp": _amid_file(_PO),
        "after PO fsync before rename": _before(swapping, "exchange", _onto(_PO)),
        "after PO rename before state": _after(swapping, "exchange", _onto(_PO)),
        "mid state temp": _amid_file(_LOCK),
        "after state rename": _after(swapping, "exchange", _onto(_LOCK)),
        "between locale files": _after(swapping, "exchange", _onto(_TERM)),
        "mid locale temp": _amid_file(_TERM),
        "before unlock": _before(BaseFileLock, "release"),
    })  # fmt: skip


POINTS = _points()
"""Points that lie in the run itself, by name, and how to arm each; most are the reference's."""
