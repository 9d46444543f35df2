"""What a run may spend: hard caps, whatever the number of workers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.errors import QuotaExceeded
from i18n_pipeline.pipeline.budget import Budget, Caps, Price, Short
from i18n_pipeline.providers.base import Answer, Limits, Provider, Request, Usage


@dataclass
class Metered(Provider):
    """An engine whose account says what it is told to say."""

    usages: list[Usage | None] = field(default_factory=list)
    looks: int = 0

    name = "metered"
    label = "Metered"
    limits = Limits(50, 1000)

    def supports(self, source: str, target: str) -> bool:
        return source != target

    def translate(self, request: Request) -> Answer:
        return Answer(request.texts, 0)

    def usage(self) -> Usage | None:
        self.looks += 1
        return self.usages.pop(0) if self.usages else None


class Time:
    def __init__(self) -> None:
        self.now = 10.0

    def __call__(self) -> float:
        return self.now


def test_nothing_is_begun_that_could_pass_the_cap() -> None:
    budget, engine = Budget(Caps(characters=100)), Metered()
    assert budget.take(engine, Price(60)) is None
    assert budget.take(engine, Price(41)) is Short.CHARACTERS
    assert budget.take(engine, Price(40)) is None
    assert budget.take(engine, Price(1)) is Short.CHARACTERS


def test_what_was_reserved_and_not_spent_can_be_spent_again() -> None:
    budget, engine = Budget(Caps(characters=100, cost=1.0)), Metered()
    assert budget.take(engine, Price(100, 1.0)) is None
    budget.settle(engine, Price(100, 1.0), Price(30, 0.25))
    assert budget.take(engine, Price(71, 0.1)) is Short.CHARACTERS
    assert budget.take(engine, Price(70, 0.76)) is Short.COST
    assert budget.take(engine, Price(70, 0.75)) is None


def test_a_cost_that_nobody_told_is_taken_for_the_worst() -> None:
    budget, engine = Budget(Caps(cost=1.0)), Metered()
    assert budget.take(engine, Price(1, 0.75)) is None
    budget.settle(engine, Price(1, 0.75), Price(1, None))
    assert budget.take(engine, Price(1, 0.5)) is Short.COST


@given(st.integers(0, 500), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50))))
def test_spent_and_under_way_together_never_pass_the_cap(
    cap: int, requests: list[tuple[int, int]]
) -> None:
    budget, engine = Budget(Caps(characters=cap)), Metered()

    def send(request: tuple[int, int]) -> int:
        worst, less = request
        if budget.take(engine, Price(worst)) is not None:
            return 0
        spent = max(0, worst - less)
        budget.settle(engine, Price(worst), Price(spent))
        return spent

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(send, requests)) <= cap


def test_an_allowance_holds_what_is_spent_and_under_way_and_leaves_the_reserve() -> None:
    engine = Metered([Usage(900, 1000)])
    budget = Budget(Caps(reserve=20), Time())
    budget.look(engine)
    assert budget.take(engine, Price(50)) is None
    assert budget.take(engine, Price(31)) is Short.ACCOUNT
    budget.settle(engine, Price(50), Price(10))
    assert budget.take(engine, Price(70)) is None


def test_an_account_is_asked_again_after_a_while_or_many_characters() -> None:
    time, engine = Time(), Metered([Usage(0, 10**6)] * 9)
    budget = Budget(clock=time)
    budget.look(engine)
    budget.look(engine)
    assert engine.looks == 1
    time.now += 61
    budget.look(engine)
    assert engine.looks == 2
    budget.take(engine, Price(100_000))
    budget.look(engine)
    assert engine.looks == 3


def test_what_is_under_way_counts_beside_a_number_just_asked_for() -> None:
    time, engine = Time(), Metered([Usage(0, 100), Usage(0, 100)])
    budget = Budget(clock=time)
    budget.look(engine)
    budget.take(engine, Price(60))
    time.now += 61
    budget.look(engine)
    assert budget.take(engine, Price(41)) is Short.ACCOUNT
    budget.settle(engine, Price(60), Price(60))
    assert budget.take(engine, Price(41)) is Short.ACCOUNT


def test_an_account_that_is_used_up_is_a_failure_before_anything_is_sent() -> None:
    with pytest.raises(QuotaExceeded, match="allowance of 1000 characters"):
        Budget().look(Metered([Usage(1000, 1000)]))


@pytest.mark.parametrize("usage", [None, Usage(5, None)])
def test_an_account_that_tells_nothing_or_has_no_limit_holds_everything(
    usage: Usage | None,
) -> None:
    engine, budget = Metered([usage]), Budget()
    budget.look(engine)
    assert budget.take(engine, Price(10**9)) is None
