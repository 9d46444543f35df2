"""Floors under the coverage of each room: `make cover` fails where a room falls below its own.

Reads what `coverage json` writes (`python -m release.floors FILE`). What a room has reached
is its floor; who raises it, raises the number here.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

PACKAGE = "i18n_pipeline/"
FLOORS: Mapping[str, float] = MappingProxyType(
    {
        "api": 100.0,
        "checks": 99.9,
        "cli": 95.0,
        "config": 99.9,
        "desk": 96.0,
        "durable": 97.0,
        "errors": 100.0,
        "formats": 99.9,
        "glossary": 99.9,
        "history": 97.5,
        "hosting": 95.5,
        "links": 100.0,
        "locales": 100.0,
        "markdown": 99.9,
        "memory": 98.0,
        "model": 100.0,
        "origins": 100.0,
        "patterns": 100.0,
        "pipeline": 95.5,
        "placeholders": 100.0,
        "providers": 95.5,
        "reports": 99.5,
        "sealed": 100.0,
        "stages": 99.7,
        "survey": 96.5,
        "toml_places": 100.0,
        "tongues": 99.7,
        "workspace": 96.5,
    }
)
"""The share of lines and branches (percent) that the tests have to run, by room.

A little under what they ran, since examples are drawn. What only runs in a process of its own (the
desk's server, bars, the merge driver, what signals end) is not seen; `__main__` is nothing else,
and has no floor.
"""

NO_FLOOR = 0.0


@dataclass(frozen=True, slots=True)
class Covered:
    """How many lines and branches of a room there are, and how many the tests run."""

    there: int = 0
    run: int = 0

    @property
    def percent(self) -> float:
        """The share, rounded down to tenths: 100 is all."""
        return 100.0 if self.run == self.there else 1000 * self.run // self.there / 10

    def __add__(self, other: Covered) -> Covered:
        return Covered(self.there + other.there, self.run + other.run)


def rooms(report: Mapping[str, object]) -> Mapping[str, Covered]:
    """The coverage of each room, from coverage's JSON: folders and files right in the package."""
    files = report["files"]
    found: dict[str, Covered] = defaultdict(Covered)
    for path, told in files.items() if isinstance(files, dict) else ():
        if path.startswith(PACKAGE):
            found[_room(path)] += _covered(told["summary"])
    return dict(sorted(found.items()))


def _room(path: str) -> str:
    return path.removeprefix(PACKAGE).partition("/")[0].removesuffix(".py")


def _covered(summary: Mapping[str, int]) -> Covered:
    return Covered(
        summary["num_statements"] + summary["num_branches"],
        summary["covered_lines"] + summary["covered_branches"],
    )


def too_low(found: Mapping[str, Covered]) -> Mapping[str, tuple[float, float]]:
    """The rooms below their floors, each with what it has and what it should have."""
    wanted = {room: FLOORS.get(room, NO_FLOOR) for room in found}
    return {
        room: (covered.percent, wanted[room])
        for room, covered in found.items()
        if covered.percent < wanted[room]
    }


def main(path: Path) -> int:
    """Tell each room's coverage; 1 where one is below its floor."""
    found = rooms(json.loads(path.read_text(encoding="utf-8")))
    low = too_low(found)
    for room, covered in found.items():
        below = f"  below its floor of {low[room][1]}" if room in low else ""
        print(f"{room:15} {covered.percent:5.1f} %{below}")  # noqa: T201 - its report
    return int(bool(low))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
