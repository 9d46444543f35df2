"""What is set wrongly, and networks in between: one clear error each, and never the key."""

from __future__ import annotations

import logging
import os
import shutil
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from deepl import AuthorizationException, ConnectionException

from i18n_pipeline.config import DeepLOptions, Providers
from i18n_pipeline.errors import BadConfig, I18nError, NotAuthorised, ProviderUnavailable
from i18n_pipeline.providers import load
from i18n_pipeline.providers.base import Limits, Request, Settings
from i18n_pipeline.providers.deepl.faults import Heard, Place, judge, listen
from i18n_pipeline.providers.deepl.provider import DeepL, from_environment
from i18n_pipeline.providers.keys import Key
from tests.providers.conftest import CANARY, Clock, Connect
from tests.stubs.account import Account
from tests.stubs.deepl import Fault, Stub

TEXTS = ("A model.",)
PAGE = "<html><h1>Blocked</h1></html>"
FREE_KEY = f"{CANARY}:fx"


def request() -> Request:
    return Request("en", "ja", TEXTS)


@pytest.fixture
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in filter(lambda name: name.casefold().endswith("_proxy"), list(os.environ)):
        monkeypatch.delenv(name)


@pytest.fixture
def through(stub: Stub, monkeypatch: pytest.MonkeyPatch, no_proxy: None) -> Stub:
    """The stub as a proxy: whatever is asked of a host in the world is asked of it."""
    monkeypatch.setenv("HTTP_PROXY", stub.url)
    return stub


def test_a_wrong_key_is_not_authorised(connect: Connect) -> None:
    with pytest.raises(NotAuthorised, match="does not accept the key: Invalid auth key") as failure:
        connect(key="another").translate(request())
    assert "DEEPL_AUTH_KEY" in failure.value.hint


@pytest.mark.parametrize(
    ("key", "server", "hint"),
    [
        (FREE_KEY, "http://api.deepl.com", "its server is https://api-free.deepl.com"),
        (FREE_KEY, "http://api-us.deepl.com", "its server is https://api-free.deepl.com"),
        ("pro", "http://api-free.deepl.com", "this one's server is https://api.deepl.com"),
    ],
)
def test_a_key_at_the_other_plans_server_is_told_its_own(
    connect: Connect, through: Stub, key: str, server: str, hint: str
) -> None:
    with pytest.raises(NotAuthorised) as failure:
        connect(key, server).translate(request())
    assert failure.value.hint.endswith(hint)


@pytest.mark.parametrize(
    ("place", "heard", "hint"),
    [
        (Place("api.deepl.com"), Heard(words="Missing required scope(s): x"), "scope"),
        (Place("api.deepl.com"), Heard(page=True), "or a proxy in between"),
        (Place("api-free.deepl.com", free=True), Heard(), "check DEEPL_AUTH_KEY"),
        (Place("deepl.example.org", free=True), Heard(), "check DEEPL_AUTH_KEY"),
    ],
)
def test_the_hint_about_a_key_follows_what_is_known(place: Place, heard: Heard, hint: str) -> None:
    failure = AuthorizationException("no", http_status_code=403)
    judged = judge(failure, heard, place)
    assert isinstance(judged, NotAuthorised)
    assert hint in judged.hint


def test_a_page_is_told_from_words_of_the_service() -> None:
    assert listen(403, {}, f"\n {PAGE}", Key("k")).page
    assert listen(403, {}, '{"message": "no <b>"}', Key("k")) == Heard(403, "no <b>")


def test_a_server_behind_a_proxy_is_reached_through_it(connect: Connect, through: Stub) -> None:
    provider = connect(server="http://api.deepl.com")
    assert provider.translate(request()).texts == ("⟦ja:A model⟧.",)


