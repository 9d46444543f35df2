"""Edits as authors make them: a paragraph here and there gets one more sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from random import Random

_FENCE = re.compile(rb"^(?:```|~~~)")
_PROSE = re.compile(rb'[A-Z"*\[(].*[.?!]["*)]*$')
_FRONT_MATTER_FENCE = b"---"

Place = tuple[Path, int]
"""A line of a file, counted from 0."""


def paragraphs(files: Sequence[Path]) -> list[Place]:
    """The lines that are paragraphs of prose, in order of file and line."""
    return [
        (file, number) for file in sorted(files) for number in prose(file.read_bytes().split(b"\n"))
    ]


def prose(lines: Sequence[bytes]) -> list[int]:
    """Which lines of a file are paragraphs of prose, counted from 0."""
    found: list[int] = []
    fences = 0
    code = False
    for number, line in enumerate(lines):
        fences += line == _FRONT_MATTER_FENCE
        code ^= bool(_FENCE.match(line))
        alone = number > 0 and not lines[number - 1].strip()
        if fences >= 2 and not code and alone and _PROSE.match(line):
            found.append(number)
    return found


def edit(places: Sequence[Place], count: int, turn: int) -> None:
    """Add a sentence to `count` paragraphs; another `turn` takes others and says something else."""
    chosen = Random(f"edit/{turn}").sample(places, max(1, min(count, len(places))))
    for file, number in chosen:
        lines = file.read_bytes().split(b"\n")
        lines[number] += f" It was looked at again in turn {turn}.".encode()
        file.write_bytes(b"\n".join(lines))
