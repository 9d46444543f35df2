"""A stub's server on loopback: start and stop, journal, and faults by number; answers are its own.

class Stub(Server):
    def work(self, asked: Asked) -> Done: …

with Stub() as stub:
    stub.fail(Fault(503), at=2, times=3, on="POST /translate")
"""

from __future__ import annotations

import json
import signal
import socket
import struct
import threading
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import ClassVar, Self
from urllib.parse import parse_qsl, urlsplit

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one request.

    A `status` other than 200 is answered at once, without the work. Otherwise the work is done
    and billed, `change` is made to its answer, `body` put in its place, and it is sent; with
    `reset` the connection is cut instead, with `hang` (seconds) nothing comes; `early`: before
    the work.
    """

    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    change: Callable[[Json], Json] | None = None
    reset: bool = False
    hang: float = 0.0
    early: bool = False

    @property
    def breaks_off(self) -> bool:
        """Whether nothing is answered."""
        return self.reset or self.hang > 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came; `body` is {} where there is none."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Json
    size: int
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """What it asks for, as faults and the journal name it: `POST /translate`."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Done:
    """An answer, and what it cost."""

    answer: Json
    billed: int = 0


class Refusal(Exception):
    """A status other than 200, with its body."""

    def __init__(self, status: int, body: Json) -> None:
        super().__init__(str(body))
        self.status = status
        self.body = body


@dataclass(frozen=True, slots=True)
class Seen:
    """A request, and what became of it; `status` 0 where nothing was answered."""

    asked: Asked
    status: int
    billed: int = 0


class Server(ABC):
    """Started and stopped as a context, asked at `url`; `journal` holds every request."""

    main_kind: ClassVar[str]
    """The kind of request that `fail` and `seen` mean unless they are told another."""

    def __init__(self, port: int = 0) -> None:
        self.port = port
        self.journal: list[Seen] = []
        self.stopped = threading.Event()
        self.lock = threading.RLock()
        self._faults: dict[tuple[str, int], Fault] = {}
        self._counts: Counter[str] = Counter()

    @abstractmethod
    def work(self, asked: Asked) -> Done:
        """Answer a request. Raises Refusal."""

    def complaint(self, status: int) -> Json:
        """The body of a fault's status."""
        return {"message": f"stub fault {status}"}

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"stub": self})
        self._server = _Listener(("127.0.0.1", self.port), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """The address, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def fail(self, fault: Fault, *, at: int = 1, times: int = 1, on: str = "") -> None:
        """Let the request with this number (from 1) of one kind fail, and `times - 1` after."""
        for number in range(at, at + times):
            self._faults[on or self.main_kind, number] = fault

    def seen(self, on: str = "") -> list[Seen]:
        """The requests of one kind, in the order they ended."""
        return [one for one in self.journal if one.asked.kind == (on or self.main_kind)]

    def next_fault(self, kind: str) -> Fault:
        """Count a request, and say what is to go wrong with it."""
        with self.lock:
            self._counts[kind] += 1
            return self._faults.get((kind, self._counts[kind]), Fault())

    def outcome(self, asked: Asked, fault: Fault) -> tuple[Seen, str]:
        """What becomes of a request, and the body to send."""
        if fault.status not in (0, 200):
            said = json.dumps(self.complaint(fault.status)) if fault.body is None else fault.body
            return Seen(asked, fault.status), said
        if fault.early and self._breaks_off(fault):
            return Seen(asked, 0), ""
        try:
            done = self.work(asked)
        except Refusal as refusal:
            return Seen(asked, refusal.status), json.dumps(refusal.body)
        if self._breaks_off(fault):
            return Seen(asked, 0, done.billed), ""
        answer = fault.change(done.answer) if fault.change else done.answer
        said = json.dumps(answer) if fault.body is None else fault.body
        return Seen(asked, 200, done.billed), said

    def _breaks_off(self, fault: Fault) -> bool:
        self.stopped.wait(fault.hang)
        return fault.breaks_off

    def note(self, seen: Seen) -> int:
        """Write down what became of a request; its number, from 1."""
        with self.lock:
            self.journal.append(seen)
            return len(self.journal)


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    stub: ClassVar[Server]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's
        """Say nothing: the journal holds it all."""

    def do_GET(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body: Json = json.loads(raw) if raw else {}
        headers = {name.casefold(): value for name, value in self.headers.items()}
        address = urlsplit(self.path)
        query = dict(parse_qsl(address.query))
        asked = Asked(self.command, address.path, headers, body, len(raw), query)
        fault = self.stub.next_fault(asked.kind)
        seen, answer = self.stub.outcome(asked, fault)
        number = self.stub.note(seen)
        if seen.status:
            self._send(seen.status, answer, fault, number)
        else:
            self._cut()

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815 - the base class's

    def _send(self, status: int, answer: str, fault: Fault, number: int) -> None:
        body = answer.encode()
        headers = {
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "Date": self.date_time_string(),
            "X-Request-ID": f"stub-{number}",
            **dict(fault.headers),
        }
        lines = [f"HTTP/1.1 {status} stub"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        # One write: two cost 40 ms a request (Nagle's algorithm and delayed ACK).
        self.wfile.write("\r\n".join([*lines, "", ""]).encode() + body)

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


def told_to_stop() -> threading.Event:
    """What Ctrl-C or SIGTERM sets; also in the background, where a shell has Ctrl-C ignored."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    return ended
