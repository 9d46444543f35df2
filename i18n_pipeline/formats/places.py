"""Where something stands in a file: line and column, both from 1, columns in characters."""

from __future__ import annotations


def place_in(text: str, at: int, first: int = 1) -> tuple[int, int]:
    """Line and column of a character in a text that begins at line `first` of its file."""
    return first + text.count("\n", 0, at), at - text.rfind("\n", 0, at)


def place_in_bytes(data: bytes, at: int, first: int = 1) -> tuple[int, int]:
    """The same for a byte; what stands before it in its line must be UTF-8."""
    start = data.rfind(b"\n", 0, at) + 1
    return first + data.count(b"\n", 0, at), len(data[start:at].decode()) + 1
