"""Requests to the desk's server: whatever they are, only who has the token learns anything."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from i18n_pipeline.desk.answers import Answer, Desk, NotFound
from i18n_pipeline.errors import BadFile
from tests.fuzz.given import parts

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Scope

_CANARY = b"a text of the project"
_TOKEN = "canary-0123456789"  # noqa: S105 - opens nothing
_PORT = 8765
_OWN = (f"127.0.0.1:{_PORT}", f"localhost:{_PORT}")
_ALWAYS = b"content-security-policy"
_STATUSES = (200, 307, 400, 403, 404, 405, 413, 415)


class _Desk:
    """A desk that answers all it is asked, and counts on nothing in it."""

    def start(self) -> Mapping[str, object]:
        return {"said": _CANARY.decode()}

    def changes(self, since: int) -> Mapping[str, object]:
        assert since >= 0
        return {"said": _CANARY.decode()}

    def detail(self, name: str) -> Mapping[str, object]:
        if name == "gone":
            raise NotFound(name)
        return {"said": _CANARY.decode(), "name": name}

    history = page = detail

    def judged(self, asked: Mapping[str, object]) -> dict[str, object]:
        if "id" not in asked:
            raise BadFile("request", "`id` is no text")
        return {"said": _CANARY.decode(), "asked": asked}

    def decide(self, asked: Mapping[str, object]) -> Answer:
        return Answer(self.judged(asked))

    undo = decide


@lru_cache(maxsize=1)
def _application() -> ASGIApp:
    from i18n_pipeline.desk.server import application

    return application(cast("Desk", _Desk()), _TOKEN)


def requests(data: bytes) -> None:
    """Each request is answered, and none learns a text of the project without the token."""
    head, body = parts(data, 2)
    line, *rest = head.split(b"\n")
    method, _, target = line.partition(b" ")
    path, _, query = target.partition(b"?")
    named = (one.partition(b": ") for one in rest)
    headers = [(name.lower(), said) for name, _, said in named if name]
    scope: Scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method.decode("latin-1"),
        "scheme": "http",
        "path": path.decode("utf-8", "replace"),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": headers,
        "server": ("127.0.0.1", _PORT),
    }
    start, told = _run(_answer(scope, body))
    assert start["status"] in _STATUSES, start
    about = dict(start["headers"])
    assert [name for name, _ in start["headers"]].count(_ALWAYS) == 1, about
    if about.get(b"content-type") == b"application/json" and method != b"HEAD":
        assert isinstance(json.loads(told), dict), told
    if _CANARY in told and _CANARY not in data:
        _may_know(headers, method)


def _run(answer: Coroutine[None, None, tuple[Message, bytes]]) -> tuple[Message, bytes]:
    """What comes of an answer, also where this thread has a loop of its own (a browser's)."""
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(asyncio.run, answer).result()


async def _answer(scope: Scope, body: bytes) -> tuple[Message, bytes]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await _application()(scope, receive, send)
    return sent[0], b"".join(one.get("body", b"") for one in sent[1:])


def _may_know(headers: list[tuple[bytes, bytes]], method: bytes) -> None:
    said = {name: value.decode("latin-1") for name, value in headers}
    assert (b"x-desk-token", _TOKEN.encode()) in headers
    assert said.get(b"host") in _OWN
    assert said.get(b"origin", "") in ("", *(f"http://{host}" for host in _OWN))
    assert said.get(b"origin") or method != b"POST"
    assert said.get(b"sec-fetch-site", "") in ("", "same-origin", "none")
