"""The desk as a web application, for one browser on one machine.

Whoever knows the token may read and write; it travels in the fragment of the address, which no
log and no other site gets to see, and then in a header, which no form and no link can send. The
files of the page hold nothing of the project and need none.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from hmac import compare_digest
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from i18n_pipeline.desk.answers import Answer, Desk, NotFound
from i18n_pipeline.desk.assets import FILES, POLICY, asset, shell
from i18n_pipeline.errors import BadFile, CannotWrite, I18nError, TryLater
from i18n_pipeline.values import dataclass

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

TOKEN = "x-desk-token"  # noqa: S105  # the name of the header
_LONGEST = 1024 * 1024
"""Bytes of a request; the longest text of a term file is far below."""
_DIGITS = 15
"""Of the number of a revision; no desk gets as far."""
_METHODS = frozenset({"GET", "POST"})
_SAME = frozenset({"", "same-origin", "none"})
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
Handler = Callable[["Request"], Awaitable[Response]]


def application(desk: Desk, token: str) -> ASGIApp:
    """The desk on the web; only who knows the token gets anything of the project."""
    api = _Api(desk, token)
    routes = [
        Route("/", _shell),
        *(Route(f"/{name}", _file(name)) for name in FILES),
        Route("/api/start", api.guarded(lambda _: Answer(desk.start()))),
        Route("/api/changes", api.guarded(lambda asked: Answer(desk.changes(_since(asked))))),
        Route("/api/unit/{id}", api.guarded(lambda asked: Answer(desk.detail(asked["id"])))),
        Route("/api/history/{id}", api.guarded(lambda asked: Answer(desk.history(asked["id"])))),
        Route("/api/page/{slug:path}", api.guarded(lambda one: Answer(desk.page(one["slug"])))),
        Route("/api/judge", api.posted(lambda body: Answer(desk.judged(body))), methods=["POST"]),
        Route("/api/decide", api.posted(desk.decide), methods=["POST"]),
        Route("/api/undo", api.posted(desk.undo), methods=["POST"]),
    ]
    return _Guard(Starlette(routes=routes))


def _since(asked: Mapping[str, str]) -> int:
    since = asked.get("since", "0")
    return int(since) if since.isdecimal() and len(since) <= _DIGITS else 0


async def _shell(_: Request) -> Response:
    return Response(shell(), media_type="text/html")


def _file(name: str) -> Handler:
    async def give(_: Request) -> Response:
        return Response(asset(name), media_type=FILES[name])

    return give


@dataclass(frozen=True)
class _Api:
    """What needs the token."""

    desk: Desk
    token: str

    def guarded(self, answer: Callable[[Mapping[str, str]], Answer]) -> Handler:
        """A question; the answer gets what stands in the path and behind the question mark."""

        async def handle(request: Request) -> Response:
            if not self._may(request):
                return _refusal(403, "token", "this page is not the one that was opened for you")
            asked = {**request.query_params, **request.path_params}
            return await run_in_threadpool(_answered, lambda: answer(asked))

        return handle

    def posted(self, answer: Callable[[Mapping[str, object]], Answer]) -> Handler:
        """What changes something, or is too long for an address."""

        async def handle(request: Request) -> Response:
            if not self._may(request):
                return _refusal(403, "token", "this page is not the one that was opened for you")
            if request.headers.get("content-type", "").partition(";")[0] != "application/json":
                return _refusal(415, "request", "only JSON is read")
            data = await _body(request)
            if data is None:
                return _refusal(413, "request", "that is too much text")
            return await run_in_threadpool(_answered, lambda: answer(_object(data)))

        return handle

    def _may(self, request: Request) -> bool:
        given = request.headers.get(TOKEN, "")
        return compare_digest(given.encode(), self.token.encode())


async def _body(request: Request) -> bytes | None:
    """The bytes of a request; None where they are too many."""
    data = b""
    async for part in request.stream():
        data += part
        if len(data) > _LONGEST:
            return None
    return data


def _object(data: bytes) -> Mapping[str, object]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise BadFile("request", "the request is no JSON object")
    return found


def _answered(answer: Callable[[], Answer]) -> Response:
    """The answer as a response; failures that a reviewer can do something about say what."""
    try:
        found = answer()
    except NotFound as failure:
        return _refusal(404, "gone", str(failure))
    except TryLater as failure:
        return _refusal(423, "busy", failure.message)
    except CannotWrite as failure:
        return _refusal(507, "cannot-write", f"{failure.message} {failure.hint}".strip())
    except BadFile as failure:
        status = 400 if failure.problem.code == "request" else 409
        return _refusal(status, failure.problem.code, str(failure.problem))
    except I18nError as failure:
        return _refusal(409, "project", f"{failure.message} {failure.hint}".strip())
    return _json(found.body, found.status)


def _refusal(status: int, error: str, message: str) -> Response:
    return _json({"error": error, "message": message}, status)


def _json(body: Mapping[str, object], status: int) -> Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    data = text.encode("utf-8", "replace")
    return Response(data, status, media_type="application/json")


@dataclass(frozen=True)
class _Guard:
    """Lets through only what the page itself asks, and gives every answer its headers."""

    inside: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return

        async def with_headers(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                own = [(name.lower().encode(), said.encode()) for name, said in _HEADERS.items()]
                message = {**message, "headers": [*_listed(message), *own]}
            await send(message)

        reason = _foreign(scope)
        inside = _refusal(403, "foreign", reason) if reason else self.inside
        await inside(scope, receive, with_headers)  # type: ignore[arg-type]  # a message is a mapping that can be changed; this one is made anew


def _listed(message: Mapping[str, object]) -> list[object]:
    headers = message.get("headers", ())
    return list(headers) if isinstance(headers, (list, tuple)) else []


def _foreign(scope: Scope) -> str:
    """Why a request is not from our own page; "" where it may be.

    A name that a foreign server lets lead here (DNS rebinding) shows in `Host`, a foreign page in
    `Origin` and `Sec-Fetch-Site`.
    """
    headers = {name.decode("latin-1"): said.decode("latin-1") for name, said in scope["headers"]}
    _, port = scope["server"]
    own = {f"127.0.0.1:{port}", f"localhost:{port}"}
    if headers.get("host", "") not in own:
        return "it was asked for under another name"
    origin = headers.get("origin", "")
    if origin not in ("", f"http://{headers['host']}"):
        return "another site asked"
    if scope["method"] == "POST" and not origin:
        return "nobody says who asked"
    # our own way in leads from a file to the page, which holds nothing of the project
    goes_there = scope["path"] == "/" and headers.get("sec-fetch-dest", "") == "document"
    if headers.get("sec-fetch-site", "") not in _SAME and not goes_there:
        return "another site asked"
    return "" if scope["method"] in _METHODS | {"HEAD"} else "only GET and POST are answered"
