"""The line to DeepL: the official client under our timeouts, our retries and our errors.

The client's own retries are off: they send a translation again that may have been billed, and a
glossary that may have been made.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar, cast
from urllib.parse import urlsplit

from i18n_pipeline import __version__
from i18n_pipeline.providers.base import Waiting
from i18n_pipeline.providers.deepl.faults import Heard, judge, listen, unreadable
from i18n_pipeline.providers.keys import Key
from i18n_pipeline.providers.retry import Patience, persist

if TYPE_CHECKING:
    from deepl import DeepLClient

T = TypeVar("T")

_NONSENSE = (TypeError, ValueError, AttributeError, KeyError)


@dataclass(frozen=True, slots=True)
class Account:
    """Whose account, on which server. `server` and `certificates` are "" for the defaults.

    `certificates` is a file of certificate authorities, for a company's own.
    """

    key: Key
    server: str = ""
    certificates: str = ""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to connect, and to wait for an answer to a translation and about a glossary."""

    connect: float = 10.0
    answer: float = 60.0
    glossary: float = 120.0


class _Reply(Protocol):
    """The part of a `requests.Response` that we read."""

    @property
    def headers(self) -> Mapping[str, str]:
        """Without regard to case."""

    @property
    def text(self) -> str:
        """The whole body."""


class _Sent(Protocol):
    """The part of a `requests.PreparedRequest` that we read."""

    @property
    def url(self) -> str:
        """The whole address."""


class _Session(Protocol):
    """The part of a `requests.Session` that we replace."""

    send: Callable[..., _Reply]


class _Tap:
    """Stands in for a session's `send`: sets our timeouts and keeps each thread's last reply.

    The client neither hands out the headers of a reply nor takes a timeout for a call.
    """

    def __init__(self, send: Callable[..., _Reply], timeouts: Timeouts) -> None:
        self._send = send
        self._timeouts = timeouts
        self._thread = threading.local()

    def send(self, request: _Sent, **options: object) -> _Reply:
        self._thread.reply = None
        slow = "/v3/glossaries" in request.url
        answer = self._timeouts.glossary if slow else self._timeouts.answer
        options["timeout"] = (self._timeouts.connect, answer)
        self._thread.reply = reply = self._send(request, **options)
        return reply

    def last(self) -> _Reply | None:
        reply: _Reply | None = getattr(self._thread, "reply", None)
        return reply


class Line:
    """Calls to DeepL, tried again where that can help. Safe to use from several threads."""

    def __init__(
        self, account: Account, waiting: Waiting, timeouts: Timeouts | None = None
    ) -> None:
        self._account = account
        self._waiting = waiting
        self._client = _client(account)
        # Private, and the only way to headers and timeouts; the name has stood since 2021.
        session = cast("_Session", self._client._client._session)  # noqa: SLF001
        self._tap = _Tap(session.send, timeouts or Timeouts())
        session.send = self._tap.send

    def close(self) -> None:
        """Give back the connections."""
        self._client.close()  # type: ignore[no-untyped-call]

    def call(
        self, action: Callable[[DeepLClient], T], patience: Patience | None = None
    ) -> tuple[T, int]:
        """The result of a call, and how many tries before it got no answer.

        Raises NotAuthorised, QuotaExceeded, RateLimited, RequestRefused, ProviderUnavailable.
        """
        return persist(lambda: self._once(action), self._waiting, patience)

    def heard(self) -> Heard:
        """What this thread's last reply said beside its content."""
        reply = self._tap.last()
        if reply is None:
            return Heard()
        return listen(reply.headers, self._account.key.hide(reply.text))

    def _once(self, action: Callable[[DeepLClient], T]) -> T:
        from deepl import DeepLException

        try:
            return action(self._client)
        except DeepLException as failure:
            error = judge(failure, self.heard(), self._host())
        except _NONSENSE:
            # The client reads replies without looking: what it stumbles over may be billed.
            error = unreadable("its answer cannot be read")
        # Raised out here so that no message of the library, which may echo the key, comes along.
        raise error

    def _host(self) -> str:
        # Only the host: an address may carry a user's name and password.
        return urlsplit(self._client.server_url).hostname or "DeepL"


def _client(account: Account) -> DeepLClient:
    import deepl

    deepl.http_client.max_network_retries = 0
    # At DEBUG it would log texts and replies, and a reply may echo the key.
    logging.getLogger("deepl").setLevel(logging.INFO)
    client = deepl.DeepLClient(
        account.key.value,
        server_url=account.server or None,
        send_platform_info=False,
        verify_ssl=account.certificates or None,
    )
    client.set_app_info("i18n-pipeline", __version__)
    return client
