"""Bytes in pieces that nobody joins: where three rows of 80 MB change, the others are held once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TypeAlias

from i18n_pipeline.model import digest, digest_of
from i18n_pipeline.values import dataclass

Piece: TypeAlias = bytes | bytearray | memoryview


@dataclass(frozen=True)
class Pieces:
    """Bytes, one piece after the other; a memoryview among them is a part of what is held anyway.

    Two of them are compared by their hashes: where the same bytes are cut does not matter.
    """

    parts: tuple[Piece, ...]

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def __bytes__(self) -> bytes:
        return b"".join(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pieces) and self.hash == other.hash

    def __hash__(self) -> int:
        return hash(self.hash)

    @cached_property
    def hash(self) -> str:
        """`digest()` of the bytes, worked out once."""
        return digest_of(self.parts)


Data: TypeAlias = bytes | Pieces
"""The bytes of a file."""


def hash_of(data: Data) -> str:
    """`digest()` of bytes, joined or in pieces."""
    return data.hash if isinstance(data, Pieces) else digest(data)


def pieces_of(data: Data) -> Iterable[Piece]:
    """The pieces of bytes; those that are joined are one."""
    return data.parts if isinstance(data, Pieces) else (data,)
