"""The provider that docs/providers/own.md shows, held to the contract."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import ModuleType

import pytest

from i18n_pipeline.errors import NotAuthorised
from i18n_pipeline.providers.base import Provider, Settings
from i18n_pipeline.providers.contract import Contract
from tests.docs.pages import DOCS, blocks
from tests.stubs.engine import Work, translate

PAGE = (DOCS / "providers" / "own.md").read_text("utf-8")
CODE = next(block.text for block in blocks(PAGE) if block.info == ("python",))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's
        """Say nothing."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = [translate(text, Work(body["to"])) for text in body["texts"]]
        answer = json.dumps({"texts": texts}).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(answer)}\r\n\r\n"
        self.wfile.write(head.encode() + answer)


@pytest.fixture(scope="module")
def module() -> ModuleType:
    made = ModuleType("house")
    exec(compile(CODE, "own.md", "exec"), made.__dict__)  # noqa: S102 - the page's own code
    return made


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


class TestHouse(Contract):
    target = "ja"

    @pytest.fixture
    def provider(self, module: ModuleType, address: str) -> Provider:
        environment = {"HOUSE_URL": address, "HOUSE_KEY": "test"}
        made: Provider = module.from_environment(environment, Settings())
        return made


def test_it_takes_about_fifty_lines() -> None:
    assert len([line for line in CODE.splitlines() if line.strip()]) <= 55


def test_it_needs_its_key_and_none_where_it_only_plans(module: ModuleType) -> None:
    with pytest.raises(NotAuthorised, match="HOUSE_KEY"):
        module.from_environment({}, Settings())
    assert module.from_environment({}, Settings(offline=True)).supports("en", "ja")
