"""Asking: who is asked what, in which company, and what it costs."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from i18n_pipeline.errors import (
    NotAuthorised,
    ProviderUnavailable,
    QuotaExceeded,
    RequestRefused,
    Unanswered,
)
from i18n_pipeline.glossary import Glossary
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.memory.receipts import Receipts
from i18n_pipeline.model import Kind, QualityIssue, Segment, Unit
from i18n_pipeline.pipeline.asking import Desk, Turn
from i18n_pipeline.pipeline.budget import Budget, Caps, Price, Short
from i18n_pipeline.pipeline.lots import Asked, Lot, Side
from i18n_pipeline.pipeline.sending import Sender
from i18n_pipeline.placeholders import Form
from i18n_pipeline.providers.base import (
    Answer,
    Cost,
    Limits,
    Provider,
    Request,
    Usage,
    characters,
)
from i18n_pipeline.stages.ladder import Able, Climber
from i18n_pipeline.stages.pretranslate import Terminology, asks_for

TAG = re.compile(r"(<[^>]*>)")


def capitals(text: str) -> str:
    """The words of a protected text in capitals; its tags as they are."""
    return "".join(part if part.startswith("<") else part.upper() for part in TAG.split(text))


@dataclass
class Engine(Provider):
    """Capitals for words; `fault` may raise for a request, or say what to answer instead."""

    called: str = "engine"
    at_once: int = 1
    texts: int = 50
    context: bool = True
    price: float = 0.0
    account: Usage | None = None
    fault: Callable[[Request], Answer | None] = lambda _: None
    requests: list[Request] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    forms = (Form.TAGS, Form.CONTENT, Form.SPLIT)

    @property
    def name(self) -> str:
        return self.called

    @property
    def label(self) -> str:
        return self.called.title()

    @property
    def limits(self) -> Limits:
        return Limits(self.texts, 100_000, self.at_once)

    @property
    def reads_context(self) -> bool:
        return self.context

    def supports(self, source: str, target: str) -> bool:
        return source != target

    def keeps_terms(self, source: str, target: str) -> bool:
        return source != target

    def cost(self, request: Request) -> Cost:
        amount = self.price * sum(map(characters, request.texts))
        return Cost(amount, amount)

    def usage(self) -> Usage | None:
        return self.account

    def translate(self, request: Request) -> Answer:
        with self.lock:
            self.requests.append(request)
        answer = self.fault(request)
        if answer is not None:
            return answer
        shares = tuple(map(characters, request.texts))
        texts = tuple(map(capitals, request.texts))
        return Answer(texts, sum(shares), shares=shares, cost=self.price * sum(shares))

    @property
    def asked(self) -> list[tuple[str, ...]]:
        return [request.texts for request in self.requests]

    @property
    def billed(self) -> int:
        return sum(characters(text) for request in self.requests for text in request.texts)


def fine(_draft: Unit) -> Iterable[QualityIssue]:
    return ()


@dataclass
class Office:
    """A desk with what it takes to ask, and the sides of its locales."""

    home: Path
    caps: Caps = field(default_factory=Caps)
    sends: bool = True
    refresh: bool = False
    jobs: int = 0
    sides: dict[str, Side] = field(default_factory=dict)

    def side(self, locale: str = "ja", held: frozenset[tuple[str, str]] = frozenset()) -> Side:
        return self.sides.setdefault(locale, Side("en", locale, Asked(), held=held))

    def lot(
        self,
        slug: str,
        texts: Sequence[str],
        *chain: Provider,
        locale: str = "ja",
        kind: Kind = Kind.PARAGRAPH,
        repeated: frozenset[str] = frozenset(),
    ) -> Lot:
        ables = tuple(
            Able(one.label, tuple(one.forms), told=True, fits=lambda _: True) for one in chain
        )
        climbers = []
        for text in texts:
            segment = Segment("body", kind, text, markdown=True)
            unit = Unit(f"{slug}/body", text)
            asks = tuple(asks_for(unit, segment, Terminology(Glossary()), DEFAULT_EXTENSIONS))
            climbers.append((Climber(unit, segment, asks, ables, fine), tuple(chain)))
        return Lot(self.side(locale), tuple(climbers), f"about {slug}", f"{slug}!", repeated)

    def ask(self, *lots: Lot) -> Asked:
        receipts, budget = Receipts(self.home), Budget(self.caps)
        self.budget = budget
        sender = Sender(receipts, budget, "now")
        desk = Desk(receipts, budget, sender, self.sends, self.refresh, self.jobs)
        Turn(desk, {lot.side.locale: len(lots) for lot in lots}).ask(iter(lots))
        return lots[0].side.asked

    def targets(self, locale: str = "ja") -> dict[str, str]:
        return {key[1]: unit.target for key, unit in self.side(locale).asked.units.items()}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / ".i18n")


def again(office: Office) -> Office:
    """The same receipts in another run."""
    return Office(office.home, office.caps, office.sends, office.refresh, office.jobs)


def test_texts_of_a_term_go_together_with_words_about_it(office: Office) -> None:
    engine = Engine()
    office.ask(office.lot("a", ["one", "two"], engine), office.lot("b", ["three"], engine))
    assert engine.asked == [("one", "two"), ("three",)]
    assert [request.context for request in engine.requests] == ["about a", "about b"]
    assert office.targets() == {"one": "ONE", "two": "TWO", "three": "THREE"}


def test_headings_and_texts_of_several_terms_travel_together_without_it(office: Office) -> None:
    engine = Engine()
    repeated = frozenset({"same"})
    office.ask(
        office.lot("a", ["What is it?"], engine, kind=Kind.HEADING),
        office.lot("b", ["same", "own"], engine, repeated=repeated),
        office.lot("c", ["same"], engine, repeated=repeated),
    )
    assert sorted(engine.asked) == [("What is it?", "same"), ("own",)]
    mixed = next(one for one in engine.requests if len(one.texts) == 2)
    assert mixed.context == "a!\nb!"


def test_an_engine_without_context_gets_full_requests(office: Office) -> None:
    engine = Engine(context=False, texts=3)
    office.ask(*(office.lot(slug, [f"{slug} 1", f"{slug} 2"], engine) for slug in "abc"))
    assert [len(texts) for texts in engine.asked] == [3, 3]


def test_a_text_is_asked_once_however_often_it_occurs(office: Office) -> None:
    engine = Engine()
    office.ask(office.lot("a", ["same"], engine), office.lot("b", ["same"], engine))
    assert engine.asked == [("same",)]
    assert len(office.side().asked.units) == 2


def test_what_was_answered_is_not_asked_again_and_is_told_as_saved(office: Office) -> None:
    engine = Engine()
    office.ask(office.lot("a", ["one"], engine))
    later = again(office)
    asked = later.ask(later.lot("b", ["one", "two"], engine))
    assert engine.asked == [("one",), ("two",)]
    assert (asked.characters, asked.spared, asked.saved) == (3, 3, 0)
    twice = again(office)
    one = twice.ask(twice.lot("c", ["three"], engine), twice.lot("d", ["three", "one"], engine))
    assert (one.characters, one.spared) == (5, 3)  # the second of this run was paid for in it


def test_a_lot_begins_whole_or_not_at_all(office: Office) -> None:
    engine = Engine()
    office.caps = Caps(characters=10)
    asked = office.ask(
        office.lot("a", ["1 cat", "cats"], engine), office.lot("b", ["x", "y", "z"], engine)
    )
    assert office.targets() == {"1 cat": "1 CAT", "cats": "CATS"}
    assert {key[1] for key in asked.waiting} == {"x", "y", "z"}
    assert engine.billed == 9


def test_a_smaller_term_may_still_fit_where_a_larger_one_did_not(office: Office) -> None:
    engine = Engine()
    office.caps = Caps(characters=10)
    asked = office.ask(
        office.lot("a", ["first"], engine),
        office.lot("b", ["second", "third"], engine),
        office.lot("c", ["four"], engine),
    )
    assert office.targets() == {"first": "FIRST", "four": "FOUR"}
    assert {key[1] for key in asked.waiting} == {"second", "third"}
    assert asked.short == {Short.CHARACTERS: Price(11)}


def test_a_cap_on_cost_holds_too(office: Office) -> None:
    engine = Engine(price=0.5)
    office.caps = Caps(cost=3.0)
    asked = office.ask(office.lot("a", ["abcde"], engine), office.lot("b", ["abcdef"], engine))
    assert (asked.cost, asked.waiting) == (2.5, {("b/body", "abcdef")})
    assert asked.short == {Short.COST: Price(6, 3.0)}


def test_an_allowance_that_does_not_suffice_leaves_whole_terms_and_is_a_failure(
    office: Office,
) -> None:
    engine = Engine(account=Usage(990, 1000))
    asked = office.ask(office.lot("a", ["abcdefgh"], engine), office.lot("b", ["abc"], engine))
    assert office.targets() == {"abcdefgh": "ABCDEFGH"}
    assert isinstance(asked.failure, QuotaExceeded)


def test_the_next_engine_takes_what_an_allowance_does_not_hold(office: Office) -> None:
    first, second = Engine("first", account=Usage(995, 1000)), Engine("second")
    asked = office.ask(
        office.lot("a", ["abc"], first, second), office.lot("b", ["defghi"], first, second)
    )
    assert office.targets() == {"abc": "ABC", "defghi": "DEFGHI"}
    assert (first.asked, second.asked) == ([("abc",)], [("defghi",)])
    assert (asked.failure, asked.short, asked.waiting) == (None, {}, set())


def test_what_went_to_an_engine_that_costs_nothing_is_told_apart(office: Office) -> None:
    paid, free = Engine("paid", price=0.5, account=Usage(995, 1000)), Engine("free")
    asked = office.ask(
        office.lot("a", ["abc"], paid, free), office.lot("b", ["defghi"], paid, free)
    )
    assert (asked.billed.characters, asked.billed.free) == (9, 6)


def lose(times: int) -> Callable[[Request], Answer | None]:
    left = [times]

    def fault(_request: Request) -> None:
        if left[0]:
            left[0] -= 1
            error = Unanswered("no answer")
            error.unanswered = 1
            raise error

    return fault


def test_a_request_without_an_answer_is_sent_once_more_and_counted(office: Office) -> None:
    engine = Engine(fault=lose(1))
    asked = office.ask(office.lot("a", ["one"], engine))
    assert office.targets() == {"one": "ONE"}
    assert (asked.characters, asked.possibly_billed) == (3, 3)


def test_a_request_is_not_sent_again_where_that_could_pass_the_cap(office: Office) -> None:
    engine = Engine(fault=lose(1))
    office.caps = Caps(characters=5)
    asked = office.ask(office.lot("a", ["one"], engine))
    assert (len(engine.requests), asked.possibly_billed) == (1, 3)
    assert isinstance(asked.failure, Unanswered)


def test_a_service_that_never_answers_is_given_up(office: Office) -> None:
    engine = Engine(fault=lose(99))
    asked = office.ask(office.lot("a", ["one"], engine), office.lot("b", ["two"], engine))
    assert asked.possibly_billed == 6
    assert isinstance(asked.failure, Unanswered)
    assert len(engine.requests) == 2


def refuse(_request: Request) -> Answer:
    raise NotAuthorised("no")


def test_the_next_engine_takes_over_where_one_fails_and_the_run_is_no_failure(
    office: Office,
) -> None:
    first, second = Engine("first", fault=refuse), Engine("second")
    asked = office.ask(
        office.lot("a", ["one"], first, second), office.lot("b", ["two"], first, second)
    )
    assert office.targets() == {"one": "ONE", "two": "TWO"}
    assert len(first.requests) <= 2
    assert asked.failure is None
    assert list(asked.providers) == ["second"]
    assert set(office.budget.stopped) == {"first"}


def test_a_failure_counts_for_every_locale_that_waits_for_the_engine(office: Office) -> None:
    engine = Engine(fault=refuse)
    office.ask(office.lot("a", ["one"], engine), office.lot("a", ["one"], engine, locale="de"))
    assert isinstance(office.side("ja").asked.failure, NotAuthorised)
    assert isinstance(office.side("de").asked.failure, NotAuthorised)


def garble(request: Request) -> Answer | None:
    bad = [("<" in text) for text in request.texts]
    if not any(bad):
        return None
    texts = tuple("oops" if one else "OK" for one in bad)
    return Answer(texts, sum(map(characters, request.texts)))


def test_a_text_that_comes_back_broken_is_tried_in_other_forms(office: Office) -> None:
    engine = Engine(fault=garble)
    asked = office.ask(office.lot("a", ["Run `it` now."], engine))
    assert office.targets() == {"Run `it` now.": "RUN `it` NOW."}
    assert engine.asked == [
        ('Run <x id="1"/> now.',),
        ('Run <x id="1">`it`</x> now.',),
        ("Run", "now."),
    ]
    assert asked.characters == engine.billed


def test_a_refused_text_is_alone_in_the_end_and_the_others_are_answered(office: Office) -> None:
    def fault(request: Request) -> None:
        if "bad" in request.texts:
            raise RequestRefused("not this")

    engine = Engine(fault=fault)
    asked = office.ask(office.lot("a", ["one", "bad", "three"], engine))
    assert office.targets()["one"] == "ONE"
    assert office.side().asked.units["a/body", "bad"].notes == ("Not used (Engine): not this",)
    assert (asked.characters, asked.failure) == (8, None)


def test_texts_left_out_of_an_answer_are_asked_for_alone(office: Office) -> None:
    def fault(request: Request) -> Answer | None:
        if len(request.texts) == 1:
            return None
        texts = ("", *(text.upper() for text in request.texts[1:]))
        return Answer(texts, 9, faults=("left out", *("" for _ in texts[1:])))

    engine = Engine(fault=fault)
    office.ask(office.lot("a", ["one", "two", "six"], engine))
    assert office.targets() == {"one": "ONE", "two": "TWO", "six": "SIX"}
    assert engine.asked == [("one", "two", "six"), ("one",)]


def test_what_was_turned_down_before_is_not_bought_again_unasked(office: Office) -> None:
    engine = Engine()
    held = frozenset({("a/body", "one")})
    office.side(held=held)
    office.ask(office.lot("a", ["one", "two"], engine))
    assert engine.asked == [("two",)]
    asking = Office(office.home, refresh=True)
    asking.side(held=held)
    asking.ask(asking.lot("a", ["one", "two"], engine))
    assert engine.asked == [("two",), ("one", "two")]


def test_asking_anew_ends_also_where_every_answer_is_bad(office: Office) -> None:
    first, second = Engine("first", fault=garble), Engine("second", fault=garble)
    office.ask(office.lot("a", ["Run *it*."], first, second))
    count = len(first.requests)
    asking = Office(office.home, refresh=True)
    asking.ask(asking.lot("a", ["Run *it*."], first, second))
    assert len(first.requests) <= 2 * count


def test_a_plan_counts_what_sending_then_takes(office: Office) -> None:
    engine = Engine(price=0.5)
    office.sends = False

    def lots(desk: Office) -> list[Lot]:
        return [
            desk.lot("a", ["one", "Run `it` now."], engine),
            desk.lot("b", ["one", "What?"], engine, kind=Kind.HEADING),
        ]

    asked = office.ask(*lots(office))
    estimate = asked.estimate
    assert engine.requests == []
    sending = Office(office.home)
    done = sending.ask(*lots(sending))
    assert (done.requests, done.characters, done.cost) == (
        estimate.requests,
        estimate.characters,
        estimate.cost,
    )
    assert estimate.worst_case_characters > estimate.characters


def test_threads_share_the_work_and_change_nothing_of_what_comes_out(office: Office) -> None:
    alone, many = Engine(), Engine(at_once=8)
    texts = [[f"text {lot} {number}" for number in range(7)] for lot in range(40)]
    one = Office(office.home / "one")
    one.ask(*(one.lot(str(at), group, alone) for at, group in enumerate(texts)))
    two = Office(office.home / "two")
    two.ask(*(two.lot(str(at), group, many) for at, group in enumerate(texts)))
    assert one.targets() == two.targets()
    assert sorted(alone.asked) == sorted(many.asked)


def test_a_bug_of_an_engine_is_raised_to_whoever_asked(office: Office) -> None:
    def fault(_request: Request) -> Answer:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        office.ask(office.lot("a", ["one"], Engine(fault=fault)))


def test_an_engine_that_is_out_of_order_ends_its_asking_and_keeps_what_came_before(
    office: Office,
) -> None:
    def fault(request: Request) -> None:
        if "two" in request.texts:
            raise ProviderUnavailable("out of order")

    office.jobs = 1
    engine = Engine(fault=fault)
    asked = office.ask(*(office.lot(text, [text], engine) for text in ("one", "two", "three")))
    assert office.targets()["one"] == "ONE"
    assert isinstance(asked.failure, ProviderUnavailable)
    assert not office.targets()["three"]
