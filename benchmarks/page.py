"""The page of figures: tables put between the prose of `page.md`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import floors, ours
from benchmarks.measure import Cost, Scenario, typical
from benchmarks.results import Results, Tool

TEMPLATE = Path(__file__).with_name("page.md")
_PLACE = re.compile(r"^\{\{ (\w+) \}\}$", re.MULTILINE)
_MEGA = 1_000_000
_LEAST_TOLD = 1000
_SIDE_BY_SIDE = (Scenario.EXTRACT, Scenario.REBUILD, Scenario.IDLE, Scenario.EDITED)
_OURS = (
    Scenario.HELP,
    Scenario.EXTRACT,
    Scenario.FIRST,
    Scenario.REBUILD,
    Scenario.IDLE,
    Scenario.ONE_EDIT,
    Scenario.EDITED,
)
_FLOORS = (
    Scenario.START,
    Scenario.SCAN,
    Scenario.SCAN_EACH,
    Scenario.READ,
    Scenario.PARSE,
    Scenario.WRITE,
)
_LAYOUTS = {ours.NAME: "one PO", ours.EACH: "a PO each"}
_FLOOR_OF = {
    Scenario.HELP: Scenario.START,
    Scenario.EXTRACT: Scenario.PARSE,
    Scenario.FIRST: Scenario.PARSE,
    Scenario.REBUILD: Scenario.WRITE,
    Scenario.IDLE: Scenario.SCAN,
    Scenario.ONE_EDIT: Scenario.SCAN,
    Scenario.EDITED: Scenario.SCAN,
}


def page(
    template: str,
    results: Sequence[Results],
    apart: Mapping[str, Iterable[str]] | None = None,
) -> str:
    """The whole page; `apart` are tables that are of no size.

    Raises KeyError for a place in the template that has no table.
    """
    parts: Mapping[str, Callable[[Results], Iterator[str]]] = {
        "measured": _measured,
        "ours": _ours,
        "floors": _floors,
        "peers": _peers,
        "memory": _memory,
        "faster": _faster,
        "versions": _versions,
    }

    alone = {name: "\n".join(lines) for name, lines in (apart or {}).items()}

    def filled(found: re.Match[str]) -> str:
        if found[1] in alone:
            return alone[found[1]]
        part = parts[found[1]]
        return "\n\n".join("\n".join(part(each)) for each in results if _is_told(each))

    return _PLACE.sub(filled, template)


def _is_told(results: Results) -> bool:
    """Whether a size has tables; small ones are there for the picture."""
    return results.size.terms >= _LEAST_TOLD


def _measured(results: Results) -> Iterator[str]:
    size, machine = results.size, results.machine
    rounds = "the median of one round" if results.rounds == 1 else f"medians of {results.rounds}"
    yield (
        f"- **{size.terms:,} terms**: {size.bytes / _MEGA:.1f} MB, {size.segments:,} segments,"
        f" {size.share:.0%} of them with a text of their own. {rounds[0].upper()}{rounds[1:]}"
        f" rounds, {machine.processor}, {machine.cores} cores, {machine.system},"
        f" Python {machine.python}, on {results.day}."
    ).replace("one round rounds", "one round")


def _ours(results: Results) -> Iterator[str]:
    tools = [(tool, _LAYOUTS[tool.name]) for tool in results.tools if tool.name in _LAYOUTS]
    for at, (tool, layout) in enumerate(tools):
        yield from ("",) if at else ()
        yield from _ours_in(results, tool, layout)


def _ours_in(results: Results, tool: Tool, layout: str) -> Iterator[str]:
    yield f"**{results.size.terms:,} terms, {layout}**"
    yield ""
    yield "| | seconds | of it CPU | terms a second | peak MB | times the floor |"
    yield "| :-- | --: | --: | --: | --: | :-- |"
    for scenario in _OURS:
        cost = _typical(tool, scenario)
        if cost:
            rate = f"{results.size.terms / cost.seconds:,.0f}" if scenario != Scenario.HELP else ""
            yield _row(
                scenario, _seconds(cost.seconds), _seconds(cost.cpu), rate, _peak(cost),
                _times_floor(cost, results, tool, scenario),
            )  # fmt: skip


def _times_floor(cost: Cost, results: Results, tool: Tool, scenario: Scenario) -> str:
    floor = _FLOOR_OF[scenario]
    measured = Scenario.SCAN_EACH if (tool.name, floor) == (ours.EACH, Scenario.SCAN) else floor
    under = _typical(results.tool(floors.NAME), measured)
    return f"{cost.seconds / under.seconds:.1f} × {floor}" if under else ""


def _floors(results: Results) -> Iterator[str]:
    tool = results.tool(floors.NAME)
    yield f"**{results.size.terms:,} terms**"
    yield ""
    yield "| | seconds | of it CPU | peak MB |"
    yield "| :-- | --: | --: | --: |"
    for scenario in _FLOORS:
        cost = _typical(tool, scenario)
        if cost:
            yield _row(scenario, _seconds(cost.seconds), _seconds(cost.cpu), _peak(cost))


def _times(ratio: float) -> str:
    """A ratio in two digits, or in whole ones."""
    return f"{ratio:.0f} ×" if ratio >= 100 else f"{ratio:.2g} ×"


def _peers(results: Results) -> Iterator[str]:
    own = results.tool(ours.NAME)

    def cell(tool: Tool, scenario: Scenario) -> str:
        cost, mine = _typical(tool, scenario), _typical(own, scenario)
        if cost is None:
            return "–"
        ratio = f" ({_times(cost.seconds / mine.seconds)})" if mine and tool is not own else ""
        return _seconds(cost.seconds) + ratio

    yield from _side_by_side(results, "seconds", cell)


def _memory(results: Results) -> Iterator[str]:
    def cell(tool: Tool, scenario: Scenario) -> str:
        cost = _typical(tool, scenario)
        return _peak(cost) if cost else "–"

    yield from _side_by_side(results, "peak MB", cell)


def _side_by_side(
    results: Results, what: str, cell: Callable[[Tool, Scenario], str]
) -> Iterator[str]:
    yield f"**{results.size.terms:,} terms**, {what}"
    yield ""
    yield _row("", *_SIDE_BY_SIDE)
    yield "| :-- |" + " --: |" * len(_SIDE_BY_SIDE)
    for tool in results.tools:
        if tool.name != floors.NAME:
            yield _row(tool.name, *(cell(tool, scenario) for scenario in _SIDE_BY_SIDE))


def _faster(results: Results) -> Iterator[str]:
    """Where a peer that goes the whole way was done first."""
    own = results.tool(ours.NAME)
    others = [tool for tool in results.tools if tool.name not in _LAYOUTS]
    whole = [tool for tool in others if Scenario.REBUILD in tool.costs]
    wins = [
        f"{tool.name} at “{scenario}”"
        f" ({_seconds(cost.seconds)} s against {_seconds(mine.seconds)} s)"
        for scenario in _SIDE_BY_SIDE
        for tool in whole
        if (cost := _typical(tool, scenario)) and (mine := _typical(own, scenario))
        if cost.seconds < mine.seconds
    ]
    nobody = "none" if whole else "no other tool was run"
    yield f"- at {results.size.terms:,} terms: " + ("; ".join(wins) or nobody) + "."


def _versions(results: Results) -> Iterator[str]:
    yield f"**{results.size.terms:,} terms**"
    yield ""
    yield "| | version | measured as |"
    yield "| :-- | :-- | :-- |"
    for tool in results.tools:
        if tool.version:
            yield _row(tool.name, tool.version, tool.note)
    for name in results.missing:
        yield _row(name, "missing", "could not be installed where this was measured")


def _typical(tool: Tool | None, scenario: Scenario) -> Cost | None:
    costs = tool.costs.get(scenario) if tool else None
    return typical(costs) if costs else None


def _seconds(seconds: float) -> str:
    digits = 0 if seconds >= 100 else 1 if seconds >= 10 else 2
    return f"{seconds:,.{digits}f}"


def _peak(cost: Cost) -> str:
    return f"{cost.peak / _MEGA:,.0f}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
