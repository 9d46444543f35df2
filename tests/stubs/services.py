"""Three services that bill, alike to whoever asks them, each with a meter that outlives its server.

DeepL, a chat model behind OpenAI's interface, and the house's own of docs/providers/own.md, which
is installed as a package would be. A server can hold requests at a point until their client is
gone: whatever was sent to it is then billed, as it would be.
"""

from __future__ import annotations

import socket
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, ClassVar, Protocol, cast

from i18n_pipeline.providers.base import Limits
from tests.docs.pages import DOCS, blocks
from tests.stubs import chat, deepl
from tests.stubs.account import Account
from tests.stubs.engine import Work, bill, translate
from tests.stubs.server import Asked, Done, Json, Server

WAIT = 30.0
"""Seconds after which a test that waits for something has failed."""

Meter = Counter[tuple[str, str]]
"""How often a text was billed, by target language and text."""


class _Stub(Protocol):
    """What all stub servers have."""

    @property
    def _server(self) -> ThreadingHTTPServer:
        """What listens."""

    @property
    def url(self) -> str:
        """The address."""


@dataclass(frozen=True)
class Service:
    """A service: how `i18n.toml` names it, what it takes at once, where it is asked to translate.

    `start` starts a server; `meter` counts for all of them.
    """

    name: str
    provider: str
    workers: int
    path: str
    start: Callable[[], AbstractContextManager[_Stub]]
    meter: Meter
    surroundings: Callable[[str], Mapping[str, str]]

    @contextmanager
    def serving(self, hold: Hold | None = None, drop: int = 0) -> Iterator[Serving]:
        """A server, whose bill is final once this ends. The request to `drop` gets no answer."""
        with self.start() as stub:
            serving = Serving(dict(self.surroundings(stub.url)), self.path, hold, drop)
            server = stub._server
            server.daemon_threads = False  # waited for when it closes
            handler = cast("type[BaseHTTPRequestHandler]", server.RequestHandlerClass)
            names = {"serving": serving, "timeout": WAIT}
            server.RequestHandlerClass = type("Watched", (_Watched, handler), names)
            server.handle_error = _unless_gone(server.handle_error)  # type: ignore[method-assign]
            try:
                yield serving
            finally:
                serving.end()


class At(StrEnum):
    """Where a request is held."""

    BEFORE_BILL = "before bill"
    AFTER_BILL = "after bill before headers"
    MID_RESPONSE = "mid response"


@dataclass(frozen=True)
class Hold:
    """Requests from the `first` on are held at a point; `reached` once so many are `together`."""

    at: At
    first: int = 1
    together: int = 1
    reached: threading.Event = field(default_factory=threading.Event)
    gone: threading.Event = field(default_factory=threading.Event)
    passed: Iterator[int] = field(default_factory=lambda: iter(range(1, 1_000_000)))

    def come_by(self, at: At) -> None:
        """Wait here until the client is gone, if this is the point and a request to be held."""
        if at is not self.at:
            return
        number = next(self.passed)
        if number < self.first:
            return
        if number - self.first + 1 >= self.together:
            self.reached.set()
        assert self.gone.wait(WAIT)


@dataclass
class Serving:
    """A server at work: the environment that leads to it, and the requests that are billed."""

    environment: dict[str, str]
    path: str
    hold: Hold | None = None
    drop: int = 0
    requests: int = 0
    connections: list[socket.socket] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self) -> int:
        """One request more has come; its number, from 1."""
        with self.lock:
            self.requests += 1
            return self.requests

    def end(self) -> None:
        """Clients are gone, or have nothing more to ask: what they sent is done, and no more."""
        if self.hold is not None:
            self.hold.gone.set()
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RD)


class _Watched(BaseHTTPRequestHandler):
    """A handler of a stub that is looked at while it reads and answers."""

    serving: ClassVar[Serving]
    number = 0

    def setup(self) -> None:
        super().setup()
        self.serving.connections.append(self.connection)
        self.rfile = cast("BinaryIO", _Ear(self.rfile, self))  # type: ignore[assignment]
        self.wfile = cast("BinaryIO", _Mouth(self.wfile, self))  # type: ignore[assignment]

    @property
    def billable(self) -> bool:
        return self.command == "POST" and self.path == self.serving.path

    def come_by(self, at: At) -> None:
        if self.serving.hold is not None:
            self.serving.hold.come_by(at)


