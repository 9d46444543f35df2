"""A DeepL server of our own on loopback: the limits, the bill and the faults of the real one.

`python -m tests.stubs.deepl --port 8080` serves a demonstration; tests start one in their process:

    with Stub(Account()) as stub:
        stub.fail(Fault(429), at=2, times=3)

Facts: developers.deepl.com/docs/api-reference, as far as this project relies on them.
"""

from __future__ import annotations

import argparse
import json
import socket
import ssl
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import ClassVar
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape, unescape

from tests.stubs.account import Account
from tests.stubs.engine import Work, bill, translate, well_formed
from tests.stubs.features import base, has
from tests.stubs.holdings import Wish, held
from tests.stubs.refusal import Json, Refusal
from tests.stubs.server import told_to_stop
from tests.stubs.spoiling import (
    emptied,
    short,
    swapped,
    tags_first,
    with_tag_translated,
    with_tag_twice,
    without_tag,
)

MOST_TEXTS = 50
MOST_BYTES = 128 * 1024
MOST_INSTRUCTIONS, LONGEST_INSTRUCTION = 10, 300
TRANSLATE = "/v2/translate"

__all__ = [
    "TRANSLATE",
    "Account",
    "Fault",
    "Seen",
    "Stub",
    "emptied",
    "short",
    "swapped",
    "tags_first",
    "with_tag_translated",
    "with_tag_twice",
    "without_tag",
]


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one request.

    A `status` is answered at once, without the work. Otherwise the work is done and billed,
    `change` is made to the answer's texts, `body` put in its place, and it is sent; with `reset`
    the connection is cut instead, with `hang` (seconds) nothing comes; `early`: before the work.
    """

    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    change: Callable[[list[str]], list[str]] | None = None
    billed: bool = True
    reset: bool = False
    hang: float = 0.0
    early: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it came, and what became of it; `status` 0 where nothing was answered."""

    method: str
    path: str
    body: Json
    size: int
    status: int
    billed: int = 0


@dataclass
class Stub:
    """The server: started and stopped as a context, asked at `url`.

    `delay` are seconds each translation takes, `admits` how many at once before it answers 429.
    With a `certificate` (a file with its key) it speaks TLS.
    """

    account: Account = field(default_factory=Account)
    delay: float = 0.0
    admits: int = 0
    port: int = 0
    certificate: Path | None = None
    journal: list[Seen] = field(default_factory=list)
    peak: int = 0
    _faults: dict[tuple[str, int], Fault] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)
    _busy: int = 0
    _lock: threading.RLock = field(default_factory=threading.RLock)
    stopped: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Stub:
        handler = type("Handler", (_Handler,), {"stub": self})
        self._server = _Server(("127.0.0.1", self.port), handler)
        if self.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
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
        scheme = "https" if self.certificate else "http"
        return f"{scheme}://127.0.0.1:{self._server.server_address[1]}"

    def fail(
        self, fault: Fault, *, at: int = 1, times: int = 1, on: str = f"POST {TRANSLATE}"
    ) -> None:
        """Let the request with this number (from 1) of one kind fail, and `times - 1` after."""
        for number in range(at, at + times):
            self._faults[on, number] = fault

    def seen(self, on: str = f"POST {TRANSLATE}") -> list[Seen]:
        """The requests of one kind, in the order they ended."""
        return [one for one in self.journal if f"{one.method} {one.path}" == on]

    def note(self, seen: Seen) -> None:
        """Write down what became of a request."""
        with self._lock:
            self.journal.append(seen)

    def fault_for(self, kind: str) -> Fault:
        """Count a request, and say what is to go wrong with it."""
        with self._lock:
            self._counts[kind] += 1
            return self._faults.get((kind, self._counts[kind]), Fault())

    def translate(self, body: Json) -> list[tuple[str, int]]:
        """The work of /v2/translate: texts and their bills, charged."""
        with self._lock:
            self._busy += 1
            self.peak = max(self.peak, self._busy)
            crowded = bool(self.admits) and self._busy > self.admits
        try:
            if crowded:
                raise Refusal(429, "Too many requests")
            time.sleep(self.delay)
            return _work(self.account, body)
        finally:
            with self._lock:
                self._busy -= 1


def _work(account: Account, body: Json) -> list[tuple[str, int]]:
    texts, target = body.get("text"), str(body.get("target_lang") or "")
    if not isinstance(texts, list) or not texts or not target:
        raise Refusal(400, "Value for 'text' or 'target_lang' not supported.")
    if len(texts) > MOST_TEXTS:
        raise Refusal(400, "Too many texts")
    if body.get("tag_handling") == "xml" and not all(map(well_formed, texts)):
        # The capital is DeepL's.
        raise Refusal(400, "Tag handling parsing failed, please check input.", "Message")
    _look_at_wishes(account, body, target)
    ignored = body.get("ignore_tags")
    work = Work(
        target,
        _entries(account, body, target),
        frozenset(ignored if isinstance(ignored, list) else ()),
    )
    bills = bill(texts)
    remembered = [_remembered(account, body, text, target) for text in texts]
    account.charge(target, texts, bills)
    return [
        (translate(text, work) if known is None else known, price)
        for text, known, price in zip(texts, remembered, bills, strict=True)
    ]


