"""How many requests are under way at once: few at first, more while all goes well, half when told.

Additive increase, multiplicative decrease (RFC 5681 does it for packets): a service that says it
is busy was asked by one too many, so after halving the number grows back quickly to just below
what failed, and above that only rarely.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_START = 2
_FIRST_PATIENCE = 32
_LONGEST_PATIENCE = 1024


class Pace:
    """The number of requests at once, shared by all threads that ask one provider."""

    def __init__(self, most: int, start: int = _START) -> None:
        self._most = max(1, most)
        self._limit = max(1, min(start, most))
        self._ceiling = self._most
        self._patience = _FIRST_PATIENCE
        self._under_way = 0
        self._well = 0
        self._generation = 0
        self._free = threading.Condition()

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
            turn = Turn(self, self._generation, self._under_way)
        try:
            yield turn
        finally:
            with self._free:
                self._under_way -= 1
                self._free.notify_all()

    def _fared_well(self) -> None:
        with self._free:
            self._well += 1
            if self._limit < self._ceiling:
                # One more for each success doubles the number in one round trip.
                self._limit += 1
                self._well = 0
            elif self._limit < self._most and self._well >= self._patience:
                self._limit += 1
                self._ceiling = self._limit
                self._well = 0
            self._free.notify_all()

    def _was_busy(self, generation: int, together: int) -> None:
        """Halve, once for all requests that were under way together."""
        with self._free:
            if generation != self._generation:
                return
            self._generation += 1
            self._limit = max(1, self._limit // 2)
            self._ceiling = max(self._limit, together - 1)
            self._patience = min(self._patience * 2, _LONGEST_PATIENCE)
            self._well = 0


class Turn:
    """One request under way, `together` with how many, itself included."""

    def __init__(self, pace: Pace, generation: int, together: int) -> None:
        self._pace = pace
        self._generation = generation
        self._together = together

    def fared_well(self) -> None:
        """It was answered."""
        self._pace._fared_well()  # noqa: SLF001 - one value in two classes

    def was_busy(self) -> None:
        """The service says that it is asked too much."""
        self._pace._was_busy(self._generation, self._together)  # noqa: SLF001