@dataclass
class _Ear:
    """Reads a request's body in one go, and gives up where its client is gone before the end."""

    file: object
    handler: _Watched

    def __getattr__(self, name: str) -> object:
        return getattr(self.file, name)

    def read(self, size: int) -> bytes:
        data = cast("BinaryIO", self.file).read(size)
        if len(data) < size:
            raise ConnectionError("gone in the middle of its request")
        if self.handler.billable:
            self.handler.number = self.handler.serving.count()
            self.handler.come_by(At.BEFORE_BILL)
        return data


@dataclass
class _Mouth:
    """Writes an answer in one go."""

    file: object
    handler: _Watched

    def __getattr__(self, name: str) -> object:
        return getattr(self.file, name)

    def write(self, data: bytes) -> None:
        out = cast("BinaryIO", self.file)
        if not self.handler.billable:
            out.write(data)
            return
        if self.handler.number == self.handler.serving.drop:
            raise ConnectionError("lost on the way, and billed")
        self.handler.come_by(At.AFTER_BILL)
        half = len(data) * 3 // 4
        out.write(data[:half])
        self.handler.come_by(At.MID_RESPONSE)
        out.write(data[half:])


def _unless_gone(told: Callable[..., None]) -> Callable[..., None]:
    """Clients that are gone are nothing to tell of."""

    def handle(*about: object) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            told(*about)

    return handle


# The services.


def deepl_service() -> Service:
    account = Account()
    return Service(
        "deepl",
        "deepl",
        8,
        deepl.TRANSLATE,
        lambda: deepl.Stub(account),
        account.billed_for,
        lambda url: {"DEEPL_SERVER_URL": url, "DEEPL_AUTH_KEY": account.key},
    )


def openai_service() -> Service:
    meter = chat.Meter()
    return Service(
        "openai",
        "openai:stub-model",
        8,
        "/v1/chat/completions",
        lambda: chat.Stub(meter=meter),
        meter.billed_for,
        lambda url: {"OPENAI_BASE_URL": url, "OPENAI_API_KEY": meter.key},
    )


def house_service() -> Service:
    meter: Meter = Counter()
    return Service(
        "house",
        "house",
        HOUSE_WORKERS,
        "/",
        lambda: _House(meter),
        meter,
        lambda url: {"HOUSE_URL": f"{url}/", "HOUSE_KEY": "key"},
    )


SERVICES = {"deepl": deepl_service, "openai": openai_service, "house": house_service}
HOUSE_WORKERS = 4


class _House(Server):
    """The server that docs/providers/own.md asks."""

    main_kind = "POST /"

    def __init__(self, meter: Meter) -> None:
        super().__init__()
        self.meter = meter

    def work(self, asked: Asked) -> Done:
        target = str(asked.body["to"])
        texts = cast("Sequence[str]", asked.body["texts"])
        with self.lock:
            self.meter.update((target, text) for text in texts)
        answer: Json = {"texts": [translate(text, Work(target)) for text in texts]}
        return Done(answer, sum(bill(texts)))


def install_house(folder: Path) -> Path:
    """Install the provider of docs/providers/own.md into a folder, as a package with its entry."""
    page = (DOCS / "providers" / "own.md").read_text("utf-8")
    code = next(block.text for block in blocks(page) if block.info == ("python",))
    about = folder / "house-1.dist-info"
    about.mkdir(parents=True)
    (folder / "house.py").write_text(code, "utf-8")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: house\nVersion: 1\n")
    (about / "entry_points.txt").write_text(
        "[i18n_pipeline.providers]\nhouse = house:from_environment\n"
    )
    return folder


def limits_of(texts: int) -> list[tuple[object, str, object]]:
    """What to set where, so that a request to any of the services holds so many texts."""
    from i18n_pipeline.providers.deepl import provider as ours
    from i18n_pipeline.providers.openai import provider as theirs

    found: list[tuple[object, str, object]] = [
        (ours, "TEXTS", texts),
        (theirs, "LIMITS", Limits(texts, theirs.LIMITS.bytes, theirs.LIMITS.parallel)),
    ]
    if find_spec("house"):
        house = import_module("house").House
        found.append((house, "limits", Limits(texts, 64 * 1024, HOUSE_WORKERS)))
    return found
