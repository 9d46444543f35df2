"""Cutting a request of any size into requests a provider accepts; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from i18n_pipeline.providers.base import Provider, Request


def cut(request: Request, provider: Provider) -> Iterator[Request]:
    """Yield requests within the provider's limits, their texts in the order given.

    A text too long for any request comes alone: `batches.send` refuses it without sending it.
    """
    limits = provider.limits
    room = limits.bytes - provider.wire_size(replace(request, texts=()))
    batch: list[str] = []
    used = 0
    for text in request.texts:
        weight = _weight(request, text, provider)
        if batch and (len(batch) >= limits.texts or used + weight > room):
            yield replace(request, texts=tuple(batch))
            batch, used = [], 0
        batch.append(text)
        used += weight
    if batch:
        yield replace(request, texts=tuple(batch))


def _weight(request: Request, text: str, provider: Provider) -> int:
    """Bytes one more such text adds to a request, the separator included."""
    one = provider.wire_size(replace(request, texts=(text,)))
    return provider.wire_size(replace(request, texts=(text, text))) - one
