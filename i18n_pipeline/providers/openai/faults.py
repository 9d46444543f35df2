"""What goes wrong with a chat endpoint, told apart by what it is: pure, from a reply to ours.

Statuses and codes: platform.openai.com/docs/guides/error-codes. Servers with OpenAI's interface
use the same statuses, and words of their own.
"""

from __future__ import annotations

import json
import re
import ssl
from collections.abc import Iterator, Mapping

from i18n_pipeline.errors import (
    I18nError,
    NotAuthorised,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
    RequestRefused,
    Unanswered,
)
from i18n_pipeline.expressions import expression
from i18n_pipeline.providers.keys import Key
from i18n_pipeline.providers.replies import causes, plain, seconds
from i18n_pipeline.providers.retry import Again, Fault
from i18n_pipeline.values import dataclass

_LATER = "run the same command later"
_NO_MONEY = ("insufficient_quota", "billing_hard_limit_reached", "billing_not_active")
_REFUSED = (400, 413, 422)
_OBJECTIONS = (400, 422, 500)  # 500: forks of llama.cpp
_GATEWAY = (408, 502, 504, 520, 524)  # it gave up waiting: the work behind it may be done
_OPTIONS = ("max_completion_tokens", "max_tokens", "model", "response_format", "temperature")
_KEYS_OF_WORDS = ("message", "msg", "detail", "error")
_KEYS_OF_CODES = ("type", "code", "param", "loc")
_TOO_LONG = expression(
    r"request too large|context.{0,20}(length|size|window)|string_above_max_length", re.IGNORECASE
)
_NEVER_SENT = frozenset(
    {"ConnectTimeout", "ConnectError", "PoolTimeout", "ProxyError", "LocalProtocolError"}
)


@dataclass(frozen=True, slots=True)
class Peer:
    """Whom we ask, as people read it, for which model, and the key that is never shown."""

    name: str
    model: str
    key: Key

    def shown(self, text: str) -> str:
        """Foreign words fit to be shown."""
        return plain(self.key.hide(text))


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, whatever the status. `after` are the seconds it asks to wait."""

    status: int
    body: bytes
    trace: str = ""
    after: float | None = None


def wait_asked(headers: Mapping[str, str]) -> float | None:
    """The seconds that a reply's headers ask to wait."""
    exactly = seconds(headers.get("retry-after-ms", ""), "")
    if exactly is not None:
        return exactly / 1000
    return seconds(headers.get("Retry-After", ""), headers.get("Date", ""))


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a reply says is wrong: in words, and everything there is to search in."""

    words: str = ""
    everything: str = ""
    code: str = ""
    param: str = ""


def complaint(reply: Reply) -> Complaint:
    """What a reply says is wrong."""
    try:
        content = json.loads(reply.body)
    except (ValueError, RecursionError):  # a page of some server in between: nothing to quote
        return Complaint()
    error = content.get("error") if isinstance(content, dict) else None
    said = error or content
    table = said if isinstance(said, dict) else {}
    first = next((table[key] for key in _KEYS_OF_WORDS if table.get(key)), said)
    return Complaint(
        " ".join(_strings(first)),
        " ".join(_strings(said)),
        f"{_word(table.get('code'))} {_word(table.get('type'))}",
        _word(table.get("param")),
    )


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _strings(value: object, depth: int = 4) -> Iterator[str]:
    """The words in a complaint of any shape; FastAPI's is a list of tables."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict) and depth:
        for key in (*_KEYS_OF_WORDS, *_KEYS_OF_CODES):
            yield from _strings(value.get(key), depth - 1)
    elif isinstance(value, list) and depth:
        for one in value:
            yield from _strings(one, depth - 1)


def objects(reply: Reply) -> bool:
    """Whether a reply may be about how it was asked, and not about what."""
    return reply.status in _OBJECTIONS


def judge(reply: Reply, peer: Peer) -> I18nError | Again:
    """The error a reply stands for; as `Again` where trying once more can help."""
    said = complaint(reply)
    words = f": {peer.shown(said.words)}" if said.words.strip() else ""
    if reply.status == 402 or any(code in said.code for code in _NO_MONEY):
        hint = "put money into the account, or raise its limit"
        return QuotaExceeded(f"the allowance at {peer.name} is used up{words}", hint)
    if reply.status in (*_REFUSED, 429, 500) and _TOO_LONG.search(said.everything):
        return RequestRefused(f"too long for {peer.model}{words}")
    if reply.status == 429:
        slow = RateLimited(f"{peer.name} asks to slow down{words}", _LATER)
        return Again(Fault.BUSY, slow, reply.after)
    words = f" (status {reply.status}{words})"
    if reply.status in _GATEWAY:
        lost = Unanswered(f"{peer.name} is out of order{words}", _LATER)
        return Again(Fault.LOST, lost, reply.after)
    if reply.status >= 500:
        broken = ProviderUnavailable(f"{peer.name} is out of order{words}", _LATER)
        return Again(Fault.BROKEN, broken, reply.after)
    return _final(reply.status, said, words, peer)


def _final(status: int, said: Complaint, words: str, peer: Peer) -> I18nError:
    if status in (401, 403):
        hint = "check OPENAI_API_KEY: the whole key, of this server, and allowed to use the model"
        return NotAuthorised(f"{peer.name} does not accept the key{words}", hint)
    if status == 404:
        hint = "is the model's name right? an OPENAI_BASE_URL mostly ends in /v1"
        return ProviderUnavailable(f"{peer.name} does not know {peer.model}{words}", hint)
    about_texts = said.param.partition(".")[0] not in _OPTIONS
    if status in _REFUSED and about_texts:
        return RequestRefused(f"{peer.name} refuses the request{words}")
    hint = "does the model fit the server?"
    return ProviderUnavailable(f"{peer.name} cannot do this{words}", hint)


def unconnected(failure: Exception, peer: Peer) -> I18nError | Again:
    """The error for a request that got no reply."""
    chain = list(causes(failure))
    if any(isinstance(cause, ssl.SSLError) for cause in chain):
        hint = "behind a proxy that signs traffic, set REQUESTS_CA_BUNDLE to its certificate"
        return ProviderUnavailable(f"the certificate of {peer.name} is not trusted", hint)
    if _NEVER_SENT & {type(cause).__name__ for cause in chain}:
        return Again(Fault.BROKEN, ProviderUnavailable(f"{peer.name} cannot be reached", _LATER))
    return Again(Fault.LOST, Unanswered(f"{peer.name} did not answer", _LATER))


def unreadable(reply: Reply, why: str, peer: Peer) -> ProviderUnavailable:
    """The error for an answer that came, may have been billed, and cannot be used."""
    words = peer.shown(complaint(reply).words)
    error = ProviderUnavailable(
        f"{peer.name} answered, but {why}{': ' if words else ''}{words}",
        "is OPENAI_BASE_URL right, or a proxy in between?",
    )
    error.unanswered = 1
    return error
