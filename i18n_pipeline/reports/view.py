"""For whom a report in words is laid out: how wide it may be, and how its reader writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
