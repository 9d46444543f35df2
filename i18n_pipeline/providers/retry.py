"""Trying again: how often, how long between, and when to stop; the only place that waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from i18n_pipeline.errors import I18nError
from i18n_pipeline.providers.base import Waiting
from i18n_pipeline.providers.pace import Pace
from i18n_pipeline.values import dataclass, field

T = TypeVar("T")


class Fault(StrEnum):
    """What is wrong with a service for now.

    LOST is a request that went out and got no answer: it may have been done, and billed.
    """

    BUSY = "busy"
    BROKEN = "broken"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Limit:
    """How one fault is retried: `tries` in all, waits doubling up to `longest` seconds."""

    tries: int
    longest: float


def _limits() -> Mapping[Fault, Limit]:
    return MappingProxyType(
        {Fault.BUSY: Limit(8, 60.0), Fault.BROKEN: Limit(5, 30.0), Fault.LOST: Limit(2, 30.0)}
    )


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one request is tried for; seconds.

    A service that asks for more than `longest_asked` is left alone: the run can go on later.
    """

    limits: Mapping[Fault, Limit] = field(default_factory=_limits)
    first: float = 1.0
    longest_asked: float = 300.0
    deadline: float = 600.0


def sent_once() -> Patience:
    """For what may have been billed: sent again only by whoever pays, within the budget."""
    return Patience({**_limits(), Fault.LOST: Limit(1, 0.0)})


class Again(Exception):
    """Raised by an attempt that may succeed later; `error` is raised when patience ends.

    `after` are the seconds the service asked to wait, None where it did not say.
    """

    def __init__(self, fault: Fault, error: I18nError, after: float | None = None) -> None:
        super().__init__(error.message)
        self.fault = fault
        self.error = error
        self.after = after


@dataclass(slots=True)
class _Course:
    """How far the tries of one call have come."""

    patience: Patience
    waiting: Waiting
    end: float
    seen: dict[Fault, int] = field(default_factory=dict)

    @property
    def lost(self) -> int:
        return self.seen.get(Fault.LOST, 0)

    def wait_or_raise(self, again: Again) -> None:
        self.seen[again.fault] = self.seen.get(again.fault, 0) + 1
        pause = self._pause(again)
        late = self.waiting.clock() + pause > self.end
        spent = self.seen[again.fault] >= self.patience.limits[again.fault].tries
        if spent or late or pause > self.patience.longest_asked:
            raise again.error from None
        self.waiting.sleep(pause)

    def _pause(self, again: Again) -> float:
        if again.after is not None:
            return again.after
        doubled: float = self.patience.first * 2 ** (self.seen[again.fault] - 1)
        # Full jitter: workers that failed together must not come back together.
        return min(doubled, self.patience.limits[again.fault].longest) * self.waiting.chance()


def persist(
    attempt: Callable[[], T],
    waiting: Waiting,
    patience: Patience | None = None,
    pace: Pace | None = None,
) -> tuple[T, int]:
    """The result of an attempt that may raise `Again`, and how many tries before it were lost.

    Each try takes a turn of the `pace`, which slows down when a try fails. Raises the error of
    the last `Again`, or what else the attempt raises; an `I18nError` says in `unanswered` how
    many tries were lost.
    """
    patience = patience or Patience()
    course = _Course(patience, waiting, waiting.clock() + patience.deadline)
    while True:
        try:
            try:
                return _in_turn(attempt, pace), course.lost
            except Again as again:
                course.wait_or_raise(again)
        except I18nError as error:
            error.unanswered += course.lost
            raise


def _in_turn(attempt: Callable[[], T], pace: Pace | None) -> T:
    if pace is None:
        return attempt()
    with pace.turn() as turn:
        try:
            result = attempt()
        except Again as again:
            if again.fault is Fault.BUSY:
                turn.was_too_many()
            else:
                turn.went_wrong()
            raise
        turn.fared_well()
        return result
