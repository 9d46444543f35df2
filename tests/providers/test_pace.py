from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from i18n_pipeline.errors import ProviderUnavailable, RateLimited
from i18n_pipeline.providers.base import Waiting
from i18n_pipeline.providers.pace import Pace, Turn
from i18n_pipeline.providers.retry import Again, Fault, persist

MOST = 8
NOW = Waiting(sleep=lambda _: None, clock=lambda: 0.0)


@contextmanager
def together(pace: Pace, count: int) -> Iterator[list[Turn]]:
    """So many requests, all under way at once."""
    with ExitStack() as stack:
        yield [stack.enter_context(pace.turn()) for _ in range(count)]


def fare_well(pace: Pace, times: int) -> None:
    """One request after the other is answered."""
    for _ in range(times):
        with pace.turn() as turn:
            turn.fared_well()


def answers_until_more(pace: Pace) -> int:
    """How many answers in a row it takes until one more may be under way."""
    limit, answers = pace.limit, 0
    while pace.limit == limit:
        fare_well(pace, 1)
        answers += 1
    return answers


def last_was_too_many(pace: Pace) -> None:
    """As many requests as it lets, and the last of them was one too many."""
    with together(pace, pace.limit) as turns:
        turns[-1].was_too_many()


def test_it_starts_with_few_and_doubles_each_round_while_all_goes_well() -> None:
    pace = Pace(MOST)
    limits = [pace.limit]
    for _ in range(3):
        with together(pace, pace.limit) as turns:
            for turn in turns:
                turn.fared_well()
        limits.append(pace.limit)
    assert limits == [2, 4, 8, 8]


@pytest.mark.parametrize("most", [0, 1, 2, 5])
def test_it_never_lets_more_through_than_it_was_told_and_always_one(most: int) -> None:
    pace = Pace(most)
    fare_well(pace, 200)
    assert pace.limit == max(1, most)


@pytest.mark.parametrize("trouble", [Turn.was_too_many, Turn.went_wrong])
def test_it_halves_once_for_all_that_were_under_way_together(
    trouble: Callable[[Turn], None],
) -> None:
    pace = Pace(MOST)
    fare_well(pace, MOST)
    with together(pace, MOST) as turns:
        for turn in turns:
            trouble(turn)
    assert pace.limit == MOST // 2


def test_it_halves_again_for_a_request_begun_after_that() -> None:
    pace = Pace(MOST)
    fare_well(pace, MOST)
    for _ in range(5):
        with pace.turn() as turn:
            turn.was_too_many()
    assert pace.limit == 1


def test_it_is_soon_back_just_below_what_was_too_many_and_no_higher() -> None:
    pace = Pace(MOST)
    fare_well(pace, MOST)
    with together(pace, 5):
        others = [pace.turn() for _ in range(MOST - 5)]
        for other, turn in [(other, other.__enter__()) for other in others]:
            turn.was_too_many()
            other.__exit__(None, None, None)
    assert pace.limit == 4
    fare_well(pace, 31)
    assert pace.limit == 5


def test_above_what_was_too_many_it_tries_one_more_rarely_then_less_rarely() -> None:
    pace = Pace(MOST)
    fare_well(pace, 1)
    last_was_too_many(pace)
    assert pace.limit == 1
    assert [answers_until_more(pace) for _ in range(7)] == [1, 64, 64, 32, 16, 8, 8]
    assert pace.limit == MOST


def test_each_try_that_was_too_many_makes_the_next_one_rarer() -> None:
    pace = Pace(MOST)
    fare_well(pace, 1)
    waits = []
    for _ in range(6):
        last_was_too_many(pace)
        assert answers_until_more(pace) == 1
        waits.append(answers_until_more(pace))
    assert waits == [64, 128, 256, 512, 1024, 1024]


def test_a_service_that_is_out_of_order_says_nothing_about_how_many_it_serves() -> None:
    pace = Pace(MOST)
    with pace.turn() as turn:
        turn.went_wrong()
    assert pace.limit == 1
    fare_well(pace, MOST)
    assert pace.limit == MOST


