"""Postings as bytes and back: what is kept of an index, so that it need not be made again."""

from __future__ import annotations

import sys
from array import array

from i18n_pipeline.model import digest
from i18n_pipeline.stages.recall.index import Postings

SCHEMA = "i18n-index/1"
"""Also of what tokens are: another way to cut wordings is another schema."""

_BETWEEN = "\0"


def to_bytes(postings: Postings) -> bytes | None:
    """Postings as bytes; None where a wording is empty, or holds what stands between."""
    if any(not wording or _BETWEEN in wording for wording in postings.wordings):
        return None
    parts = [_BETWEEN.join(texts).encode() for texts in (postings.wordings, postings.rows)]
    parts += [postings.starts.tobytes(), postings.numbers.tobytes()]
    body = b"".join(parts)
    sizes = " ".join(str(len(part)) for part in parts)
    return f"{SCHEMA} {_machine()} {digest(body)} {sizes}\n".encode() + body


def from_bytes(data: bytes) -> Postings | None:
    """Postings from their bytes; None for what is damaged, of another version or machine."""
    head, _, body = data.partition(b"\n")
    try:
        schema, machine, hashed, *sizes = head.decode("ascii").split(" ")
        wordings, rows, starts, numbers = _cut(body, [int(size) for size in sizes])
    except ValueError:
        return None
    if (schema, machine, hashed) != (SCHEMA, _machine(), digest(body)):
        return None
    return Postings(
        _split(wordings),
        {token: row for row, token in enumerate(_split(rows))},
        array("I", starts),
        array("I", numbers),
    )


def _machine() -> str:
    return f"{sys.byteorder}-{array('I').itemsize}"


def _cut(body: bytes, sizes: list[int]) -> list[bytes]:
    """The body in parts of these sizes. Raises ValueError where they do not add up."""
    if min(sizes) < 0 or sum(sizes) != len(body):
        raise ValueError(sizes)
    parts: list[bytes] = []
    for size in sizes:
        parts.append(body[:size])
        body = body[size:]
    return parts


def _split(data: bytes) -> tuple[str, ...]:
    return tuple(data.decode().split(_BETWEEN)) if data else ()
