"""What goes wrong with DeepL, told apart by what it is: pure, from an exception to ours.

Statuses: developers.deepl.com/docs/best-practices/error-handling. The client's `should_retry` is
not used: it is False for 500 and 529 (seen in 1.32).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from i18n_pipeline.errors import (
    I18nError,
    NotAuthorised,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
    RequestRefused,
    Unanswered,
)
from i18n_pipeline.providers.keys import Key
from i18n_pipeline.providers.replies import causes, plain, seconds
from i18n_pipeline.providers.retry import Again, Fault
from i18n_pipeline.values import dataclass

if TYPE_CHECKING:
    from deepl import DeepLException

FREE, PRO = "api-free.deepl.com", "api.deepl.com"
"""Hosts of the two kinds of accounts; regions have their own (`api-us.deepl.com`)."""

QUOTA = 456
NOT_FOUND = 404
BAD_REQUEST = 400

_LATER = "run the same command later"
_BUSY = (429, 529)
_REFUSED = (BAD_REQUEST, 413)
_GATEWAY = (502, 504)  # it gave up waiting: the service behind it may have done the work
_PROXY = 407
_KEYS_OF_WORDS = ("message", "Message", "detail")
_NEVER_SENT = frozenset({"ConnectTimeout", "NewConnectionError", "NameResolutionError"})
_NOT_AN_ADDRESS = frozenset({"InvalidURL", "InvalidSchema", "MissingSchema", "LocationParseError"})


@dataclass(frozen=True, slots=True)
class Place:
    """Who is asked: the server, with its port where one is named; with a key of API Free or not."""

    host: str
    free: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """What a reply said beside its content, fit to be shown.

    `words` are its own about what is wrong, `trace` names the request for DeepL's support,
    `after` are the seconds it asks to wait. `page`: it is a web page, not DeepL's JSON.
    """

    status: int = 0
    words: str = ""
    trace: str = ""
    after: float | None = None
    page: bool = False


class Redirected(Exception):
    """Raised for a reply that names another place to ask; `host` is the one that was asked."""

    def __init__(self, host: str, status: int) -> None:
        super().__init__(f"status {status}")
        self.host = host
        self.status = status


def listen(status: int, headers: Mapping[str, str], body: str, key: Key) -> Heard:
    """What a reply said, from its status, its headers and its body, without the key."""
    after = seconds(headers.get("Retry-After", ""), headers.get("Date", ""))
    page = body.lstrip()[:1] == "<"
    # Hidden once it is read: JSON has other ways to write a key.
    words, trace = (plain(key.hide(one)) for one in (_words(body), headers.get("X-Trace-ID", "")))
    return Heard(status, words, trace, after, page)


def judge(failure: DeepLException, heard: Heard, place: Place) -> I18nError | Again:
    """The error a failed call stands for; as `Again` where trying once more can help."""
    status = failure.http_status_code
    if status is None:
        return _unconnected(failure, place.host)
    return _refusal(status, heard, place)


def misread(heard: Heard, place: Place) -> I18nError | Again:
    """The error for a reply that the client stumbled over: a refusal, whatever its words."""
    if heard.status >= BAD_REQUEST:
        return _refusal(heard.status, heard, place)
    return unreadable("its answer cannot be read")


def _refusal(status: int, heard: Heard, place: Place) -> I18nError | Again:
    if status in _BUSY:
        slow = RateLimited("DeepL asks to slow down", _LATER)
        return Again(Fault.BUSY, slow, heard.after)
    if status >= 500:
        message = f"DeepL is out of order (status {status}{_said(heard)}), at {place.host}"
        if status in _GATEWAY:
            return Again(Fault.LOST, Unanswered(message, _LATER), heard.after)
        return Again(Fault.BROKEN, ProviderUnavailable(message, _LATER), heard.after)
    return _final(status, heard, place)


def unreadable(what: str) -> ProviderUnavailable:
    """The error for an answer that came, may have been billed, and cannot be used."""
    error = ProviderUnavailable(
        f"DeepL answered, but {what}", "is DEEPL_SERVER_URL right, or a proxy in between?"
    )
    error.unanswered = 1
    return error


def _final(status: int, heard: Heard, place: Place) -> I18nError:
    if status in (401, 403):
        message = f"{place.host} does not accept the key{_said(heard)}"
        return NotAuthorised(message, _about_key(heard, place))
    if status == QUOTA:
        hint = "wait for the account's next period, or raise its limit"
        return QuotaExceeded(f"DeepL's allowance is used up{_said(heard)}", hint)
    if status in _REFUSED:
        return RequestRefused(f"DeepL refuses the request (status {status}{_said(heard)})")
    if status == _PROXY:
        hint = "put its user and password into HTTPS_PROXY"
        return ProviderUnavailable(f"the proxy before {place.host} lets nobody through", hint)
    return _unavailable(f"DeepL cannot do this (status {status}{_said(heard)})", place.host)


def _about_key(heard: Heard, place: Place) -> str:
    """What to do about a key that was not accepted."""
    host = place.host.partition(":")[0]
    if place.free and host != FREE and host.endswith(".deepl.com"):
        return f"a key that ends in :fx is one of API Free, and its server is https://{FREE}"
    if not place.free and host == FREE:
        return f"only keys that end in :fx are of API Free; this one's server is https://{PRO}"
    if "scope" in heard.words:
        return "the key is restricted: give it the scope that is missing, or use another one"
    hint = "check DEEPL_AUTH_KEY: the whole key, of this server, and allowed to do this"
    return f"{hint}; or a proxy in between answered with a page" if heard.page else hint


def _unconnected(failure: DeepLException, host: str) -> I18nError | Again:
    chain = list(causes(failure))
    for cause in chain:
        if isinstance(cause, Redirected):
            message = f"{cause.host} names another address (status {cause.status})"
            hint = "nothing was sent there; is DEEPL_SERVER_URL right, or a proxy in between?"
            return ProviderUnavailable(message, hint)
    kinds = {type(cause).__name__ for cause in chain}
    if "SSLError" in kinds:
        hint = "behind a proxy that signs traffic, set REQUESTS_CA_BUNDLE to its certificate"
        return ProviderUnavailable(f"the certificate of {host} is not trusted", hint)
    if kinds & _NOT_AN_ADDRESS:
        return ProviderUnavailable("DEEPL_SERVER_URL is not an address", f"https://{PRO}")
    if "ProxyError" in kinds:
        # Not named: a proxy's address may carry a password.
        hint = "see HTTPS_PROXY, HTTP_PROXY and NO_PROXY"
        unreached = ProviderUnavailable(f"the proxy before {host} does not let us through", hint)
        return Again(Fault.BROKEN, unreached)
    if kinds & _NEVER_SENT:
        return Again(Fault.BROKEN, _unavailable("DeepL cannot be reached", host))
    return Again(Fault.LOST, Unanswered(f"DeepL did not answer, at {host}", _LATER))


def _unavailable(message: str, host: str) -> ProviderUnavailable:
    return ProviderUnavailable(f"{message}, at {host}", _LATER)


def _said(heard: Heard) -> str:
    return f": {heard.words}" if heard.words else ""


def _words(body: str) -> str:
    try:
        content = json.loads(body)
        said = content if isinstance(content, dict) else {}
        return "; ".join(str(said[key]) for key in _KEYS_OF_WORDS if said.get(key))
    except (ValueError, RecursionError):  # a page of some server in between: nothing to quote
        return ""
