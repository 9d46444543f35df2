from __future__ import annotations

import json
import ssl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.errors import (
    I18nError,
    NotAuthorised,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
    RequestRefused,
    Unanswered,
)
from i18n_pipeline.providers.keys import Key
from i18n_pipeline.providers.openai.faults import (
    Peer,
    Reply,
    complaint,
    judge,
    unconnected,
    unreadable,
    wait_asked,
)
from i18n_pipeline.providers.openai.line import Endpoint
from i18n_pipeline.providers.retry import Again, Fault

PEER = Peer("OpenAI", "gpt-x", Key("secret-key"))


def said(**error: object) -> str:
    return json.dumps({"error": error})


@pytest.mark.parametrize(
    ("status", "body", "error", "message"),
    [
        (429, said(message="Quota.", code="insufficient_quota"), QuotaExceeded,
         "the allowance at OpenAI is used up: Quota."),
        (429, said(message="Quota.", type="insufficient_quota"), QuotaExceeded,
         "the allowance at OpenAI is used up: Quota."),
        (400, said(message="Limit.", code="billing_hard_limit_reached"), QuotaExceeded,
         "the allowance at OpenAI is used up: Limit."),
        (429, said(message="Request too large for gpt-x on TPM", code="rate_limit_exceeded"),
         RequestRefused, "too long for gpt-x: Request too large for gpt-x on TPM"),
        (400, said(message="Too much.", code="context_length_exceeded"), RequestRefused,
         "too long for gpt-x: Too much."),
        (500, said(message="the request exceeds the available context size", code=500),
         RequestRefused, "too long for gpt-x: the request exceeds the available context size"),
        (400, said(message="Flagged.", code="invalid_prompt"), RequestRefused,
         "OpenAI refuses the request (status 400: Flagged.)"),
        (400, said(message="Odd.", param="response_format.json_schema"), ProviderUnavailable,
         "OpenAI cannot do this (status 400: Odd.)"),
        (422, json.dumps({"detail": [{"loc": ["body", "messages"], "msg": "Field required"}]}),
         RequestRefused, "OpenAI refuses the request (status 422: Field required body messages)"),
        (401, json.dumps({"error": "bad secret-key"}), NotAuthorised,
         "OpenAI does not accept the key (status 401: bad …)"),
        (404, json.dumps("no such page"), ProviderUnavailable,
         "OpenAI does not know gpt-x (status 404: no such page)"),
        (418, "", ProviderUnavailable, "OpenAI cannot do this (status 418)"),
    ],
)  # fmt: skip
def test_a_refusal_becomes_ours(
    status: int, body: str, error: type[I18nError], message: str
) -> None:
    found = judge(Reply(status, body.encode()), PEER)
    assert isinstance(found, I18nError)
    assert (type(found), found.message) == (error, message)


@pytest.mark.parametrize(
    ("status", "fault", "error"),
    [
        (429, Fault.BUSY, RateLimited),
        (500, Fault.BROKEN, ProviderUnavailable),
        (503, Fault.BROKEN, ProviderUnavailable),
        (529, Fault.BROKEN, ProviderUnavailable),
        (408, Fault.LOST, Unanswered),
        (502, Fault.LOST, Unanswered),
        (504, Fault.LOST, Unanswered),
        (524, Fault.LOST, Unanswered),
    ],
)
def test_what_may_pass_says_what_is_wrong_for_now(
    status: int, fault: Fault, error: type[I18nError]
) -> None:
    found = judge(Reply(status, b"", after=3.0), PEER)
    assert isinstance(found, Again)
    assert (found.fault, type(found.error), found.after) == (fault, error, 3.0)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["error", "message", "code", "param", "detail", "msg", "loc", "type"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.integers(300, 599), st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_reply_at_all_is_judged_in_words_fit_to_be_shown(status: int, body: bytes) -> None:
    found = judge(Reply(status, body), PEER)
    error = found.error if isinstance(found, Again) else found
    assert error.message.isprintable()
    assert len(error.message) < 500


@pytest.mark.parametrize("body", ["", "<html>", "[", "[" * 100_000, "7", "[]", "null"])
def test_a_reply_without_words_has_nothing_to_say(body: str) -> None:
    assert complaint(Reply(500, body.encode())).words == ""


def named(name: str, *, of: type[Exception] = Exception) -> Exception:
    """A failure as the client's library names it, as the cause of the client's own."""
    failure = Exception("with the key in it: secret-key")
    failure.__cause__ = type(name, (of,), {})("secret-key")
    return failure


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        ("ConnectTimeout", Fault.BROKEN),
        ("ConnectError", Fault.BROKEN),
        ("ProxyError", Fault.BROKEN),
        ("PoolTimeout", Fault.BROKEN),
        ("ReadTimeout", Fault.LOST),
        ("WriteTimeout", Fault.LOST),
        ("ReadError", Fault.LOST),
        ("RemoteProtocolError", Fault.LOST),
        ("DecodingError", Fault.LOST),
    ],
)
def test_only_what_never_left_us_is_certain_not_to_be_billed(kind: str, fault: Fault) -> None:
    found = unconnected(named(kind), PEER)
    assert isinstance(found, Again)
    assert found.fault is fault
    assert isinstance(found.error, Unanswered) == (fault is Fault.LOST)
    assert "secret" not in found.error.message


def test_a_failure_of_trust_is_final() -> None:
    found = unconnected(named("SSLCertVerificationError", of=ssl.SSLError), PEER)
    assert isinstance(found, ProviderUnavailable)
    assert found.message == "the certificate of OpenAI is not trusted"


def test_an_unreadable_answer_may_have_been_billed() -> None:
    error = unreadable(Reply(200, said(message="secret-key!").encode()), "it is odd", PEER)
    assert (error.message, error.unanswered) == ("OpenAI answered, but it is odd: …!", 1)


@pytest.mark.parametrize(
    ("headers", "after"),
    [
        ({}, None),
        ({"Retry-After": "2"}, 2.0),
        ({"Retry-After": "1.5"}, 1.5),
        ({"Retry-After": "-1"}, None),
        ({"Retry-After": "٣"}, None),
        ({"Retry-After": "nan"}, None),
        ({"retry-after-ms": "1500"}, 1.5),
        ({"retry-after-ms": "x", "Retry-After": "4"}, 4.0),
        ({"Retry-After": "Mon, 02 Mar 2026 10:00:09 GMT"}, None),
    ],
)
def test_a_wait_is_read_strictly(headers: dict[str, str], after: float | None) -> None:
    assert wait_asked(headers) == after


@pytest.mark.parametrize(
    ("server", "name", "own"),
    [
        ("", "OpenAI", False),
        ("https://llm.example/v1?key=x", "llm.example", False),
        ("http://localhost:11434/v1", "localhost:11434", True),
        ("http://[::1]:80/v1", "[::1]:80", True),
        ("http://127.1.2.3/v1", "127.1.2.3", True),
        ("http://192.168.0.2/v1", "192.168.0.2", False),
        ("http://localhost.example/v1", "localhost.example", False),
    ],
)
def test_a_server_is_shown_by_its_host_alone(server: str, name: str, own: bool) -> None:
    endpoint = Endpoint(Key("k"), server)
    assert (endpoint.name, endpoint.own_machine) == (name, own)
