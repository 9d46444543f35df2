"""The line to a chat endpoint: the official client under our timeouts and our errors.

The client's own retries are off: they send a request again that may have been billed.
"""

from __future__ import annotations

import logging
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from functools import cached_property
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from i18n_pipeline import __version__
from i18n_pipeline.errors import ProviderUnavailable, extra_hint
from i18n_pipeline.providers.keys import Key
from i18n_pipeline.providers.openai.faults import Peer, Reply, unconnected, wait_asked
from i18n_pipeline.values import dataclass

if TYPE_CHECKING:
    from httpx2 import Client
    from openai import OpenAI

OFFICIAL = "https://api.openai.com/v1"

# What the client tells of the machine it runs on: nobody's business.
_PLATFORM = ("X-Stainless-OS", "X-Stainless-Arch", "X-Stainless-Runtime-Version")

# At DEBUG they tell of requests, and a reply may echo the key.
_LOGGERS = ("openai", "httpx", "httpx2", "httpcore", "httpcore2")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Whose account, on which server. `server` and `certificates` are "" for the defaults.

    `certificates` is a file, or a folder, of certificate authorities: a company's own.
    """

    key: Key
    server: str = ""
    certificates: str = ""

    @property
    def name(self) -> str:
        """The server as people read it: an address may carry more than they should see."""
        return urlsplit(self.server).netloc.rpartition("@")[2] or "OpenAI"

    @property
    def own_machine(self) -> bool:
        """Whether the server is on this machine."""
        return is_loopback(self.server)


def is_loopback(address: str) -> bool:
    """Whether an address is one of this machine."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to connect, and to wait for an answer: a model writes it to its end first.

    Once it begins it may take as long again: servers send blanks while the model writes.
    """

    connect: float = 10.0
    answer: float = 300.0


def patient() -> Timeouts:
    """For a model on one's own machine: slow, and nothing is billed there."""
    return Timeouts(answer=3600.0)


def missing() -> ProviderUnavailable:
    """The error where the client is not installed."""
    return ProviderUnavailable(
        "the openai package is not installed, or not whole",
        f"{extra_hint('openai')}, or pipx inject i18n-pipeline openai",
    )


def look_for_client() -> None:
    """Raise ProviderUnavailable where the client is not installed; it is not loaded."""
    if find_spec("openai") is None:
        raise missing()


class Line:
    """Requests to a chat endpoint. Safe to use from several threads."""

    def __init__(
        self,
        endpoint: Endpoint,
        model: str,
        timeouts: Timeouts,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._endpoint = endpoint
        self._timeouts = timeouts
        self._clock = clock
        self._lock = threading.Lock()
        self.peer = Peer(endpoint.name, model, endpoint.key)

    def close(self) -> None:
        """Give back the connections."""
        with self._lock:
            if "_client" in vars(self):
                self._client.close()

    def post(self, content: Mapping[str, object]) -> Reply:
        """What comes back for a request's body, whatever its status.

        Raises Again or ProviderUnavailable where nothing comes back.
        """
        with self._lock:
            client = self._client
        from openai import APIConnectionError, APIStatusError, omit

        try:
            raw = client.chat.completions.with_raw_response.create(
                messages=[],
                model=self.peer.model,
                extra_body=content,
                extra_headers=dict.fromkeys(_PLATFORM, omit),
            )
            return self._reply(raw.status_code, raw.headers, raw.content)
        except APIStatusError as refusal:
            response = refusal.response
            return self._reply(response.status_code, response.headers, response.content)
        except APIConnectionError as failure:
            error = unconnected(failure, self.peer)
        # Raised out here so that no exception of the library, which holds the key, comes along.
        raise error

    def _reply(self, status: int, headers: Mapping[str, str], content: bytes) -> Reply:
        trace = self.peer.shown(headers.get("x-request-id", ""))
        return Reply(status, content, trace, wait_asked(headers))

    @cached_property
    def _client(self) -> OpenAI:
        """Loaded with the first request: it takes a second, and many runs ask nothing."""
        try:
            from openai import OpenAI, Timeout
        except ImportError:
            raise missing() from None
        for name in _LOGGERS:
            logging.getLogger(name).setLevel(logging.WARNING)
        return OpenAI(
            api_key=self._endpoint.key.value,
            base_url=self._endpoint.server or OFFICIAL,
            max_retries=0,
            timeout=Timeout(self._timeouts.answer, connect=self._timeouts.connect),
            default_headers={"User-Agent": f"i18n-pipeline/{__version__}"},
            http_client=self._connections(),
        )

    def _connections(self) -> Client:
        from httpx2 import InvalidURL  # of the client's own dependency: it re-exports no errors
        from openai import DefaultHttpxClient

        from i18n_pipeline.providers.openai.body import read_within

        trusted = self._trusted()
        try:
            # No redirect gets to see the texts, and no proxy what stays on this machine.
            own_machine = self._endpoint.own_machine
            return DefaultHttpxClient(
                verify=trusted,
                follow_redirects=False,
                trust_env=not own_machine,
                event_hooks={"response": [read_within(self._timeouts.answer, self._clock)]},
            )
        except (ImportError, InvalidURL, ValueError):
            error = ProviderUnavailable(
                "a proxy that the environment names cannot be used",
                "look at HTTPS_PROXY and ALL_PROXY; a SOCKS proxy needs the package socksio",
            )
        raise error

    def _trusted(self) -> ssl.SSLContext | bool:
        path = self._endpoint.certificates
        if not path:
            return True
        try:
            if Path(path).is_dir():
                return ssl.create_default_context(capath=path)
            return ssl.create_default_context(cafile=path)
        except OSError:
            error = ProviderUnavailable(
                f"the certificates in {path} cannot be read",
                "REQUESTS_CA_BUNDLE or SSL_CERT_FILE has to name a PEM file",
            )
        raise error
