"""Runs of contenders in turn, and what each cost."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from statistics import median
from subprocess import run

_LAUNCHER = Path(__file__).with_name("launch.py")
_LAST_WORDS = 1500


class Scenario(StrEnum):
    """What is measured, in the order in which one state leads to the next."""

    HELP = "`--help`"
    EXTRACT = "extract"
    FIRST = "first sync, with drafts"
    REBUILD = "rebuild all"
    IDLE = "nothing to do"
    ONE_EDIT = "one paragraph edited"
    EDITED = "1 % of paragraphs edited"
    START = "start Python"
    SCAN = "scan and stat all files"
    SCAN_EACH = "scan and stat all files, a PO each"
    READ = "read all bytes"
    PARSE = "read and parse with our parsers"
    WRITE = "write all bytes, durably"


@dataclass(frozen=True)
class Cost:
    """What a run took: seconds by the clock, seconds of CPU, peak memory in bytes."""

    seconds: float
    cpu: float
    peak: int

    def __add__(self, other: Cost) -> Cost:
        """One run after another: times add up, the larger peak stays."""
        return Cost(self.seconds + other.seconds, self.cpu + other.cpu, max(self.peak, other.peak))


def typical(costs: Sequence[Cost]) -> Cost:
    """The median of each part."""
    return Cost(
        median(cost.seconds for cost in costs),
        median(cost.cpu for cost in costs),
        int(median(cost.peak for cost in costs)),
    )


class RunFailed(Exception):
    """A contender's command ended badly; the message holds its last words."""


@dataclass(frozen=True)
class Command:
    """A process to run."""

    words: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def measured(self) -> Cost:
        """Run it and return its cost. Raises RunFailed."""
        note, log = self.folder / ".cost.json", self.folder / ".messages"
        run(
            [sys.executable, "-I", "-S", str(_LAUNCHER), str(note), str(log), *self.words],
            cwd=self.folder,
            env={**os.environ, **self.environment},
            check=True,
        )
        said = json.loads(note.read_bytes())
        note.unlink()
        if said["exit"]:
            words = log.read_text("utf-8", "replace")[-_LAST_WORDS:]
            raise RunFailed(f"{self.words[:4]} ended with {said['exit']}\n{words}")
        return Cost(said["seconds"], said["cpu"], said["peak"])


@dataclass(frozen=True)
class Job:
    """A scenario of one contender: what is done before each round, and what is measured."""

    commands: tuple[Command, ...]
    prepare: Callable[[int], None] = lambda _round: None

    def measured(self, number: int) -> Cost:
        """Prepare a round and run it. Raises RunFailed."""
        self.prepare(number)
        os.sync()  # what others left to write is not ours to wait for
        first, *rest = [command.measured() for command in self.commands]
        return sum(rest, first)


@dataclass(frozen=True)
class Contender:
    """A tool, with what it can do; `note` says what it leaves out."""

    name: str
    version: str
    jobs: Mapping[Scenario, Job]
    note: str = ""


Costs = Mapping[str, Mapping[Scenario, tuple[Cost, ...]]]
"""All rounds by contender and scenario."""


def measure(contenders: Sequence[Contender], rounds: int, tell: Callable[[str], None]) -> Costs:
    """Run every scenario `rounds` times, the contenders in turn. A failure ends only its own."""
    found: dict[str, dict[Scenario, tuple[Cost, ...]]] = {each.name: {} for each in contenders}
    for scenario, number, each in _turns(contenders, rounds):
        before = found[each.name].get(scenario, ())
        if number and len(before) < number:
            continue
        try:
            cost = each.jobs[scenario].measured(number)
        except RunFailed as failure:
            tell(f"{each.name}, {scenario}: {failure}")
            continue
        found[each.name][scenario] = (*before, cost)
        tell(f"{scenario:26} {each.name:18} {cost.seconds:8.2f} s {cost.peak / 1e6:6.0f} MB")
    return found


def _turns(
    contenders: Sequence[Contender], rounds: int
) -> Iterator[tuple[Scenario, int, Contender]]:
    for scenario in Scenario:
        for number in range(rounds):
            for each in contenders:
                if scenario in each.jobs:
                    yield scenario, number, each
