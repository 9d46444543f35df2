"""Requests of any size, cut to what a provider accepts and sent; what is refused is halved.

So one bad text never costs the others.
"""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.errors import I18nError, RequestRefused
from i18n_pipeline.providers.base import Answer, Provider, Request
from i18n_pipeline.values import dataclass, replace


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


def cut(request: Request, provider: Provider) -> Iterator[Request]:
    """Yield requests within the provider's limits, their texts in the order given.

    A text too long for any request comes alone: `send` refuses it without sending it.
    """
    most = provider.limits
    first, count = 0, len(request.texts)
    while first < count:
        part = request.part(first, first + most.texts)
        # Mostly as many texts as are allowed fit: one look at all of them is enough.
        if provider.wire_size(part) > most.bytes:
            part = request.part(first, first + _fitting(part, provider))
        yield part
        first += len(part.texts)


def _fitting(request: Request, provider: Provider) -> int:
    """How many texts from the first on fit into a request; at least one."""
    room = provider.limits.bytes - provider.wire_size(request.part(0, 0))
    used = 0
    for position in range(len(request.texts)):
        used += _weight(request, position, provider)
        if used > room:
            return max(1, position)
    return len(request.texts)


def _weight(request: Request, position: int, provider: Provider) -> int:
    """Bytes one more such text adds to a request, the separator included."""
    one = request.part(position, position + 1)
    two = replace(one, texts=one.texts * 2, hints=one.hints * 2)
    return provider.wire_size(two) - provider.wire_size(one)


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
    try:
        return provider.translate(request)
    except I18nError as failure:
        failure.texts = len(request.texts)
        raise


def _halves(
    provider: Provider, request: Request, first: int, reason: str
) -> Iterator[Delivered | Refused]:
    count = len(request.texts)
    if count == 1:
        yield Refused(first, request, reason)
        return
    middle = count // 2
    yield from send(provider, request.part(0, middle), first)
    yield from send(provider, request.part(middle, count), first + middle)
