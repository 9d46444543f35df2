"""Replies that nobody would send in good faith: none ends a run, and none gets into files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count

import pytest

pytest.importorskip("httpx2", reason="the openai package is not installed")

from httpx2 import ReadTimeout, SyncByteStream

from i18n_pipeline.config.settings import OpenAIOptions, Providers
from i18n_pipeline.errors import I18nError, ProviderUnavailable, Unanswered
from i18n_pipeline.providers.base import Request, Settings, Waiting
from i18n_pipeline.providers.keys import Key
from i18n_pipeline.providers.openai.body import InTime
from i18n_pipeline.providers.openai.line import Endpoint
from i18n_pipeline.providers.openai.provider import Chat
from tests.providers.conftest import CANARY, Clock
from tests.stubs.chat import Fault, Meter, Stub

DEEP = "[" * 100_000
NESTED = "[" * 480 + "]" * 480
ESCAPED = "".join(f"\\u{ord(character):04x}" for character in CANARY)


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub(meter=Meter(CANARY)) as server:
        yield server


def chat(stub: Stub, waiting: Waiting) -> Chat:
    options = OpenAIOptions(model="stub-model", price_input=10, price_output=30)
    settings = Settings(waiting=waiting, options=Providers(openai=options))
    return Chat(Endpoint(Key(CANARY), stub.url), settings)


@pytest.fixture
def model(stub: Stub, clock: Clock) -> Iterator[Chat]:
    made = chat(stub, clock.waiting)
    yield made
    made.close()


def request(text: str = "A model.") -> Request:
    return Request("en", "ja", (text,))


def reply(text: str = "x", tokens: str = "1000", name: str = '"m"') -> str:
    content = json.dumps(json.dumps({"t01": text}))
    return (
        f'{{"choices": [{{"message": {{"content": {content}}}, "finish_reason": "stop"}}], '
        f'"usage": {{"prompt_tokens": {tokens}, "completion_tokens": 0}}, "model": {name}}}'
    )


@pytest.mark.parametrize(
    ("tokens", "cost"),
    [
        ("1000", 0.01),
        ("1000000000", 10_000.0),
        ("1000000001", None),
        ("9" * 400, None),
        ("1e999", None),
        ("NaN", None),
        ("-1", None),
    ],
)
def test_tokens_without_sense_are_not_counted(
    model: Chat, stub: Stub, tokens: str, cost: float | None
) -> None:
    stub.fail(Fault(200, body=reply(tokens=tokens)))
    answer = model.translate(request())
    assert (answer.texts, answer.cost) == (("x",), cost)


@pytest.mark.parametrize("body", [DEEP, reply(tokens="9" * 5000)], ids=["deep", "5000 digits"])
def test_a_reply_without_sense_is_an_error_that_may_have_been_billed(
    model: Chat, stub: Stub, body: str
) -> None:
    stub.fail(Fault(200, body=body), times=9)
    with pytest.raises(ProviderUnavailable, match="answered, but") as failure:
        model.translate(request())
    assert (len(stub.seen()), failure.value.unanswered) == (1, 1)


@pytest.mark.parametrize("name", ["2", "[1]", NESTED, "{}"], ids=["2", "list", "nested", "table"])
def test_a_model_that_is_no_word_is_the_one_that_was_asked(
    model: Chat, stub: Stub, name: str
) -> None:
    stub.fail(Fault(200, body=reply(name=name)))
    assert model.translate(request()).model == "stub-model"


@pytest.mark.parametrize("member", ["code", "type", "param", "message"])
def test_a_complaint_of_lists_in_lists_is_one_without_words(
    model: Chat, stub: Stub, member: str
) -> None:
    stub.fail(Fault(403, body=f'{{"error": {{"{member}": {NESTED}}}}}'), times=9)
    with pytest.raises(I18nError, match=r"does not accept the key \(status 403\)"):
        model.translate(request())


def test_the_key_gets_into_no_answer(model: Chat, stub: Stub) -> None:
    stub.fail(Fault(200, body=reply(text=f"A {CANARY}.", name=f'"m {ESCAPED}"')))
    answer = model.translate(request())
    assert (answer.texts, answer.model) == (("A ….",), "m …")


def test_a_key_that_is_a_word_stays_in_texts() -> None:
    assert Key("ollama").hide_in("ollama und", "and") == "ollama und"
    assert Key(CANARY).hide_in(f"{CANARY} und", f"{CANARY} and") == f"{CANARY} und"
    assert Key("").hide("text") == "text"


def test_a_key_in_other_letters_shows_in_no_message(model: Chat, stub: Stub) -> None:
    stub.fail(Fault(401, body=f'{{"error": {{"message": "bad {ESCAPED}"}}}}'), times=9)
    with pytest.raises(I18nError, match="bad …") as failure:
        model.translate(request())
    assert CANARY not in failure.value.message


def test_a_reply_that_takes_for_ever_is_one_without_an_answer(stub: Stub) -> None:
    # Each look at the clock is 400 seconds later: the second one is beyond the time for a body.
    ticks = count(step=400.0)
    made = chat(stub, Waiting(lambda _: None, lambda: next(ticks), lambda: 0.5))
    stub.fail(Fault(200, body=reply()), times=9)
    with pytest.raises(Unanswered, match="did not answer") as failure:
        made.translate(request())
    made.close()
    assert (len(stub.seen()), failure.value.unanswered) == (1, 1)


class Dripping(SyncByteStream):
    """A body of blanks without an end: one at a time, three seconds each."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self.clock.sleep(3.0)
            yield b" "

    def close(self) -> None:
        self.closed = True


def test_a_drip_is_given_up_when_the_time_is_over(clock: Clock) -> None:
    drip = Dripping(clock)
    stream = InTime(drip, 300.0, lambda: clock.now)
    with pytest.raises(ReadTimeout):
        list(stream)
    stream.close()
    assert (clock.now, drip.closed) == (303.0, True)
