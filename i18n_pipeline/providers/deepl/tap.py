"""Between the official client and its connections: our timeouts, no redirects, replies kept.

The client neither hands out the headers of a reply nor takes a timeout for a call. What is raised
here passes through it, and is known again in `faults` among the causes of its own exception.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Protocol
from urllib.parse import urlsplit

from i18n_pipeline.providers.deepl.faults import Redirected
from i18n_pipeline.values import dataclass

_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to connect, and to wait for an answer: to a look, a translation, a change.

    A server that says a little all the time has kept within these: `total` are those until the
    last byte of a reply.
    """

    connect: float = 10.0
    look: float = 15.0
    answer: float = 60.0
    change: float = 120.0
    total: float = 300.0

    def of(self, method: str, path: str) -> tuple[float, float]:
        """To connect and to wait, for one request."""
        if method == "GET":
            return self.connect, self.look
        return self.connect, self.answer if path.endswith("/v2/translate") else self.change


class Raw(Protocol):
    """The part of a `urllib3.HTTPResponse` that we read and replace."""

    stream: Callable[..., Iterator[bytes]]

    @property
    def headers(self) -> Mapping[str, str]:
        """Without regard to case."""

    def read(self, amt: int, decode_content: bool) -> bytes:
        """So many bytes as they came, b"" at the end."""


class Reply(Protocol):
    """The part of a `requests.Response` that we read."""

    @property
    def status_code(self) -> int:
        """The status."""

    @property
    def headers(self) -> Mapping[str, str]:
        """Without regard to case."""

    @property
    def raw(self) -> Raw:
        """The body as it comes."""

    @property
    def content(self) -> bytes:
        """The whole body, read with the first look at it."""

    @property
    def text(self) -> str:
        """The whole body."""

    def close(self) -> None:
        """Give back the connection; what was not read of it is lost."""


class Sent(Protocol):
    """The part of a `requests.PreparedRequest` that we read."""

    @property
    def method(self) -> str:
        """In capitals."""

    @property
    def url(self) -> str:
        """The whole address."""


class Session(Protocol):
    """The part of a `requests.Session` that we replace."""

    send: Callable[..., Reply]
    get_redirect_target: Callable[[Reply], str | None]


class Tap:
    """Stands in for a session's `send`, and keeps each thread's last reply.

    `served` is called when a reply is here.
    """

    def __init__(
        self,
        session: Session,
        timeouts: Timeouts,
        clock: Callable[[], float],
        served: Callable[[], None] = lambda: None,
    ) -> None:
        self._send, self._served = session.send, served
        self._timeouts = timeouts
        self._clock = clock
        self._thread = threading.local()
        session.send = self.send
        # A redirect would get to see the texts. Asked not to follow one, the library still reads
        # its body and its address, in its own time; so it is never told of any.
        session.get_redirect_target = lambda _: None

    def send(self, request: Sent, **options: object) -> Reply:
        """The whole reply to a request. Raises TimeoutError, Redirected, and as the library."""
        self._thread.reply = None
        address = urlsplit(request.url)
        options["timeout"] = self._timeouts.of(request.method, address.path)
        options["stream"] = True
        end = self._clock() + self._timeouts.total
        reply = self._send(request, **options)
        try:
            _look_at(reply, address.netloc)
            read_until(end, reply.raw, self._clock)
            _ = reply.content
        except BaseException:
            reply.close()
            raise
        self._served()
        self._thread.reply = reply
        return reply

    def last(self) -> Reply | None:
        """What came for this thread's last request, if anything did."""
        reply: Reply | None = getattr(self._thread, "reply", None)
        return reply


def _look_at(reply: Reply, host: str) -> None:
    if 300 <= reply.status_code < 400:
        raise Redirected(host, reply.status_code)


def read_until(end: float, raw: Raw, clock: Callable[[], float]) -> None:
    """Have a body read piece by piece as it comes; its `stream` raises TimeoutError at the end."""
    # Before urllib3 2 there is only `read`, which waits until a piece is full.
    read = getattr(raw, "read1", raw.read)

    def pieces() -> Iterator[bytes]:
        while piece := read(_PIECE, decode_content=False):
            yield piece
            if clock() > end:
                raise TimeoutError("a reply without an end")

    def stream(amount: int, decode_content: bool) -> Iterator[bytes]:
        from urllib3 import HTTPResponse

        # Unpacked when it is whole: packed bytes may go on for ever and give none.
        packing = {"Content-Encoding": raw.headers.get("Content-Encoding", "")}
        whole = HTTPResponse(BytesIO(b"".join(pieces())), packing, preload_content=False)
        yield from whole.stream(amount, decode_content=decode_content)

    raw.stream = stream
