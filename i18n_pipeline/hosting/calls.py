"""Requests to a service's API: JSON there and back, and every failure as one of ours."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from email.message import Message
from http.client import HTTPException
from typing import TypeAlias
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from i18n_pipeline.errors import CannotWrite, I18nError, NotAuthorised, TryLater
from i18n_pipeline.providers.replies import seconds
from i18n_pipeline.values import dataclass, field

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

_PAUSES = (1.0, 4.0)
"""Seconds before a call that may be repeated is tried again."""

_PATIENCE = 60.0
"""Seconds that a call waits at most where the service says how long: longer is another run's."""

_REPEATABLE = ("GET", "PATCH", "PUT")
_PASSING = frozenset({408, 429, 500, 502, 503, 504})
_LONGEST = 300
_HINT = "run it again"


@dataclass(frozen=True, slots=True)
class Token:
    """A secret that does not print itself."""

    value: str = field(repr=False)

    def hide(self, text: str) -> str:
        """A text without the token in it."""
        return text.replace(self.value, "…")


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Why nothing came of a call, and whether that may pass.

    `undone`: the service did nothing, so that any call may be repeated. `after`: the seconds that
    it wants to be left alone.
    """

    failure: I18nError
    undone: bool = False
    after: float | None = None

    def pause(self, method: str, planned: float | None) -> float | None:
        """The seconds until it is tried again, None where it is not."""
        may = isinstance(self.failure, TryLater) and (self.undone or method in _REPEATABLE)
        pause = max(planned or 0.0, self.after or 0.0)
        return None if not may or planned is None or pause > _PATIENCE else pause


@dataclass(frozen=True, slots=True)
class Caller:
    """Calls the API at `address` with these headers; messages call the service by its `name`.

    An answer that has not begun, or does not go on, for so many `seconds` is none.
    """

    name: str
    address: str
    headers: Mapping[str, str] = field(repr=False)
    token: Token
    sleep: Callable[[float], None] = time.sleep
    seconds: float = 30.0

    def get(self, path: str, **query: str | int) -> Json:
        """What the API answers."""
        return self.call("GET", f"{path}?{urlencode(query)}" if query else path)

    def call(self, method: str, path: str, body: Mapping[str, Json] | None = None) -> Json:
        """What the API answers to a request with a body.

        Raises NotAuthorised (401, 403, and 404, which is how both services hide what a token may
        not see), CannotWrite for what is refused, TryLater for all that may pass.
        """
        pauses = iter(_PAUSES)
        while True:
            found = self._once(method, path, body)
            if not isinstance(found, _Trouble):
                return found
            pause = found.pause(method, next(pauses, None))
            if pause is None:
                raise found.failure
            self.sleep(pause)

    def _once(self, method: str, path: str, body: Mapping[str, Json] | None) -> Json | _Trouble:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Accept": "application/json", "User-Agent": "i18n-pipeline", **self.headers}
        if data is not None:
            headers["Content-Type"] = "application/json"
        request = Request(f"{self.address}{path}", data, headers, method=method)  # noqa: S310  # https, or what the job's environment names
        try:
            return self._read(self._answer(request))
        except (URLError, HTTPException, OSError) as error:
            reason = self.token.hide(str(getattr(error, "reason", error)))
            return _Trouble(TryLater(f"{self.name} cannot be reached: {reason}", _HINT))

    def _answer(self, request: Request) -> _Answer:
        """What comes back, whatever its status. Raises what urllib does."""
        try:
            with build_opener(_NoRedirects).open(request, timeout=self.seconds) as answer:
                return _Answer(answer.status, answer.headers, answer.read())
        except HTTPError as error:
            with error:
                return _Answer(error.code, error.headers, error.read())

    def _read(self, answer: _Answer) -> Json | _Trouble:
        if answer.status >= 300:
            return self._trouble(answer)
        try:
            return _parsed(answer.body) if answer.body.strip() else None
        except ValueError:
            return _Trouble(TryLater(f"{self.name} answered something that is no JSON", _HINT))

    def _trouble(self, answer: _Answer) -> _Trouble:
        why = self.token.hide(_message(answer.body))[:_LONGEST]
        words = f"{self.name} answered {answer.status}{f': {why}' if why else ''}"
        slow_down = answer.status == 429 or (answer.status == 403 and "rate limit" in why.lower())
        if slow_down or answer.status in _PASSING:
            return _Trouble(TryLater(words, _HINT), slow_down, answer.after)
        if answer.status in (401, 403, 404):
            hint = "what the token has to be allowed to stands in docs/ci.md"
            return _Trouble(NotAuthorised(words, hint))
        return _Trouble(CannotWrite(words))


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer as it came."""

    status: int
    headers: Message
    body: bytes

    @property
    def after(self) -> float | None:
        """The seconds that the service wants to be left alone, None where it does not say."""
        return seconds(self.headers.get("Retry-After", ""), self.headers.get("Date", ""))


class _NoRedirects(HTTPRedirectHandler):
    """Followed, a redirect would take the token to whatever host it names."""

    def redirect_request(self, *_arguments: object) -> None:
        """Follow none: it becomes the failure of its status."""


def _parsed(said: bytes) -> Json:
    """What JSON says. Raises ValueError, also where it is nested more deeply than anybody means."""
    try:
        found: Json = json.loads(said)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return found


def _message(said: bytes) -> str:
    """What an error's body says: `message` (text, list or table) or `error`, and `errors`."""
    try:
        found = table(_parsed(said))
        words = [*_texts(found.get("message") or found.get("error")), *_texts(found.get("errors"))]
    except (ValueError, RecursionError):  # some Pythons read what is nested deeper than they walk
        return ""
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


def listed(value: Json) -> tuple[Mapping[str, Json], ...]:
    """The objects of an answer that has to be a list: taken for none, it would be asked for anew.

    Raises TryLater.
    """
    if not isinstance(value, list):
        raise TryLater("the service answered something that is no list", _HINT)
    return tables(value)


def number(value: Json) -> int:
    """A number that has to be in an answer. Raises TryLater."""
    if type(value) is not int or value < 1:
        raise TryLater("the service answered without the number of what was asked for", _HINT)
    return value
