"""For whom a report in words is laid out: how wide it may be, and how its reader writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from unicodedata import combining, east_asian_width

from i18n_pipeline.reports.tongue import Tongue


@dataclass(frozen=True, slots=True)
class View:
    """What a reader sees: `width` in columns, and how numbers, days and languages are written."""

    width: int = 80
    tongue: Tongue = field(default_factory=Tongue)


def columns(words: str) -> int:
    """How many columns words take: two for what is wide in East Asian fonts, none for accents."""
    return sum(
        0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in words
    )


def padded(words: str, width: int, *, right: bool = False) -> str:
    """Words filled up with spaces to a width, at their right or (`right`) at their left."""
    room = " " * (width - columns(words))
    return room + words if right else words + room


def wrapped(parts: Iterable[str], width: int, indent: str) -> Iterator[str]:
    """Parts put into as few lines as fit, with an indent; no part is broken up."""
    line = ""
    for part in parts:
        longer = f"{line}  {part}" if line else part
        if line and columns(indent) + columns(longer) > width:
            yield indent + line
            line = part
        else:
            line = longer
    if line:
        yield indent + line


def table(rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Rows in columns as wide as their widest cell; the last one is cut where it does not fit."""
    if not rows:
        return
    widths = [max(map(columns, cells)) for cells in zip(*rows, strict=True)]
    for row in rows:
        cells = [padded(cell, wide) for cell, wide in zip(row, widths, strict=True)]
        line = "  ".join(cells).rstrip()
        yield line if columns(line) <= width else _cut(line, width)


def _cut(line: str, width: int) -> str:
    taken = ""
    for letter in line:
        if columns(taken + letter) > width - 1:
            break
        taken += letter
    return f"{taken.rstrip()}…"
