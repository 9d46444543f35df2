"""Workers that are processes on this machine, started for one kind of work and gone after it.

On Linux they are forked: what they need is there already, and starting one takes milliseconds. A
fork copies the locks that other threads hold and nobody would open again, so it is done only while
this process has one thread. Elsewhere a server process that has imported us is forked (macOS), or
a new one is begun (Windows); what workers need is then sent to each of them once.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain
from time import monotonic
from typing import TYPE_CHECKING, Generic, Protocol, cast

from i18n_pipeline.pipeline.workers.piece import Item, Piece, Result, Shared
from i18n_pipeline.pipeline.workers.wire import packed, unpacked
from i18n_pipeline.values import dataclass, field

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

_BATCH = 0.05
"""Seconds of work in a batch: much more than handing it over takes, little to wait for."""

_WORTH_A_FORK = 0.4
"""Seconds of work from which forked workers were measured to pay (decision 033)."""

_WORTH_A_START = 4.0
"""The same for processes that have to import us first."""

_PATIENCE = 0.1
"""Seconds that threads which have done their work get to end."""

_ROUNDS = 2
"""How often processes are begun for a piece of work; what is left then is done by this one."""

_DIED = "worker processes died again and again; this one did the rest of their work"


@dataclass
class Processes:
    """So many processes. Those of our own choice are forked, or there are none.

    A batch whose worker dies (killed, or out of memory) is done again: by new workers once, then by
    this process.
    """

    count: int
    chosen: bool = False
    _notices: dict[str, None] = field(default_factory=dict)

    def worth(self, seconds: float) -> bool:
        """Whether the work is more than starting workers costs."""
        if self.count < 2 or seconds < _WORTH_A_FORK or _is_daemon():
            return False
        return may_fork() or (self.chosen and seconds >= _WORTH_A_START)

    def each(
        self, piece: Piece[Shared, Item, Result], shared: Shared, items: Sequence[Item]
    ) -> list[Result]:
        """The results of all items, in order."""
        if not self.worth(len(items) * piece.seconds):
            return piece.done(shared, items)
        task = _Task(piece, shared, piece.batches(items, _BATCH))
        done: dict[int, list[Result]] = {}
        for _ in range(_ROUNDS):
            left = [number for number in range(len(task.batches)) if number not in done]
            if left:
                self._round(task, left, done)
        if len(done) < len(task.batches):
            self._notices[_DIED] = None
        numbers = range(len(task.batches))
        parts = (done[at] if at in done else task.batch(at) for at in numbers)
        return list(chain.from_iterable(parts))

    @property
    def notices(self) -> tuple[str, ...]:
        """That workers died, where this process did what they were to do."""
        return tuple(self._notices)

    def end(self) -> None:
        """Workers end with their work."""

    def _round(
        self,
        task: _Task[Shared, Item, Result],
        left: Sequence[int],
        done: dict[int, list[Result]],
    ) -> None:
        """Put what comes of batches into `done`, until all is there or one of the workers dies."""
        forked = may_fork()
        context = multiprocessing.get_context("fork" if forked else _elsewhere())
        with _pool(context, min(self.count, len(left)), task if forked else packed(task)) as pool:
            futures: dict[int, Future[bytes]] = {}
            try:
                for number in left:
                    futures[number] = pool.submit(_done, number)
                for number in left:
                    done[number] = task.read(futures[number].result())
            except BrokenProcessPool:
                for number, future in futures.items():
                    if number not in done and _is_there(future):
                        done[number] = task.read(future.result())


def _is_there(future: Future[bytes]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


class _Batches(Protocol):
    """What a worker knows of its task."""

    def batch(self, number: int, /) -> Sequence[object]:
        """The results of one batch."""


@dataclass(frozen=True, slots=True)
class _Task(Generic[Shared, Item, Result]):
    """What the workers of one piece of work have in common."""

    piece: Piece[Shared, Item, Result]
    shared: Shared
    batches: Sequence[Sequence[Item]]

    def batch(self, number: int) -> list[Result]:
        """The results of one batch."""
        return self.piece.done(self.shared, self.batches[number])

    def read(self, data: bytes) -> list[Result]:
        """What a worker sent back of a batch."""
        return cast("list[Result]", unpacked(data))


def may_fork() -> bool:
    """Whether this process may be forked: on Linux, while no other thread could hold a lock."""
    if sys.platform != "linux":
        return False
    deadline = monotonic() + _PATIENCE
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(max(0.0, deadline - monotonic()))
    return threading.active_count() == 1


def _is_daemon() -> bool:
    """Whether this process is a worker itself, of somebody's pool: it may have no children."""
    return multiprocessing.current_process().daemon


def _elsewhere() -> str:
    """How processes are begun where they cannot be forked from this one."""
    return "spawn" if sys.platform == "win32" else "forkserver"


@contextmanager
def _pool(
    context: BaseContext, count: int, task: _Batches | bytes
) -> Iterator[ProcessPoolExecutor]:
    """Workers that have a task; whatever happens, none of them is left."""
    others = set(multiprocessing.active_children())
    if isinstance(task, bytes) and sys.platform != "win32":
        context.set_forkserver_preload([__name__, "i18n_pipeline.pipeline.full_run"])
    with _frozen():
        pool = ProcessPoolExecutor(count, context, _begin, (task,))
        try:
            with _undisturbed():
                pool.submit(os.getpid)  # where they are forked, all of them now
            yield pool
        except BaseException:
            for process in set(multiprocessing.active_children()) - others:
                process.terminate()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


@contextmanager
def _frozen() -> Iterator[None]:
    """Keep collectors off what is there: a worker's would write into, and so copy, all of it."""
    if gc.get_freeze_count():
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold signals back while processes are forked: they would reach these before `_begin` does."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_task: _Batches | None = None
"""In a worker: what it works on. In the process that the user started: None."""


def _begin(task: _Batches | bytes) -> None:
    """Make this process a worker: it ends with the one that started it, and by its word alone."""
    global _task  # noqa: PLW0603  # a pool hands a worker's task to its process, and to no object
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _task = cast("_Batches", unpacked(task)) if isinstance(task, bytes) else task


def _end_with_parent() -> None:
    """A killed run leaves no workers behind: they would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _done(number: int) -> bytes:
    """In a worker: a batch."""
    assert _task is not None  # noqa: S101  # set by `_begin`
    return packed(_task.batch(number))