@pytest.mark.usefixtures("no_proxy")
def test_a_proxy_that_is_gone_is_told_without_its_address(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://user:secret@127.0.0.1:{taken.getsockname()[1]}"
        monkeypatch.setenv("HTTPS_PROXY", address)
        with pytest.raises(ProviderUnavailable, match="the proxy before") as failure:
            connect(server="https://api.deepl.com").translate(request())
    shown = "".join(traceback.format_exception(failure.value)) + failure.value.hint
    assert "HTTPS_PROXY" in failure.value.hint
    assert "secret" not in shown
    assert failure.value.unanswered == 0


def test_a_proxy_that_wants_to_know_who_asks_is_told(
    connect: Connect, through: Stub, clock: Clock
) -> None:
    through.fail(Fault(407, body=PAGE))
    with pytest.raises(ProviderUnavailable, match="lets nobody through") as failure:
        connect(server="http://api.deepl.com").translate(request())
    assert "HTTPS_PROXY" in failure.value.hint
    assert clock.slept == []


@pytest.mark.parametrize(
    ("fault", "error", "said"),
    [
        (Fault(200, body=PAGE), ProviderUnavailable, "a proxy in between"),
        (Fault(403, body=PAGE), NotAuthorised, "a proxy in between"),
        (Fault(404, body=PAGE), ProviderUnavailable, "status 404"),
        (Fault(503, body=PAGE), ProviderUnavailable, "status 503"),
        (Fault(400, body=PAGE), I18nError, "status 400"),
    ],
    ids=["200", "403", "404", "503", "400"],
)
def test_a_page_of_a_proxy_is_not_quoted(
    deepl: DeepL, stub: Stub, fault: Fault, error: type[I18nError], said: str
) -> None:
    stub.fail(fault, times=9)
    with pytest.raises(error) as failure:
        deepl.translate(request())
    assert said in failure.value.message + failure.value.hint
    assert "Blocked" not in failure.value.message + failure.value.hint


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that nobody vouches for, with its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    file = tmp_path_factory.mktemp("tls") / "self-signed.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(file.with_suffix(".key")), "-out", str(file)),
        ],
        check=True,
        capture_output=True,
    )
    with file.open("a") as both:
        both.write(file.with_suffix(".key").read_text())
    return file


def test_a_certificate_nobody_vouches_for_is_explained_and_not_tried_again(
    connect: Connect, certificate: Path, clock: Clock
) -> None:
    with Stub(Account(CANARY), certificate=certificate) as private:
        with pytest.raises(ProviderUnavailable, match="is not trusted") as failure:
            connect(server=private.url).translate(request())
        assert private.journal == []
    assert "REQUESTS_CA_BUNDLE" in failure.value.hint
    assert (clock.slept, failure.value.unanswered) == ([], 0)


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"])
def test_a_companys_own_certificate_is_trusted_where_the_environment_names_it(
    certificate: Path, variable: str
) -> None:
    with Stub(Account(CANARY), certificate=certificate) as private:
        environment = {
            "DEEPL_AUTH_KEY": CANARY,
            "DEEPL_SERVER_URL": private.url,
            variable: str(certificate),
        }
        provider = from_environment(environment, Settings())
        assert provider.translate(request()).texts == ("⟦ja:A model⟧.",)
        provider.close()


def test_a_file_of_certificates_that_is_not_there_is_bad_configuration(tmp_path: Path) -> None:
    environment = {"DEEPL_AUTH_KEY": CANARY, "SSL_CERT_FILE": str(tmp_path / "none.pem")}
    with pytest.raises(BadConfig, match="SSL_CERT_FILE"):
        load("deepl", environment)


def test_an_address_that_the_client_cannot_read_is_told() -> None:
    class InvalidURL(Exception):
        pass

    failure = ConnectionException("no", should_retry=False)
    failure.__cause__ = InvalidURL()
    judged = judge(failure, Heard(), Place("x"))
    assert isinstance(judged, ProviderUnavailable)
    assert "DEEPL_SERVER_URL" in judged.message


