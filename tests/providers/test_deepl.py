from __future__ import annotations

import json
import logging
import socket
import subprocess
import sys
import traceback

import pytest

from i18n_pipeline.errors import (
    I18nError,
    NotAuthorised,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
    RequestRefused,
    Unanswered,
)
from i18n_pipeline.providers.base import Request, Settings, characters
from i18n_pipeline.providers.batches import Refused, send
from i18n_pipeline.providers.deepl.provider import DeepL, from_environment
from i18n_pipeline.providers.deepl.tap import Timeouts
from tests.providers.conftest import CANARY, Clock, Connect
from tests.stubs.account import Account
from tests.stubs.deepl import Fault, Stub, emptied, short

TEXTS = ("A model.", 'Run <x id="1"/>.', 'One <g id="1">two</g> &amp; three.')
CHARACTERS = sum(map(characters, TEXTS))
PAGE = "<html><h1>Too busy</h1></html>"


def request(*texts: str, context: str = "") -> Request:
    return Request("en", "ja", texts or TEXTS, context)


def test_an_answer_says_what_it_cost_and_who_made_it(deepl: DeepL, stub: Stub) -> None:
    answer = deepl.translate(request())
    assert answer.billed == CHARACTERS == stub.account.billed
    assert answer.shares == tuple(map(characters, TEXTS))
    assert (answer.model, answer.trace) == ("quality_optimized", "stub-1")
    assert (answer.unanswered, answer.notices) == (0, ())


def test_a_request_says_how_texts_are_to_be_treated(deepl: DeepL, stub: Stub) -> None:
    deepl.translate(request(context="Transformer: a network"))
    (seen,) = stub.seen()
    assert seen.body == {
        "source_lang": "EN",
        "target_lang": "JA",
        "text": list(TEXTS),
        "context": "Transformer: a network",
        "tag_handling": "xml",
        "tag_handling_version": "v2",
        "ignore_tags": ["x"],
        "split_sentences": "nonewlines",
        "preserve_formatting": True,
        "outline_detection": False,
        "model_type": "prefer_quality_optimized",
        "show_billed_characters": True,
    }


@pytest.mark.parametrize(
    ("fault", "tries"),
    [
        (Fault(429), 8),
        (Fault(429, body=PAGE), 8),
        (Fault(529), 8),
        (Fault(500), 5),
        (Fault(503), 5),
    ],
    ids=["429", "429 page", "529", "500", "503"],
)
def test_a_fault_that_may_pass_is_tried_again_so_often(
    deepl: DeepL, stub: Stub, fault: Fault, tries: int
) -> None:
    stub.fail(fault, times=tries - 1)
    assert len(deepl.translate(request()).texts) == len(TEXTS)
    stub.fail(fault, at=tries + 1, times=tries)
    with pytest.raises((RateLimited, ProviderUnavailable)):
        deepl.translate(request())
    assert len(stub.seen()) == 2 * tries


def test_what_the_service_asks_to_wait_is_waited(deepl: DeepL, stub: Stub, clock: Clock) -> None:
    stub.fail(Fault(429, (("Retry-After", "7"),)))
    deepl.translate(request())
    assert clock.slept == [7.0]


def test_a_date_to_wait_for_is_held_against_the_services_own_clock(
    deepl: DeepL, stub: Stub, clock: Clock
) -> None:
    dates = (
        ("Date", "Mon, 02 Mar 2026 10:00:00 GMT"),
        ("Retry-After", "Mon, 02 Mar 2026 10:00:09 GMT"),
    )
    stub.fail(Fault(503, dates))
    deepl.translate(request())
    assert clock.slept == [9.0]


def test_a_wait_beyond_patience_is_left_to_a_later_run(
    deepl: DeepL, stub: Stub, clock: Clock
) -> None:
    stub.fail(Fault(429, (("Retry-After", "3600"),)))
    with pytest.raises(RateLimited):
        deepl.translate(request())
    assert (len(stub.seen()), clock.slept) == (1, [])


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, RequestRefused),
        (413, RequestRefused),
        (403, NotAuthorised),
        (404, ProviderUnavailable),
        (456, QuotaExceeded),
    ],
)
def test_a_fault_that_stays_is_not_tried_again(
    deepl: DeepL, stub: Stub, status: int, error: type[I18nError]
) -> None:
    stub.fail(Fault(status), times=9)
    with pytest.raises(error, match="stub fault") as failure:
        deepl.translate(request())
    assert (len(stub.seen()), failure.value.unanswered) == (1, 0)