@pytest.mark.parametrize(
    ("fault", "after"), [(Fault.BUSY, 4), (Fault.BROKEN, MOST), (Fault.LOST, MOST)]
)
def test_a_retried_request_tells_its_pace_what_went_wrong(fault: Fault, after: int) -> None:
    pace = Pace(MOST)
    fare_well(pace, MOST)
    raised = [Again(fault, RateLimited("slow down"))]

    def attempt() -> str:
        if raised:
            raise raised.pop()
        return "answer"

    with together(pace, 3):
        assert persist(attempt, NOW, pace=pace)[0] == "answer"
    fare_well(pace, 20)
    assert pace.limit == after


def test_a_turn_is_given_back_when_the_request_fails_for_good() -> None:
    pace = Pace(1)

    def attempt() -> str:
        raise ProviderUnavailable("gone")

    for _ in range(3):
        with pytest.raises(ProviderUnavailable):
            persist(attempt, NOW, pace=pace)
    fare_well(pace, 1)


class Waits(Exception):
    """Raised in place of waiting."""


def has_to_wait(pace: Pace, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether a request that wants to begin now has to wait."""

    def wait() -> None:
        raise Waits

    with monkeypatch.context() as patched:
        patched.setattr(pace._free, "wait", wait)
        try:
            with pace.turn():
                return False
        except Waits:
            return True


def test_a_request_waits_while_as_many_as_may_are_under_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pace = Pace(MOST)
    with together(pace, pace.limit - 1):
        assert not has_to_wait(pace, monkeypatch)
        with pace.turn() as last:
            assert has_to_wait(pace, monkeypatch)
            last.went_wrong()
        assert has_to_wait(pace, monkeypatch)
    assert not has_to_wait(pace, monkeypatch)


OUTCOMES = (Turn.fared_well, Turn.was_too_many, Turn.went_wrong)


class Traffic(RuleBasedStateMachine):
    """Requests that begin when they may and end in any order, in any way."""

    def __init__(self) -> None:
        super().__init__()
        self.pace = Pace(5)
        self.open: list[tuple[AbstractContextManager[Turn], Turn]] = []
        self.begun = 0

    @precondition(lambda self: len(self.open) < self.pace.limit)
    @rule()
    def begin(self) -> None:
        turn = self.pace.turn()
        self.open.append((turn, turn.__enter__()))
        assert len(self.open) <= self.pace.limit

    @precondition(lambda self: self.open)
    @rule(data=st.data(), outcome=st.sampled_from(OUTCOMES))
    def end(self, data: st.DataObject, outcome: Callable[[Turn], None]) -> None:
        context, turn = self.open.pop(data.draw(st.integers(0, len(self.open) - 1)))
        before = self.pace.limit
        outcome(turn)
        assert self.pace.limit <= before + (outcome is Turn.fared_well)
        assert self.pace.limit >= before // 2
        context.__exit__(None, None, None)

    @invariant()
    def some_but_not_too_many(self) -> None:
        assert 1 <= self.pace.limit <= 5

    def teardown(self) -> None:
        for context, _ in self.open:
            context.__exit__(None, None, None)


TestTraffic = Traffic.TestCase


@settings(max_examples=20, deadline=None)
@given(
    most=st.integers(1, 6),
    threads=st.integers(1, 12),
    outcomes=st.lists(st.sampled_from(OUTCOMES), min_size=1, max_size=60),
)
def test_threads_never_lock_each_other_out_nor_pass_the_limit(
    most: int, threads: int, outcomes: list[Callable[[Turn], None]]
) -> None:
    pace, lock = Pace(most), threading.Lock()
    left, under_way, peak = list(outcomes), 0, 0

    def work() -> None:
        nonlocal under_way, peak
        while True:
            with lock:
                if not left:
                    return
                outcome = left.pop()
            with pace.turn() as turn:
                with lock:
                    under_way += 1
                    peak = max(peak, under_way)
                outcome(turn)
                with lock:
                    under_way -= 1

    workers = [threading.Thread(target=work, daemon=True) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert not any(worker.is_alive() for worker in workers)
    assert peak <= most


def test_a_reply_that_is_here_makes_room_before_we_have_read_it() -> None:
    pace = Pace(1)
    with pace.turn() as first:
        pace.served()
        with pace.turn() as second:
            assert (first.over, second.over) == (True, False)
        first.fared_well()
    with pace.turn():
        pass
    assert pace._under_way == 0


def test_what_is_served_in_no_turn_changes_nothing() -> None:
    pace = Pace(2)
    pace.served()
    with pace.turn(), pace.turn():
        assert pace._under_way == 2
    assert pace._under_way == 0