def _look_at_wishes(account: Account, body: Json, target: str) -> None:
    """Refuse what the target has not: the whole request, as DeepL does."""
    if body.get("formality") in ("more", "less") and not has("formality", target):
        raise Refusal(400, f"Target language '{target}' doesn't support formality.")
    words = body.get("custom_instructions", [])
    if words and not has("custom_instructions", target):
        raise Refusal(400, "custom_instructions are not supported for this target language")
    if not isinstance(words, list) or len(words) > MOST_INSTRUCTIONS:
        raise Refusal(400, "Too many custom instructions")
    if any(len(str(one)) > LONGEST_INSTRUCTION for one in words):
        raise Refusal(400, "Custom instruction is too long")
    if "style_id" in body:
        rule = account.style_rules.get(str(body["style_id"]))
        if rule is None or base(rule) != base(target):
            raise Refusal(400, "Style rule does not match the target language")


def _remembered(account: Account, body: Json, text: str, target: str) -> str | None:
    """What the translation memory has for a text; tags are not looked into."""
    if "translation_memory_id" not in body:
        return None
    memory = account.memories.get(str(body["translation_memory_id"]))
    threshold = int(str(body.get("translation_memory_threshold", 75)))
    found = memory.match(unescape(text), target, threshold)
    return None if found is None else escape(found)


def _entries(account: Account, body: Json, target: str) -> dict[str, str]:
    if "glossary_id" not in body:
        return {}
    if "source_lang" not in body:
        raise Refusal(400, "source_lang is required with a glossary")
    found = account.entries(str(body["glossary_id"]), str(body["source_lang"]), target)
    return dict(found)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    stub: ClassVar[Stub]
    billed: int

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's
        """Say nothing: the journal holds it all."""

    def do_GET(self) -> None:
        self._serve()

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815 - the base class's

    def _serve(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body: Json = json.loads(raw) if raw.startswith(b"{") else {}
        path = urlsplit(self.path).path
        fault = self.stub.fault_for(f"{self.command} {path}")
        self.billed = 0
        status, answer = self._answer(path, raw, body, fault)
        self.stub.note(Seen(self.command, path, body, len(raw), status, self.billed))
        if status:
            self._send(status, answer, fault)
        else:
            self._cut()

    def _answer(self, path: str, raw: bytes, body: Json, fault: Fault) -> tuple[int, str]:
        if fault.status and fault.status != 200:
            message = json.dumps({"message": f"stub fault {fault.status}"})
            return fault.status, fault.body if fault.body is not None else message
        if fault.early and self._broken_off(fault):
            return 0, ""
        try:
            answer = json.dumps(self._route(path, raw, body, fault))
        except Refusal as refusal:
            return refusal.status, json.dumps(refusal.body)
        if self._broken_off(fault):
            return 0, ""
        return 200, fault.body if fault.body is not None else answer

    def _broken_off(self, fault: Fault) -> bool:
        self.stub.stopped.wait(fault.hang)
        return fault.reset or fault.hang > 0

    def _route(self, path: str, raw: bytes, body: Json, fault: Fault) -> object:
        account = self.stub.account
        if path.startswith("/upload/"):
            return self._upload(path, raw)
        if self.headers.get("Authorization") != f"DeepL-Auth-Key {account.key}":
            raise Refusal(403, "Invalid auth key")
        if len(raw) > MOST_BYTES and path == TRANSLATE:
            raise Refusal(413, "Request Entity Too Large")
        if (self.command, path) == ("POST", TRANSLATE):
            return self._translate(body, fault)
        with account.lock:
            query = dict(parse_qsl(urlsplit(self.path).query))
            asked = Wish(self.command, path.strip("/").split("/")[1:], query, body)
            return held(account, asked, self.stub.url)

    def _upload(self, path: str, raw: bytes) -> Json:
        """The place for files: signed, so that no key is needed, and none may be shown."""
        if "Authorization" in self.headers:
            raise Refusal(400, "a key was shown to the file store")
        self.stub.account.memories.upload(path.rpartition("/")[2], raw)
        return {}

    def _translate(self, body: Json, fault: Fault) -> Json:
        done = self.stub.translate(body)
        self.billed = sum(price for _, price in done)
        texts = [text for text, _ in done]
        texts = fault.change(texts) if fault.change else texts
        fast = body.get("model_type", "latency_optimized") == "latency_optimized"
        model = "latency_optimized" if fast else "quality_optimized"
        return {
            "translations": [
                {
                    "detected_source_language": body.get("source_lang", "EN"),
                    "text": text,
                    **({"billed_characters": price} if fault.billed else {}),
                    "model_type_used": model,
                }
                for text, (_, price) in zip(texts, done, strict=False)
            ]
        }

    def _send(self, status: int, answer: str, fault: Fault) -> None:
        body = answer.encode()
        headers = {
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "Date": self.date_time_string(),
            "X-Trace-ID": f"stub-{len(self.stub.journal)}",
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


def main() -> None:
    """Serve until interrupted; the address and the key are printed."""
    parser = argparse.ArgumentParser(description="a DeepL server for demonstrations")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--key", default="stub-key", help="the key to accept")
    parser.add_argument("--limit", type=int, default=500_000, help="characters it lets pass")
    asked = parser.parse_args()
    with Stub(Account(asked.key, asked.limit), port=asked.port) as stub:
        ended = told_to_stop()  # before anybody knows the address, and may send the signal
        print(f"export DEEPL_SERVER_URL={stub.url} DEEPL_AUTH_KEY={asked.key}", flush=True)  # noqa: T201
        ended.wait()
        print(f"{stub.account.billed} characters billed", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
