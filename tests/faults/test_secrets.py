"""A key, and every fault of every service that is asked with it, at the highest verbosity."""

from __future__ import annotations

import json
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.stubs import chat, deepl, server, services
from tests.stubs.account import Account
from tests.stubs.audited import listening
from tests.stubs.figures import some
from tests.stubs.site import CONFIG, TERMS, Ran, Site

KEY = "canary-5ec2e7-0d15ea5e-4b1d"
ESCAPED = "".join(f"\\u{ord(character):04x}" for character in KEY)
STATUSES = (200, 400, 401, 403, 404, 413, 422, 429, 456, 500, 502, 503, 504, 529)
BODIES = {
    "quoted": json.dumps({"message": f"bad header: Bearer {KEY}", "error": {"message": KEY}}),
    "escaped": f'{{"message": "no key {ESCAPED}", "error": {{"message": "{ESCAPED}"}}}}',
    "no JSON": f"<h1>{KEY}</h1>",
    "cut off": f'{{"translations": [{{"text": "{KEY}',
}
HEADERS = (
    ("Retry-After", "0"),
    ("X-Trace-ID", KEY),
    ("X-Request-ID", KEY),
    ("Location", f"/{KEY}"),
)
FAULTS = [
    *((status, HEADERS, body, False) for status in STATUSES for body in BODIES.values()),
    (0, (), None, True),
]
Stub = deepl.Stub | chat.Stub | services._House


@pytest.fixture(scope="module", autouse=True)
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The house's provider, installed; and nobody waits between two tries."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(services.install_house(tmp_path_factory.mktemp("packages"))))
        patch.setattr(time, "sleep", lambda _: None)
        yield


def opened(name: str) -> AbstractContextManager[Stub]:
    stubs: dict[str, Callable[[], AbstractContextManager[Stub]]] = {
        "deepl": lambda: deepl.Stub(Account(key=KEY)),
        "openai:stub-model": lambda: chat.Stub(meter=chat.Meter(KEY)),
        "house": lambda: services._House(Counter()),
    }
    return stubs[name]()


def surroundings(url: str) -> dict[str, str]:
    return {
        "DEEPL_SERVER_URL": url,
        "DEEPL_AUTH_KEY": KEY,
        "OPENAI_BASE_URL": url,
        "OPENAI_API_KEY": KEY,
        "HOUSE_URL": f"{url}/",
        "HOUSE_KEY": KEY,
    }


def traces(site: Site, ran: Ran) -> list[str]:
    """Where the key is to be seen."""
    files = {path.as_posix(): path.read_bytes() for path in site.root.rglob("*") if path.is_file()}
    told = {"output": ran.out.encode(), "errors": ran.err.encode(), **files}
    return [name for name, data in told.items() if KEY.encode() in data or KEY in name]


@pytest.mark.parametrize("name", ["deepl", "openai:stub-model", "house"])
def test_a_key_shows_nowhere_whatever_goes_wrong(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    name: str,
    record_property: Callable[[str, object], None],
) -> None:
    caplog.set_level(logging.DEBUG)
    numbers = some(len(FAULTS), 6)
    for number in numbers:
        status, headers, body, reset = FAULTS[number - 1]
        with opened(name) as stub:
            kind = deepl.Fault if isinstance(stub, deepl.Stub) else server.Fault
            stub.fail(kind(status, headers, body, reset=reset), at=1 + number % 2, times=2)  # type: ignore[arg-type]  # the stub's own
            site = Site(tmp_path / str(number), surroundings(stub.url))
            provider = f'[locale.ja]\nprovider = ["{name}"]\n'
            for path, text in {"i18n.toml": CONFIG + provider, **TERMS}.items():
                site.write(path, text)
            form = ("--format", "json") if number % 3 == 0 else ()
            with listening() as heard:
                ran = site.run("sync", "--lang", "ja", "--verbose", *form)
        assert "Traceback" not in ran.err
        assert traces(site, ran) == [], (status, body)
        assert not any(KEY in word for words in heard.processes for word in words)
    assert KEY not in caplog.text
    record_property("faults", len(numbers))


@pytest.mark.parametrize("name", ["DEEPL_SERVER_URL", "OPENAI_BASE_URL"])
def test_a_password_in_an_address_shows_nowhere(tmp_path: Path, name: str) -> None:
    engine = "deepl" if name.startswith("DEEPL") else "openai:stub-model"
    with opened(engine) as stub:
        address = stub.url.replace("//", f"//somebody:{KEY}@")
    site = Site(tmp_path / "site", {**surroundings(stub.url), name: address})
    provider = f'[locale.ja]\nprovider = ["{engine}"]\n'
    for path, text in {"i18n.toml": CONFIG + provider, **TERMS}.items():
        site.write(path, text)
    ran = site.run("sync", "--lang", "ja", "--verbose")
    assert ran.code in (2, 69, 75, 78), ran
    assert traces(site, ran) == []
