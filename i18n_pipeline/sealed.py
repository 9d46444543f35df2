"""Bytes under a hash of themselves, and what they are good for: damaged ones are none.

For what is kept to save time alone. The hash is no secret: it tells damage, and no forger.
"""

from __future__ import annotations

from i18n_pipeline.model import digest


def sealed(good_for: str, body: bytes) -> bytes:
    """The bytes that `opened` gives back to whoever asks for the same."""
    return _head(good_for, body) + b"\n" + body


def opened(good_for: str, data: bytes | None) -> bytes | None:
    """The bytes that were `sealed`; None where they are damaged, or good for something else."""
    head, _, body = (data or b"").partition(b"\n")
    return body if head == _head(good_for, body) else None


def _head(good_for: str, body: bytes) -> bytes:
    return f"{good_for} {digest(body)}".encode()
