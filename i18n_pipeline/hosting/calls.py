"""Requests to a service's API: JSON there and back, and every failure as one of ours."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import TypeAlias
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from i18n_pipeline.errors import CannotWrite, I18nError, NotAuthorised, TryLater

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

_SECONDS = 30
_PAUSES = (1.0, 4.0)
"""Seconds before a call that may be repeated is tried again."""

_REPEATABLE = ("GET", "PATCH", "PUT")
_PASSING = frozenset({429, 500, 502, 503, 504})
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Token:
    """A secret that does not print itself."""

    value: str = field(repr=False)

    def hide(self, text: str) -> str:
        """A text without the token in it."""
        return text.replace(self.value, "…")


@dataclass(frozen=True, slots=True)
class Caller:
    """Calls the API at `address` with these headers; messages call the service by its `name`."""

    name: str
    address: str
    headers: Mapping[str, str] = field(repr=False)
    token: Token
    sleep: Callable[[float], None] = time.sleep

    def get(self, path: str, **query: str | int) -> Json:
        """What the API answers."""
        return self.call("GET", f"{path}?{urlencode(query)}" if query else path)

    def call(self, method: str, path: str, body: Mapping[str, Json] | None = None) -> Json:
        """What the API answers to a request with a body.

        Raises NotAuthorised (401, 403, and 404, which is how both services hide what a token may
        not see), CannotWrite for what is refused, TryLater for all that may pass.
        """
        pauses = iter(_PAUSES if method in _REPEATABLE else ())
        while True:
            try:
                return self._once(method, path, body)
            except TryLater:
                pause = next(pauses, None)
                if pause is None:
                    raise
                self.sleep(pause)

    def _once(self, method: str, path: str, body: Mapping[str, Json] | None) -> Json:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Accept": "application/json", "User-Agent": "i18n-pipeline", **self.headers}
        if data is not None:
            headers["Content-Type"] = "application/json"
        request = Request(f"{self.address}{path}", data, headers, method=method)  # noqa: S310  # https, or what the job's environment names
        try:
            with build_opener(_NoRedirects).open(request, timeout=_SECONDS) as answer:
                said = answer.read()
        except HTTPError as error:
            with error:
                raise self._failure(error.code, error.read()) from None
        except (URLError, HTTPException, OSError) as error:
            reason = getattr(error, "reason", error)
            raise TryLater(
                f"{self.name} cannot be reached: {self.token.hide(str(reason))}"
            ) from None
        try:
            found: Json = json.loads(said) if said.strip() else None
        except (ValueError, RecursionError):
            raise TryLater(f"{self.name} answered something that is no JSON") from None
        return found

    def _failure(self, status: int, said: bytes) -> I18nError:
        why = self.token.hide(_message(said))[:_LONGEST]
        words = f"{self.name} answered {status}{f': {why}' if why else ''}"
        if status in _PASSING or "rate limit" in why.lower():
            return TryLater(words, "run it again")
        if status in (401, 403, 404):
            hint = "what the token has to be allowed to stands in docs/ci.md"
            return NotAuthorised(words, hint)
        return CannotWrite(words)


class _NoRedirects(HTTPRedirectHandler):
    """Followed, a redirect would take the token to whatever host it names."""

    def redirect_request(self, *_arguments: object) -> None:
        """Follow none: it becomes the failure of its status."""


def _message(said: bytes) -> str:
    """What an error's body says: `message` (text, list or table) or `error`, and `errors`."""
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(found, dict):
        return ""
    words = [*_texts(found.get("message") or found.get("error")), *_texts(found.get("errors"))]
    return "; ".join(words)


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict):
        for inner in value.values() if "message" not in value else (value["message"],):
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def table(value: Json) -> Mapping[str, Json]:
    """An answer that is a JSON object; an empty one of anything else."""
    return value if isinstance(value, dict) else {}


def tables(value: Json) -> tuple[Mapping[str, Json], ...]:
    """The objects of an answer that is a list."""
    return tuple(one for one in value if isinstance(one, dict)) if isinstance(value, list) else ()


def number(value: Json) -> int:
    """A number of an answer; 0 where it is none."""
    return value if isinstance(value, int) else 0
