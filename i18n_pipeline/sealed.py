"""Bytes under a hash of themselves, and what they are good for: damaged ones are none.

For what is kept to save time alone. The hash is no secret: it tells damage, and no forger.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from i18n_pipeline.model import digest, digest_of
from i18n_pipeline.pieces import Pieces


def sealed(good_for: str, body: bytes) -> bytes:
    """The bytes that `opened` gives back to whoever asks for the same."""
    return _head(good_for, digest(body)) + b"\n" + body


def sealed_lines(good_for: str, lines: Iterable[bytes]) -> Pieces:
    """What `sealed` makes of lines, which may be many, without joining them."""
    body = tuple(piece for line in lines for piece in (line, b"\n"))[:-1]
    return Pieces((_head(good_for, digest_of(body)), b"\n", *body))


def opened(good_for: str, data: bytes | None) -> bytes | None:
    """The bytes that were `sealed`; None where they are damaged, or good for something else."""
    head, _, body = (data or b"").partition(b"\n")
    return body if head == _head(good_for, digest(body)) else None


def opened_lines(good_for: str, data: bytes | None) -> Sequence[bytes]:
    """The lines of what was sealed; none where `opened` gives back nothing, or no bytes."""
    data = data or b""
    start = data.find(b"\n") + 1
    body = memoryview(data)[start:]
    if not start or not body or data[: start - 1] != _head(good_for, digest_of((body,))):
        return ()
    return data.split(b"\n")[1:]


def _head(good_for: str, hashed: str) -> bytes:
    return f"{good_for} {hashed}".encode()
