"""The line to DeepL: the official client under our timeouts, our retries and our errors.

The client's own retries are off: they send a translation again that may have been billed, and a
glossary that may have been made. The client is loaded and made when the first call is.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast
from urllib.parse import urlsplit

from i18n_pipeline import __version__
from i18n_pipeline.errors import I18nError
from i18n_pipeline.providers.base import Settings, Waiting
from i18n_pipeline.providers.deepl.faults import (
    FREE,
    PRO,
    Heard,
    Place,
    judge,
    listen,
    misread,
)
from i18n_pipeline.providers.deepl.tap import Session, Tap, Timeouts
from i18n_pipeline.providers.keys import Key
from i18n_pipeline.providers.pace import Pace
from i18n_pipeline.providers.retry import Patience, persist, sent_once
from i18n_pipeline.values import dataclass

if TYPE_CHECKING:
    from deepl import DeepLClient

T = TypeVar("T")

_NONSENSE = (
    TypeError,
    ValueError,
    AttributeError,
    LookupError,
    ArithmeticError,  # a number without an end
    RecursionError,  # lists in lists in lists
)
_PARALLEL, _PARALLEL_FREE = 8, 2


@dataclass(frozen=True, slots=True)
class Account:
    """Whose account, on which server. `server` and `certificates` are "" for the defaults.

    `certificates` is a file of certificate authorities, for a company's own.
    """

    key: Key
    server: str = ""
    certificates: str = ""

    @property
    def free(self) -> bool:
        """Whether it is on the plan API Free, as its key says."""
        return self.key.value.endswith(":fx")

    @property
    def parallel(self) -> int:
        """How many requests at once make sense. DeepL publishes no number."""
        return _PARALLEL_FREE if self.free else _PARALLEL

    @property
    def place(self) -> Place:
        """The server by its host and port alone: an address may carry more than that."""
        default = FREE if self.free else PRO
        host = urlsplit(self.server).netloc.rpartition("@")[2].lower()
        return Place(host or default, self.free)


class Line:
    """Calls to DeepL, tried again where that can help. Safe to use from several threads."""

    def __init__(
        self, account: Account, settings: Settings, timeouts: Timeouts | None = None
    ) -> None:
        self.account = account
        self.waiting: Waiting = settings.waiting
        self.parallel = min(account.parallel, settings.jobs or account.parallel)
        self._offline = settings.offline
        self._pace = Pace(self.parallel)
        self._timeouts = timeouts or Timeouts()
        self._opening = threading.Lock()
        self._client: DeepLClient | None = None
        self._tap: Tap | None = None

    def close(self) -> None:
        """Give back the connections."""
        if self._client is not None:
            self._client.close()  # type: ignore[no-untyped-call]

    def call(
        self, action: Callable[[DeepLClient], T], patience: Patience | None = None
    ) -> tuple[T, int]:
        """The result of a call, and how many tries before it got no answer.

        Raises NotAuthorised, QuotaExceeded, RateLimited, RequestRefused, ProviderUnavailable.
        """
        return persist(lambda: self._once(action), self.waiting, patience)

    def translate(self, action: Callable[[DeepLClient], T]) -> tuple[T, int]:
        """As `call`, for what is billed: at the service's pace, and never sent twice."""
        return persist(lambda: self._once(action), self.waiting, sent_once(), self._pace)

    def heard(self) -> Heard:
        """What this thread's last reply said beside its content."""
        reply = self._tap.last() if self._tap else None
        if reply is None:
            return Heard()
        return listen(reply.status_code, reply.headers, reply.text, self.account.key)

    def _once(self, action: Callable[[DeepLClient], T]) -> T:
        client = self._opened()
        from deepl import DeepLException

        try:
            return action(client)
        except DeepLException as failure:
            error = judge(failure, self.heard(), self.account.place)
        except _NONSENSE:
            # The client reads replies without looking: what it stumbles over may be billed.
            error = misread(self.heard(), self.account.place)
        # Raised out here so that no message of the library, which may echo the key, comes along.
        raise error

    def _opened(self) -> DeepLClient:
        if self._offline:
            raise I18nError("DeepL was called in a run that calls nobody")
        with self._opening:
            if self._client is None:
                self._client = _client(self.account)
                # Private, and the only way to headers and timeouts; the name has stood since 2021.
                session = cast("Session", self._client._client._session)  # noqa: SLF001
                self._tap = Tap(session, self._timeouts, self.waiting.clock, self._pace.served)
            return self._client


def _client(account: Account) -> DeepLClient:
    import deepl

    deepl.http_client.max_network_retries = 0
    # At DEBUG it would log texts and replies, and at INFO addresses that are as good as a key.
    logging.getLogger("deepl").setLevel(logging.WARNING)
    client = deepl.DeepLClient(
        account.key.value,
        server_url=account.server or None,
        send_platform_info=False,
        verify_ssl=account.certificates or None,
    )
    client.set_app_info("i18n-pipeline", __version__)
    return client


def get(client: DeepLClient, path: str) -> object:
    """The body of a GET as it came, where the client's own reading would lose or refuse it."""
    status, content, body = client._api_call(path, method="GET")  # noqa: SLF001
    client._raise_for_status(status, content, body)  # noqa: SLF001
    found: object = body
    return found
