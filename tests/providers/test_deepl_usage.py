from __future__ import annotations

import json

import pytest

from i18n_pipeline.errors import I18nError, ProviderUnavailable, RateLimited
from i18n_pipeline.providers.base import Request, Settings, Usage
from i18n_pipeline.providers.deepl.provider import DeepL, from_environment
from tests.providers.conftest import CANARY, Connect
from tests.stubs.account import UNLIMITED, Account
from tests.stubs.deepl import Fault, Stub

USAGE = "GET /v2/usage"


def usage_of(account: Account, connect: Connect) -> Usage | None:
    with Stub(account) as stub:
        return connect(account.key, stub.url).usage()


@pytest.mark.parametrize(
    ("account", "usage"),
    [
        (Account(CANARY, 500, billed=20), Usage(20, 500)),
        (Account(CANARY, UNLIMITED, billed=20), Usage(20, None)),
        (Account(CANARY, UNLIMITED, 100, billed=20), Usage(20, 100)),
        (Account(CANARY, 500, 100, billed=20, billed_elsewhere=430), Usage(450, 500)),
        (Account(CANARY, 500, 60, billed=20, billed_elsewhere=430), Usage(20, 60)),
        (Account(CANARY, 500, 0, billed=20), Usage(20, 500)),
        (Account(f"{CANARY}:fx", 500, 60, billed=20), Usage(20, 500)),
    ],
    ids=["account", "unlimited", "key", "account is tighter", "key is tighter", "no key's", "free"],
)
def test_the_tighter_of_the_accounts_and_the_keys_allowance_counts(
    connect: Connect, account: Account, usage: Usage
) -> None:
    assert usage_of(account, connect) == usage


BLIND = "DeepL does not let this key see what is left of its allowance: only this run is counted"


def test_a_key_that_may_not_ask_stops_nothing_and_answers_say_so(deepl: DeepL, stub: Stub) -> None:
    stub.account.lacking.add("usage:read")
    assert deepl.usage() is None
    assert deepl.translate(Request("en", "ja", ("A model.",))).notices == (BLIND,)


def test_a_server_that_only_translates_stops_nothing_and_answers_say_so(
    deepl: DeepL, stub: Stub
) -> None:
    stub.fail(Fault(404), on=USAGE)
    assert deepl.usage() is None
    assert deepl.translate(Request("en", "ja", ("A model.",))).notices == (BLIND,)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(429), RateLimited),
        (Fault(503), ProviderUnavailable),
        (Fault(reset=True), ProviderUnavailable),
        (Fault(200, body="<html>"), ProviderUnavailable),
        (Fault(200, body="[]"), ProviderUnavailable),
        (Fault(200, body=json.dumps({"character_count": "many"})), ProviderUnavailable),
    ],
    ids=["429", "503", "reset", "page", "list", "words"],
)
def test_what_goes_wrong_with_the_question_is_told_and_bills_nothing(
    deepl: DeepL, stub: Stub, fault: Fault, error: type[I18nError]
) -> None:
    stub.fail(fault, times=9, on=USAGE)
    with pytest.raises(error) as failure:
        deepl.usage()
    assert failure.value.unanswered == 0


def test_an_offline_run_asks_nothing() -> None:
    assert from_environment({}, Settings(offline=True)).usage() is None
