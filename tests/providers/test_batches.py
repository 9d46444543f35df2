from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.errors import QuotaExceeded, RequestRefused
from i18n_pipeline.providers.base import Answer, Limits, Provider, Request
from i18n_pipeline.providers.batches import Delivered, Refused, cut, send


@dataclass
class Picky(Provider):
    """Refuses every request that holds a bad text, counts the others."""

    bad: frozenset[str] = frozenset()
    room: Limits = field(default_factory=lambda: Limits(50, 1000))
    requests: int = 0
    billed: list[str] = field(default_factory=list)
    name: str = "picky"
    label: str = "Picky"

    @property
    def limits(self) -> Limits:
        return self.room

    def supports(self, source: str, target: str) -> bool:
        return source != target

    def wire_size(self, request: Request) -> int:
        return 10 + len(",".join(request.texts))

    def translate(self, request: Request) -> Answer:
        self.requests += 1
        if self.bad & set(request.texts):
            raise RequestRefused("not well-formed")
        self.billed += request.texts
        return Answer(tuple(text.upper() for text in request.texts), len(request.texts))


def request(*texts: str) -> Request:
    return Request("en", "ja", texts)


def test_a_good_request_is_sent_once() -> None:
    provider = Picky()
    (delivered,) = send(provider, request("a", "b"))
    assert isinstance(delivered, Delivered)
    assert delivered.answer.texts == ("A", "B")
    assert provider.requests == 1


@given(st.sets(st.integers(0, 49)), st.integers(1, 50))
def test_each_bad_text_is_alone_in_the_end_and_each_good_one_billed_once(
    bad: set[int], count: int
) -> None:
    texts = [str(number) for number in range(count)]
    provider = Picky(frozenset(map(str, bad)))
    outcomes = list(send(provider, request(*texts)))
    assert [out.first for out in outcomes] == sorted(out.first for out in outcomes)
    assert [text for out in outcomes for text in out.request.texts] == texts
    refused = {out.request.texts for out in outcomes if isinstance(out, Refused)}
    assert refused == {(text,) for text in texts if int(text) in bad}
    assert provider.billed == [text for text in texts if int(text) not in bad]


def test_one_bad_text_of_fifty_costs_a_dozen_requests() -> None:
    provider = Picky(frozenset({"17"}))
    list(send(provider, request(*map(str, range(50)))))
    assert provider.requests <= 13


def test_a_text_too_long_for_any_request_is_refused_unsent() -> None:
    provider = Picky()
    (refused,) = send(provider, request("x" * 2000))
    assert isinstance(refused, Refused)
    assert "2010 bytes, 1000 at most" in refused.reason
    assert provider.requests == 0


def test_what_was_delivered_before_another_failure_is_already_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    provider = Picky(frozenset({"b"}))
    outcomes = send(provider, request("a", "b", "c", "d"))
    assert isinstance(next(outcomes), Delivered)
    monkeypatch.setattr(Picky, "translate", _used_up)
    with pytest.raises(QuotaExceeded):
        next(outcomes)


def _used_up(self: Picky, request: Request) -> Answer:
    raise QuotaExceeded("used up")


def test_nothing_is_sent_for_no_texts() -> None:
    provider = Picky()
    assert list(send(provider, request())) == []
    assert list(cut(request(), provider)) == []
    assert provider.requests == 0


SIZES = st.integers(0, 400) | st.integers(900, 1100)


@given(st.lists(SIZES.map(lambda size: "x" * size)), st.integers(1, 5))
def test_cutting_keeps_texts_and_order_and_only_a_text_too_long_breaks_a_limit(
    texts: list[str], most: int
) -> None:
    provider = Picky(room=Limits(most, 1000))
    batches = list(cut(request(*texts), provider))
    assert [text for batch in batches for text in batch.texts] == texts
    for batch in batches:
        assert 1 <= len(batch.texts) <= most
        assert len(batch.texts) == 1 or provider.wire_size(batch) <= 1000


@given(st.lists(st.integers(0, 500), min_size=1), st.integers(0, 1000))
def test_shares_of_a_bill_known_only_as_a_sum_add_up(sizes: list[int], billed: int) -> None:
    answer = Answer(tuple("x" * size for size in sizes), billed)
    assert sum(answer.billed_for(position) for position in range(len(sizes))) == billed
