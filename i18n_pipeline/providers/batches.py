"""Sending a request so that one bad text never costs the others: what is refused is halved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from i18n_pipeline.errors import RequestRefused
from i18n_pipeline.providers.base import Answer, Provider, Request


@dataclass(frozen=True, slots=True)
class Delivered:
    """An answer, and where its texts stood in the request that was sent: from `first` on."""

    first: int
    request: Request
    answer: Answer


@dataclass(frozen=True, slots=True)
class Refused:
    """A text the provider does not accept, where it stood, and why; it was not billed."""

    first: int
    request: Request
    reason: str


def send(provider: Provider, request: Request, first: int = 0) -> Iterator[Delivered | Refused]:
    """Translate a request within limits; yield each part as its answer comes, in order.

    A refused request is halved until the bad text is alone, so every good text is billed once.
    Raises what `Provider.translate` raises, but RequestRefused.
    """
    if not request.texts:
        return
    try:
        answer = _ask(provider, request)
    except RequestRefused as refusal:
        yield from _halves(provider, request, first, refusal.message)
    else:
        yield Delivered(first, request, answer)


def _ask(provider: Provider, request: Request) -> Answer:
    size = provider.wire_size(request)
    if size > provider.limits.bytes:
        most = provider.limits.bytes
        raise RequestRefused(f"too long for {provider.label}: {size} bytes, {most} at most")
    return provider.translate(request)


def _halves(
    provider: Provider, request: Request, first: int, reason: str
) -> Iterator[Delivered | Refused]:
    texts = request.texts
    if len(texts) == 1:
        yield Refused(first, request, reason)
        return
    middle = len(texts) // 2
    yield from send(provider, replace(request, texts=texts[:middle]), first)
    yield from send(provider, replace(request, texts=texts[middle:]), first + middle)