def test_nothing_is_loaded_or_needed_until_a_call_is_made() -> None:
    probe = (
        "import sys, i18n_pipeline.providers as p;"
        "from i18n_pipeline.providers.base import Request, Settings;"
        "d = p.load('deepl', {'DEEPL_AUTH_KEY': 'k', 'DEEPL_SERVER_URL': 'http://127.0.0.1:1'});"
        "r = Request('en', 'ja', ('a',), glossary=(('b', 'c'),));"
        "d.supports('en', 'ja'), d.keeps_terms('en', 'ja'), d.wire_size(r), d.cost(r), d.limits;"
        "d.close();"
        "sys.exit(bool({'deepl', 'requests', 'urllib3'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0


def test_an_offline_run_needs_no_key_no_address_and_no_library() -> None:
    settings = Settings(offline=True, options=Providers(deepl=DeepLOptions(price=20)))
    environment = {"DEEPL_SERVER_URL": "nonsense", "SSL_CERT_FILE": "nowhere"}
    provider = load("deepl", environment, settings)
    assert provider.supports("en", "ja")
    assert provider.cost(request()) is not None
    with pytest.raises(I18nError) as failure:
        provider.translate(request())
    assert failure.value.exit_code == 70


@pytest.mark.parametrize(
    ("key", "jobs", "parallel"),
    [("pro", 0, 8), ("pro", 3, 3), ("pro", 50, 8), ("free:fx", 0, 2), ("free:fx", 1, 1)],
)
def test_how_many_requests_go_out_at_once_follows_from_the_plan_and_the_jobs(
    key: str, jobs: int, parallel: int
) -> None:
    provider = from_environment({"DEEPL_AUTH_KEY": key}, Settings(jobs=jobs))
    assert provider.limits == Limits(50, 120 * 1024, parallel)


def test_no_more_requests_go_out_at_once_than_the_jobs(connect: Connect, stub: Stub) -> None:
    from concurrent.futures import ThreadPoolExecutor

    provider = connect(settings=Settings(jobs=2))
    with ThreadPoolExecutor(8) as pool:
        texts = [(f"text number {number}",) for number in range(40)]
        list(pool.map(lambda text: provider.translate(Request("en", "ja", text)), texts))
    assert stub.peak <= 2


def everything(provider: DeepL) -> Iterator[Callable[[], object]]:
    """Every call there is."""
    yield lambda: provider.translate(request())
    yield lambda: provider.translate(Request("en", "ja", TEXTS, glossary=(("a", "b"),)))
    yield provider.usage
    yield lambda: provider.store("en").look()
    yield lambda: provider.store("en").put({("a", "JA"): "b"}, provider.store("en").look())


@pytest.mark.parametrize(
    "fault",
    [
        Fault(403, body=f'{{"message": "no DeepL-Auth-Key {CANARY}"}}'),
        Fault(404, body=f"<p>{CANARY}"),
        Fault(500, body=f'{{"detail": "{CANARY}"}}'),
        Fault(200, body=f'{{"{CANARY}": 1}}'),
        Fault(200, (("X-Trace-ID", CANARY),), body=CANARY),
        Fault(reset=True),
    ],
    ids=["403", "404", "500", "200", "200 page", "reset"],
)
def test_the_key_shows_in_nothing_that_any_call_leaves(
    connect: Connect, stub: Stub, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    options = DeepLOptions(style_rules={"ja": "rules"}, translation_memory="ours")
    provider = connect(settings=Settings(options=Providers(deepl=options)))
    paths = ("v2/translate", "v3/glossaries", "v3/translation_memories/import")
    for kind in [f"POST /{path}" for path in paths]:
        stub.fail(fault, times=50, on=kind)
    for path in ("v2/usage", "v3/glossaries", "v3/translation_memories", "v3/style_rules/rules"):
        stub.fail(fault, times=50, on=f"GET /{path}")
    for call in everything(provider):
        try:
            call()
        except I18nError as failure:
            shown = "".join(traceback.format_exception(failure)) + failure.hint
            assert CANARY not in shown
    parts = [provider, provider.glossaries, provider.store("en"), *vars(provider).values()]
    assert CANARY not in "".join(map(repr, parts))
    assert CANARY not in "".join(record.getMessage() for record in caplog.records)


def test_the_place_for_files_is_shown_no_key_and_shows_up_in_no_log(
    connect: Connect, stub: Stub, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    store = connect(settings=Settings(project="terms")).store("en")
    store.put({("a", "JA"): "b"}, store.look())
    assert "/upload/" not in "".join(record.getMessage() for record in caplog.records)