def test_a_quota_that_ends_stops_at_once_and_bills_nothing_more(connect: Connect) -> None:
    with Stub(Account(key=CANARY, limit=CHARACTERS)) as small:
        provider = connect(server=small.url)
        provider.translate(request())
        with pytest.raises(QuotaExceeded):
            provider.translate(request())
        assert small.account.billed == CHARACTERS


@pytest.mark.parametrize(
    "fault",
    [Fault(reset=True), Fault(reset=True, early=True), Fault(502), Fault(504)],
    ids=["reset", "early reset", "bad gateway", "gateway timeout"],
)
def test_a_request_without_an_answer_is_left_to_who_pays_for_another_try(
    deepl: DeepL, stub: Stub, clock: Clock, fault: Fault
) -> None:
    stub.fail(fault)
    with pytest.raises(Unanswered) as failure:
        deepl.translate(request())
    assert (len(stub.seen()), failure.value.unanswered, clock.slept) == (1, 1, [])
    assert len(deepl.translate(request()).texts) == len(TEXTS)


def test_a_try_that_was_turned_away_before_is_no_request_without_an_answer(
    deepl: DeepL, stub: Stub
) -> None:
    stub.fail(Fault(503))
    stub.fail(Fault(reset=True), at=2)
    with pytest.raises(Unanswered) as failure:
        deepl.translate(request())
    assert failure.value.unanswered == 1


def test_looks_translations_and_changes_go_out_each_with_its_own_timeouts(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    import requests

    given: list[tuple[str, object]] = []
    send = requests.Session.send

    def spy(
        self: requests.Session, asked: requests.PreparedRequest, **options: object
    ) -> requests.Response:
        given.append((str(asked.path_url), options["timeout"]))
        return send(self, asked, **options)

    monkeypatch.setattr(requests.Session, "send", spy)
    provider = connect(timeouts=Timeouts(connect=1, look=4, answer=2, change=3))
    provider.translate(Request("en", "ja", TEXTS, glossary=(("model", "モデル"),)))
    assert given == [
        ("/v3/glossaries", (1, 4)),
        ("/v3/glossaries", (1, 3)),
        ("/v2/translate", (1, 2)),
    ]


def test_a_server_that_hangs_is_given_up(connect: Connect, stub: Stub) -> None:
    stub.fail(Fault(hang=30))
    provider = connect(timeouts=Timeouts(connect=1, answer=0.1))
    with pytest.raises(Unanswered, match="did not answer") as failure:
        provider.translate(request())
    assert failure.value.unanswered == 1


def test_a_server_that_cannot_be_reached_was_never_asked(connect: Connect, clock: Clock) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        provider = connect(server=f"http://127.0.0.1:{taken.getsockname()[1]}")
        with pytest.raises(ProviderUnavailable, match="cannot be reached") as failure:
            provider.translate(request())
    assert (failure.value.unanswered, len(clock.slept)) == (0, 4)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(change=short),
        Fault(200, body=PAGE),
        Fault(200, body="{}"),
        Fault(200, body='{"translations": [null, null, null]}'),
        Fault(200, body='{"translations": ["a", "b", "c"]}'),
        Fault(200, body='{"translations": 7}'),
        Fault(200, body=json.dumps({"translations": [{"text": None, "billed_characters": 1}] * 3})),
        Fault(200, body=json.dumps({"translations": [{"text": "", "billed_characters": -1}] * 3})),
        Fault(billed=False),
    ],
    ids=["short", "page", "empty", "nulls", "texts", "number", "no text", "minus", "no bill"],
)
def test_an_answer_that_cannot_be_used_is_an_error_and_not_asked_again(
    deepl: DeepL, stub: Stub, fault: Fault
) -> None:
    stub.fail(fault)
    with pytest.raises(ProviderUnavailable, match="DeepL answered, but") as failure:
        deepl.translate(request())
    assert (len(stub.seen()), failure.value.unanswered) == (1, 1)


def test_an_emptied_text_comes_back_as_it_came(deepl: DeepL, stub: Stub) -> None:
    stub.fail(Fault(change=emptied))
    assert deepl.translate(request()).texts == ("", "", "")


