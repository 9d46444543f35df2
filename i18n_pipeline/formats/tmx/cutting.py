"""A TMX without some of its units; every other byte stays."""

from __future__ import annotations

from collections.abc import Callable

from i18n_pipeline.formats.tmx.parsing import decoded, parse
from i18n_pipeline.formats.tmx.units import TmxUnit


def without(data: bytes, goes: Callable[[TmxUnit], bool]) -> tuple[bytes, tuple[TmxUnit, ...]]:
    """The file less the units that go, with the blanks before them and their line; and these.

    Raises BadFile with line and column.
    """
    file = decoded(data)
    gone: list[TmxUnit] = []
    parts: list[bytes] = []
    position = 0

    def take(unit: TmxUnit, start: int, end: int) -> None:
        nonlocal position
        if goes(unit):
            gone.append(unit)
            parts.append(file.data[position : _line_start(file.data, start)])
            position = file.data.index(b">", end) + 1

    parse(file, take)
    if not gone:
        return data, ()
    return file.encoded(b"".join(parts) + file.data[position:]), tuple(gone)


def _line_start(data: bytes, at: int) -> int:
    """Where the line end before a place begins, if only blanks are between; else the place."""
    start = at
    while start and data[start - 1 : start] in (b" ", b"\t"):
        start -= 1
    if data[start - 1 : start] != b"\n":
        return at
    return start - 2 if data[start - 2 : start] == b"\r\n" else start - 1
