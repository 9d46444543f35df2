"""Replies that nobody would send in good faith: none ends a run, and none gets into files."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from itertools import count, repeat

import pytest

from i18n_pipeline.config import DeepLOptions, Providers
from i18n_pipeline.errors import (
    I18nError,
    NotAuthorised,
    ProviderUnavailable,
    QuotaExceeded,
    RequestRefused,
    Unanswered,
)
from i18n_pipeline.providers.base import Answer, Request, Settings, Usage, Waiting
from i18n_pipeline.providers.deepl.line import Account
from i18n_pipeline.providers.deepl.provider import DeepL
from i18n_pipeline.providers.deepl.tap import Timeouts, read_until
from i18n_pipeline.providers.keys import Key
from tests.providers.conftest import CANARY, Clock, Connect
from tests.stubs.deepl import Fault, Stub

DEEP = "[" * 100_000
TERMS = (("model", "モデル"),)
ESCAPED = "".join(f"\\u{ord(character):04x}" for character in CANARY)


def request(*texts: str, glossary: tuple[tuple[str, str], ...] = ()) -> Request:
    return Request("en", "ja", texts or ("A model.",), glossary=glossary)


def reply(text: str = '"x"', billed: str = "8", model: str = '"quality_optimized"') -> str:
    """A reply with one translation, each of its values as JSON."""
    return (
        f'{{"translations": [{{"detected_source_language": "EN", "text": {text}, '
        f'"billed_characters": {billed}, "model_type_used": {model}}}]}}'
    )


def priced(connect: Connect) -> DeepL:
    return connect(settings=Settings(options=Providers(deepl=DeepLOptions(price=20))))


@pytest.mark.parametrize(
    "body",
    [
        DEEP,
        reply(billed="1e999"),
        reply(billed="NaN"),
        reply(billed="9" * 500),
        reply(billed="9" * 5000),
        reply(billed="1000001"),
        reply(billed="-1"),
        reply(billed="[]"),
    ],
    ids=["deep", "infinite", "nan", "500 digits", "5000 digits", "too many", "minus", "list"],
)
def test_a_reply_without_sense_is_an_error_that_may_have_been_billed(
    connect: Connect, stub: Stub, body: str
) -> None:
    stub.fail(Fault(200, body=body), times=9)
    with pytest.raises(ProviderUnavailable, match="DeepL answered, but") as failure:
        priced(connect).translate(request())
    assert (len(stub.seen()), failure.value.unanswered) == (1, 1)


@pytest.mark.parametrize("body", [DEEP, '{"message": 7}'], ids=["deep", "no words"])
@pytest.mark.parametrize(
    ("status", "error"), [(400, RequestRefused), (403, NotAuthorised), (456, QuotaExceeded)]
)
def test_a_refusal_is_one_whatever_its_words(
    deepl: DeepL, stub: Stub, status: int, error: type[I18nError], body: str
) -> None:
    stub.fail(Fault(status, body=body), times=9)
    with pytest.raises(error) as failure:
        deepl.translate(request())
    assert (len(stub.seen()), failure.value.unanswered) == (1, 0)


def usage(provider: DeepL) -> object:
    return provider.usage()


def with_terms(provider: DeepL) -> object:
    return provider.translate(request(glossary=TERMS))


def glossary(name: str, count: str) -> str:
    return (
        f'{{"glossaries": [{{"glossary_id": "g", "name": {name}, "creation_time": '
        f'"2026-03-02T10:00:00.000000Z", "dictionaries": [{{"source_lang": "en", '
        f'"target_lang": "ja", "entry_count": {count}}}]}}]}}'
    )


@pytest.mark.parametrize(
    ("call", "path", "body"),
    [
        (usage, "v2/usage", DEEP),
        (usage, "v2/usage", f'{{"character_count": {"9" * 400}, "character_limit": 5}}'),
        (usage, "v2/usage", '{"character_count": -1, "character_limit": 5}'),
        (usage, "v2/usage", '{"character_count": 1e999, "character_limit": 5}'),
        (with_terms, "v3/glossaries", DEEP),
        (with_terms, "v3/glossaries", glossary('"n"', "1e999")),
        (with_terms, "v3/glossaries", glossary("7", "1")),
    ],
    ids=["usage", "400 digits", "minus", "infinite", "glossaries", "no count", "no name"],
)
def test_a_look_that_gives_no_sense_is_an_error_and_bills_nothing(
    deepl: DeepL, stub: Stub, call: Callable[[DeepL], object], path: str, body: str
) -> None:
    stub.fail(Fault(200, body=body), times=9, on=f"GET /{path}")
    with pytest.raises(ProviderUnavailable, match="DeepL answered, but") as failure:
        call(deepl)
    assert (stub.seen(), failure.value.unanswered) == ([], 0)


def test_an_allowance_beyond_all_bounds_is_none(deepl: DeepL, stub: Stub) -> None:
    body = f'{{"character_count": 1, "character_limit": {10**15}}}'
    stub.fail(Fault(200, body=body), on="GET /v2/usage")
    assert deepl.usage() == Usage(1, None)


@pytest.mark.parametrize("model", ["2", "[1]", "null", "{}"])
def test_a_model_that_is_no_word_is_no_model(deepl: DeepL, stub: Stub, model: str) -> None:
    stub.fail(Fault(200, body=reply(model=model)))
    answer = deepl.translate(request())
    assert answer == Answer(("x",), 8, "", "stub-1", (8,))


def test_a_model_is_named_as_a_terminal_can_show_it(deepl: DeepL, stub: Stub) -> None:
    stub.fail(Fault(200, body=reply(model='"\\u001b[2Jm\\ud800"')))
    assert deepl.translate(request()).model == "[2Jm"


def test_half_a_character_is_a_fault_of_its_text_alone(deepl: DeepL, stub: Stub) -> None:
    stub.fail(Fault(change=lambda texts: ["\ud800x", *texts[1:]]))
    answer = deepl.translate(request("one", "two"))
    assert answer.texts == ("", "⟦ja:two⟧")
    assert answer.faults == ("holds half a character", "")
    assert (answer.billed, answer.shares) == (6, (3, 3))


def test_the_key_gets_into_no_answer(deepl: DeepL, stub: Stub) -> None:
    body = reply(text=f'"A {ESCAPED}."', model=f'"m {ESCAPED}"')
    stub.fail(Fault(200, (("X-Trace-ID", f"for {CANARY}"),), body=body))
    answer = deepl.translate(request())
    assert (answer.texts, answer.model, answer.trace) == (("A ….",), "m …", "for …")


def test_what_was_in_the_source_stays_in_the_translation(deepl: DeepL) -> None:
    assert deepl.translate(request(CANARY)).texts == (f"⟦ja:{CANARY}⟧",)


@pytest.mark.parametrize("status", [400, 403, 404, 456, 503])
def test_a_key_in_other_letters_shows_in_no_message(deepl: DeepL, stub: Stub, status: int) -> None:
    stub.fail(Fault(status, body=f'{{"message": "bad key {ESCAPED}"}}'), times=9)
    with pytest.raises(I18nError, match="bad key …") as failure:
        deepl.translate(request())
    assert CANARY not in failure.value.message


def translated(provider: DeepL) -> object:
    return provider.translate(request())


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("call", "kind"), [(translated, "POST /v2/translate"), (usage, "GET /v2/usage")]
)
def test_no_redirect_gets_to_see_anything(
    deepl: DeepL, stub: Stub, status: int, call: Callable[[DeepL], object], kind: str
) -> None:
    with Stub() as elsewhere:
        place = elsewhere.url + kind.partition(" ")[2]
        stub.fail(Fault(status, (("Location", place),)), times=9, on=kind)
        with pytest.raises(ProviderUnavailable, match="names another address") as failure:
            call(deepl)
        assert elsewhere.journal == []
    assert failure.value.message.startswith(stub.url.removeprefix("http://"))
    assert (len(stub.journal), failure.value.unanswered) == (1, 0)


@pytest.mark.parametrize(
    ("server", "host"),
    [
        ("", "api.deepl.com"),
        ("http://LocalHost:8080/", "localhost:8080"),
        ("http://[::1]:80/p", "[::1]:80"),
        ("http://user:secret@deepl.example/", "deepl.example"),
    ],
)
def test_a_server_is_shown_by_its_host_and_port_alone(server: str, host: str) -> None:
    assert Account(Key("k"), server).place.host == host


def test_a_reply_that_takes_for_ever_is_one_without_an_answer(stub: Stub) -> None:
    # Each look at the clock is 400 seconds later: the second one is beyond the time for a reply.
    ticks = count(step=400.0)
    waiting = Waiting(lambda _: None, lambda: next(ticks), lambda: 0.5)
    provider = DeepL(Account(Key(CANARY), stub.url), Settings(waiting=waiting))
    with pytest.raises(Unanswered, match="did not answer") as failure:
        provider.translate(request())
    provider.close()
    assert (len(stub.seen()), failure.value.unanswered) == (1, 1)


class Raw:
    """A body as urllib3 gives it, in pieces; each takes three seconds to come."""

    def __init__(self, clock: Clock, pieces: Iterator[bytes], packing: str = "") -> None:
        self.headers = {"Content-Encoding": packing}
        self.clock = clock
        self.pieces = pieces
        self.stream: Callable[..., Iterator[bytes]] = lambda: iter(())

    def read(self, amt: int, decode_content: bool) -> bytes:
        raise AssertionError((amt, decode_content))  # it waits until a piece is full

    def read1(self, amt: int, decode_content: bool) -> bytes:
        assert (amt > 0, decode_content) == (True, False)
        self.clock.sleep(3.0)
        return next(self.pieces, b"")


@pytest.mark.parametrize("packing", ["", "gzip"])
def test_a_drip_is_given_up_when_the_time_is_over(clock: Clock, packing: str) -> None:
    raw = Raw(clock, repeat(b" "), packing)
    read_until(300.0, raw, lambda: clock.now)
    with pytest.raises(TimeoutError):
        list(raw.stream(1024, decode_content=True))
    assert clock.now == 303.0


@pytest.mark.parametrize(("packing", "pack"), [("", bytes), ("gzip", gzip.compress)])
def test_a_reply_in_time_is_whole(
    clock: Clock, packing: str, pack: Callable[[bytes], bytes]
) -> None:
    raw = Raw(clock, (bytes([byte]) for byte in pack(b"a reply")), packing)
    read_until(300.0, raw, lambda: clock.now)
    assert b"".join(raw.stream(4, decode_content=True)) == b"a reply"


@pytest.mark.parametrize(
    "headers",
    [(("Content-Encoding", "gzip"),), (("Content-Length", "9999"), ("Connection", "close"))],
    ids=["not packed", "cut off"],
)
def test_a_broken_reply_is_one_without_an_answer(
    connect: Connect, stub: Stub, headers: tuple[tuple[str, str], ...]
) -> None:
    stub.fail(Fault(200, headers, body=reply()), times=9)
    with pytest.raises(Unanswered):
        connect(timeouts=Timeouts(answer=0.1)).translate(request())


def test_the_bill_of_a_text_may_be_long(connect: Connect, stub: Stub) -> None:
    stub.fail(Fault(200, body=json.dumps(json.loads(reply(billed="1000000")))))
    answer = priced(connect).translate(request())
    assert (answer.billed, answer.cost) == (1_000_000, 20.0)