def test_a_text_that_is_not_xml_is_refused_before_it_is_sent(deepl: DeepL, stub: Stub) -> None:
    texts = ("good", "a < b", 'open <g id="1">', "also good", "nul \0", "half \ud83d")
    refused = [out.first for out in send(deepl, request(*texts)) if isinstance(out, Refused)]
    assert refused == [1, 2, 4, 5]
    assert {seen.status for seen in stub.seen()} == {200}


def test_a_batch_the_service_refuses_is_halved_and_good_texts_are_billed_once(
    deepl: DeepL, stub: Stub
) -> None:
    texts = tuple(f"text {number}" for number in range(8))
    stub.fail(Fault(400), times=1)  # the whole
    stub.fail(Fault(400), at=2, times=3)  # 0-3, 0-1, and 0 alone
    outcomes = list(send(deepl, request(*texts)))
    assert [out.first for out in outcomes if isinstance(out, Refused)] == [0]
    assert stub.account.billed_twice() == []
    assert stub.account.billed == sum(map(len, texts[1:]))


def test_the_meter_agrees_with_the_bills_over_many_faults(deepl: DeepL, stub: Stub) -> None:
    for at, fault in ((1, Fault(429)), (3, Fault(500)), (5, Fault(529)), (7, Fault(503))):
        stub.fail(fault, at=at)
    billed = [deepl.translate(request(f"text number {number}")).billed for number in range(6)]
    assert sum(billed) == stub.account.billed
    assert stub.account.billed_twice() == []


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status, body=json.dumps({"message": f"bad header DeepL-Auth-Key {CANARY}"}))
        for status in (200, 400, 403, 404, 413, 429, 456, 500, 503, 504)
    ]
    + [Fault(status, body=f"<p>{CANARY}") for status in (400, 500)]
    + [Fault(reset=True), Fault(change=short), Fault(400, (("X-Trace-ID", CANARY),))],
)
def test_the_key_is_in_no_message_traceback_or_log(
    connect: Connect, stub: Stub, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    provider = connect()
    stub.fail(fault, times=9)
    with pytest.raises(I18nError) as failure:
        provider.translate(request())
    shown = "".join(traceback.format_exception(failure.value)) + failure.value.hint
    assert CANARY not in shown + repr(vars(provider))
    assert CANARY not in "".join(record.getMessage() for record in caplog.records)


def test_words_of_the_service_are_made_fit_for_a_terminal(deepl: DeepL, stub: Stub) -> None:
    message = "bad\x1b]52;c;x\x07\n::error::" + "x" * 1000
    stub.fail(Fault(456, body=json.dumps({"message": message})))
    with pytest.raises(QuotaExceeded) as failure:
        deepl.translate(request())
    assert failure.value.message.isprintable()
    assert len(failure.value.message) < 400


def test_the_words_deepl_spells_with_a_capital_are_shown(deepl: DeepL, stub: Stub) -> None:
    stub.fail(Fault(400, body='{"Message": "Tag handling parsing failed"}'))
    with pytest.raises(RequestRefused, match="Tag handling parsing failed"):
        deepl.translate(request())


def test_many_threads_can_use_one_provider(deepl: DeepL, stub: Stub) -> None:
    from concurrent.futures import ThreadPoolExecutor

    texts = [f"text number {number}" for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda text: deepl.translate(request(text)), texts))
    assert [answer.texts for answer in answers] == [(f"⟦ja:{text}⟧",) for text in texts]
    assert sum(answer.billed for answer in answers) == stub.account.billed


def test_a_server_address_with_a_path_keeps_it(stub: Stub) -> None:
    environment = {"DEEPL_AUTH_KEY": CANARY, "DEEPL_SERVER_URL": f"{stub.url}/proxy"}
    provider = from_environment(environment, Settings())
    with pytest.raises(ProviderUnavailable):
        provider.translate(request())
    provider.close()
    assert [seen.path for seen in stub.journal] == ["/proxy/v2/translate"]


def test_the_library_is_not_loaded_before_it_is_needed() -> None:
    probe = (
        "import sys; import i18n_pipeline.providers as p;"
        "p.load('memory', {}); p.load('pseudo', {});"
        "sys.exit(bool({'deepl', 'requests', 'urllib3'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
