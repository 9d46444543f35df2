from __future__ import annotations

from collections.abc import Iterable

import pytest

from i18n_pipeline.errors import I18nError, ProviderUnavailable, QuotaExceeded, RateLimited
from i18n_pipeline.providers.retry import Again, Fault, Patience, persist, sent_once
from tests.providers.conftest import Clock

BUSY = Again(Fault.BUSY, RateLimited("slow down"))
BROKEN = Again(Fault.BROKEN, ProviderUnavailable("out of order"))


class Attempts:
    """Raises what it is given, one a call, then answers."""

    def __init__(self, raised: Iterable[Exception]) -> None:
        self.raised = list(raised)
        self.calls = 0

    def __call__(self) -> str:
        self.calls += 1
        if self.raised:
            raise self.raised.pop(0)
        return "answer"


def lost() -> Again:
    return Again(Fault.LOST, ProviderUnavailable("no answer"))


def test_waits_double_with_full_jitter_until_the_answer_comes(clock: Clock) -> None:
    assert persist(Attempts([BROKEN] * 3), clock.waiting) == ("answer", 0)
    assert clock.slept == [0.5, 1.0, 2.0]


def test_the_wait_a_service_asks_for_is_kept(clock: Clock) -> None:
    asked = Again(Fault.BUSY, RateLimited("slow down"), after=7.0)
    persist(Attempts([asked]), clock.waiting)
    assert clock.slept == [7.0]


def test_a_wait_too_long_to_sit_out_ends_the_tries_at_once(clock: Clock) -> None:
    asked = Again(Fault.BUSY, RateLimited("slow down"), after=301.0)
    with pytest.raises(RateLimited):
        persist(Attempts([asked]), clock.waiting)
    assert clock.slept == []


@pytest.mark.parametrize(
    ("again", "tries"), [(BUSY, 8), (BROKEN, 5), (lost(), 2)], ids=["busy", "broken", "lost"]
)
def test_each_fault_has_its_number_of_tries(clock: Clock, again: Again, tries: int) -> None:
    attempts = Attempts([again] * 100)
    with pytest.raises(type(again.error)):
        persist(attempts, clock.waiting)
    assert attempts.calls == tries


def test_what_may_have_been_billed_is_sent_once(clock: Clock) -> None:
    attempts = Attempts([BUSY, BROKEN, lost()])
    with pytest.raises(ProviderUnavailable, match="no answer") as failure:
        persist(attempts, clock.waiting, sent_once())
    assert (attempts.calls, failure.value.unanswered) == (3, 1)


def test_the_total_deadline_ends_the_tries(clock: Clock) -> None:
    asked = Again(Fault.BUSY, RateLimited("slow down"), after=40.0)
    with pytest.raises(RateLimited):
        persist(Attempts([asked] * 100), clock.waiting, Patience(deadline=100.0))
    assert clock.slept == [40.0, 40.0]


def test_tries_without_an_answer_are_counted_in_a_success(clock: Clock) -> None:
    assert persist(Attempts([lost()]), clock.waiting) == ("answer", 1)


@pytest.mark.parametrize(
    "end", [lost(), QuotaExceeded("used up")], ids=["lost again", "another failure"]
)
def test_tries_without_an_answer_are_counted_in_a_failure(clock: Clock, end: Exception) -> None:
    with pytest.raises(I18nError) as failure:
        persist(Attempts([lost(), end]), clock.waiting)
    assert failure.value.unanswered == (2 if isinstance(end, Again) else 1)


def test_other_failures_are_not_tried_again(clock: Clock) -> None:
    attempts = Attempts([QuotaExceeded("used up")])
    with pytest.raises(QuotaExceeded):
        persist(attempts, clock.waiting)
    assert (attempts.calls, clock.slept) == (1, [])
