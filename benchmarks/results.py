"""Figures of one size on disk: `benchmarks/results/<terms>.json`, from which the page is made."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.corpus import Size
from benchmarks.measure import Contender, Cost, Costs, Scenario

FOLDER = Path(__file__).with_name("results")


@dataclass(frozen=True)
class Machine:
    """What the figures were taken on, as far as it matters."""

    processor: str
    cores: int
    system: str
    python: str


@dataclass(frozen=True)
class Tool:
    """A contender with the cost of each of its rounds."""

    name: str
    version: str
    note: str
    costs: Mapping[Scenario, tuple[Cost, ...]]


@dataclass(frozen=True)
class Results:
    """Everything measured at one size; `day` is when, as 2026-11-29."""

    size: Size
    machine: Machine
    rounds: int
    tools: tuple[Tool, ...]
    missing: tuple[str, ...]
    day: str

    def tool(self, name: str) -> Tool | None:
        """A tool by name, None where it was not there."""
        return next((tool for tool in self.tools if tool.name == name), None)


def this_machine() -> Machine:
    """Describe the machine without naming it."""
    system = f"{platform.system()} {platform.machine()}"
    return Machine(_processor(), os.cpu_count() or 1, system, platform.python_version())


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text("utf-8").splitlines() if known.exists() else []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.processor() or platform.machine())


def tools_of(contenders: Iterable[Contender], costs: Costs) -> tuple[Tool, ...]:
    """The contenders with what they cost."""
    return tuple(Tool(each.name, each.version, each.note, costs[each.name]) for each in contenders)


def save(results: Results) -> None:
    """Write the results of a size over those before."""
    FOLDER.mkdir(exist_ok=True)
    text = json.dumps(asdict(results), indent=1, ensure_ascii=False)
    (FOLDER / f"{results.size.terms}.json").write_text(text + "\n", "utf-8")


def load_all() -> tuple[Results, ...]:
    """The results of all sizes, smallest first."""
    found = (read(json.loads(file.read_bytes())) for file in FOLDER.glob("*.json"))
    return tuple(sorted(found, key=lambda results: results.size.terms))


def read(document: dict[str, object]) -> Results:
    """Results as `asdict` wrote them. Raises ValueError for anything else."""
    match document:
        case {
            "size": dict(size),
            "machine": dict(machine),
            "rounds": int(rounds),
            "tools": list(tools),
            "missing": list(missing),
            "day": str(day),
        }:
            read_tools = tuple(_tool(tool) for tool in tools)
            return Results(
                Size(**size), Machine(**machine), rounds, read_tools, tuple(missing), day
            )
    raise ValueError("not results of `make bench`")


def _tool(document: Mapping[str, object]) -> Tool:
    match document:
        case {"name": str(name), "version": str(version), "note": str(note), "costs": dict(costs)}:
            rounds = {
                Scenario(scenario): tuple(Cost(**cost) for cost in each)
                for scenario, each in costs.items()
            }
            return Tool(name, version, note, rounds)
    raise ValueError("not a tool's results")
