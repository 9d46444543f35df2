"""How many requests are under way at once: few at first, more while all goes well, half when told.

Additive increase, multiplicative decrease (RFC 5681 does it for packets). A service that says it
is asked too much was asked by those too many whom it sent away: after halving, the number grows
back quickly to just below that, and above it only rarely, less rarely the longer that goes well.
A service that is out of order says nothing about how many it can serve: only the halving is left.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_START = 2
_PATIENCE = 32
"""Answers in a row before one request more is tried than the service was known to take."""
_LEAST_PATIENCE = 8
_MOST_PATIENCE = 1024


class Pace:
    """The number of requests at once, shared by all threads that ask one provider."""

    def __init__(self, most: int, start: int = _START) -> None:
        self._most = max(1, most)
        self._limit = max(1, min(start, most))
        self._ceiling = self._most
        self._patience = _PATIENCE
        self._probing = False
        self._under_way = 0
        self._well = 0
        self._trouble = 0
        self._free = threading.Condition()
        self._thread = threading.local()

    @property
    def limit(self) -> int:
        """How many requests may be under way now."""
        return self._limit

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """Wait for a turn to send one request; say on the turn what became of it."""
        with self._free:
            while self._under_way >= self._limit:
                self._free.wait()
            self._under_way += 1
            turn = Turn(self, self._trouble)
        outer, self._thread.turn = getattr(self._thread, "turn", None), turn
        try:
            yield turn
        finally:
            self._thread.turn = outer
            self._end(turn)

    def served(self) -> None:
        """The reply to this thread's request is here: what we do with it nobody need wait for."""
        turn = getattr(self._thread, "turn", None)
        if turn is not None:
            self._end(turn)

    def _end(self, turn: Turn) -> None:
        with self._free:
            if not turn.over:
                turn.over = True
                self._under_way -= 1
                self._free.notify_all()

    def _fared_well(self) -> None:
        with self._free:
            self._well += 1
            if self._limit < self._ceiling:
                # One more for each success doubles the number in one round trip.
                self._more()
            elif self._limit < self._most and self._well >= self._patience:
                if self._probing:
                    self._patience = max(_LEAST_PATIENCE, self._patience // 2)
                self._probing = True
                self._more()
                self._ceiling = self._limit

    def _more(self) -> None:
        self._limit += 1
        self._well = 0
        self._free.notify_all()

    def _fared_badly(self, turn: Turn, *, crowded: bool) -> None:
        """Halve, once for all requests that were under way together."""
        with self._free:
            trouble = turn.trouble
            first, same = trouble == self._trouble, trouble == self._trouble - 1
            if first:
                self._trouble += 1
                self._limit = max(1, self._limit // 2)
                self._well = 0
            if first and crowded:
                self._probing = False
                self._patience = min(self._patience * 2, _MOST_PATIENCE)
            if crowded and (first or same):
                # Those still under way are served, or will say so here themselves.
                others = self._under_way - (not turn.over)
                below = min(self._ceiling, others)
                self._ceiling = max(self._limit, below)


class Turn:
    """One request; `trouble` is the number of the trouble it would be the first in.

    It is under way until it is `over`.
    """

    def __init__(self, pace: Pace, trouble: int) -> None:
        self.over = False
        self.trouble = trouble
        self._pace = pace

    def fared_well(self) -> None:
        """It was answered."""
        self._pace._fared_well()  # noqa: SLF001 - one value in two classes

    def was_too_many(self) -> None:
        """The service says that it is asked too much."""
        self._pace._fared_badly(self, crowded=True)  # noqa: SLF001

    def went_wrong(self) -> None:
        """The service is out of order, or did not answer."""
        self._pace._fared_badly(self, crowded=False)  # noqa: SLF001
