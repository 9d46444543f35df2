"""The figures as a picture: time against the number of terms, both logarithmic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

from benchmarks import floors, ours
from benchmarks.measure import Scenario, typical
from benchmarks.results import Results

_PANELS = (
    (Scenario.EXTRACT, Scenario.PARSE),
    (Scenario.REBUILD, Scenario.WRITE),
    (Scenario.IDLE, Scenario.SCAN),
    (Scenario.EDITED, Scenario.SCAN),
)
"""What is drawn, each with the floor under it."""
_WIDTH, _HEIGHT = 300, 230
_LEFT, _TOP, _RIGHT, _BOTTOM = 58, 40, 132, 34
_ROW, _COLUMN = _TOP + _HEIGHT + _BOTTOM + 14, _LEFT + _WIDTH + _RIGHT
_LINE = 13
"""Units that the line of a name takes."""
_NEAR = 4
"""Curves that end at a quarter of the largest size or later have their names in one column."""
_STYLE = """\
    text { font: 12px system-ui, sans-serif; fill: #57606a }
    .title { font-size: 14px; font-weight: 600; fill: #24292f }
    .ours { fill: #0969da; font-weight: 600 }
    .end { text-anchor: end } .middle { text-anchor: middle }
    .grid { stroke: #d8dee4 }
    polyline { fill: none; stroke: #8c959f; stroke-width: 1.4 }
    polyline.ours { fill: none; stroke: #0969da; stroke-width: 2.6 }
    polyline.floor { stroke-dasharray: 4 4 }
    circle { fill: #8c959f } circle.ours { fill: #0969da }
    @media (prefers-color-scheme: dark) {
      text { fill: #9da7b3 }
      .title { fill: #e6edf3 }
      text.ours, circle.ours { fill: #58a6ff }
      polyline.ours { stroke: #58a6ff }
      .grid { stroke: #30363d }
    }
"""


@dataclass(frozen=True)
class Curve:
    """Seconds by the number of terms, of one tool."""

    name: str
    points: tuple[tuple[int, float], ...]

    @property
    def kind(self) -> str:
        """Whose it is, as the picture tells it apart."""
        return {ours.NAME: "ours", _FLOOR: "floor"}.get(self.name, "peer")


_FLOOR = "the floor"


def plot(results: Sequence[Results]) -> str:
    """The picture as SVG, of the results of all sizes."""
    panels = [(scenario, curves(results, scenario, under)) for scenario, under in _PANELS]
    width, height = 2 * _COLUMN, 2 * _ROW
    drawn = (
        line
        for at, (scenario, found) in enumerate(panels)
        for line in _panel(scenario, found, at % 2 * _COLUMN + _LEFT, at // 2 * _ROW + _TOP)
    )
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
                ' aria-labelledby="title about">'
            ),
            '  <title id="title">Time against the number of terms</title>',
            f'  <desc id="about">{escape(" ".join(_told(panels)))}</desc>',
            f"  <style>\n{_STYLE}  </style>",
            *drawn,
            "</svg>\n",
        ]
    )


def curves(results: Sequence[Results], scenario: Scenario, under: Scenario) -> list[Curve]:
    """What each tool took at each size, ours first, the floor last."""
    names = dict.fromkeys(tool.name for one in results for tool in one.tools)
    others = [name for name in names if name not in (ours.NAME, ours.EACH, floors.NAME)]
    found = [
        *(_curve(results, name, scenario) for name in (ours.NAME, *others)),
        Curve(_FLOOR, _curve(results, floors.NAME, under).points),
    ]
    return [curve for curve in found if curve.points]


def _curve(results: Sequence[Results], name: str, scenario: Scenario) -> Curve:
    points = (
        (one.size.terms, typical(tool.costs[scenario]).seconds)
        for one in results
        if (tool := one.tool(name)) and scenario in tool.costs
    )
    return Curve(name, tuple(points))


def _told(panels: Sequence[tuple[Scenario, Sequence[Curve]]]) -> Iterator[str]:
    """The picture in words."""
    for scenario, found in panels:
        for curve in found:
            steps = ", ".join(f"{size:,} terms {seconds:.2f} s" for size, seconds in curve.points)
            yield f"{scenario}, {curve.name}: {steps}."


@dataclass(frozen=True)
class _Scale:
    """Powers of ten onto a stretch of the picture."""

    first: int
    last: int
    start: float
    length: float

    def at(self, value: float) -> float:
        return self.start + self.length * (log10(value) - self.first) / (self.last - self.first)

    @property
    def tens(self) -> Iterator[tuple[int, float]]:
        """Each power of ten, and where it lies."""
        return ((power, self.at(10.0**power)) for power in range(self.first, self.last + 1))


def _scale(values: Sequence[float], start: float, length: float) -> _Scale:
    first, last = floor(log10(min(values))), ceil(log10(max(values)))
    return _Scale(first, max(last, first + 1), start, length)


def _panel(scenario: Scenario, found: Sequence[Curve], left: int, top: int) -> Iterator[str]:
    points = [point for curve in found for point in curve.points]
    yield f'  <text class="title" x="{left}" y="{top - 16}">{escape(scenario)}</text>'
    if not points:
        return
    across = _scale([size for size, _ in points], left, _WIDTH)
    up = _scale([seconds for _, seconds in points], top + _HEIGHT, -_HEIGHT)
    yield from _grid(across, up, left, top)
    for curve in reversed(found):
        yield from _drawn(curve, across, up)
    largest = max(size for size, _ in points)
    for size, ending in _by_end(found, largest).items():
        yield from _names(ending, up, across.at(size) + 8)


def _grid(across: _Scale, up: _Scale, left: int, top: int) -> Iterator[str]:
    bottom, right = top + _HEIGHT, left + _WIDTH
    for power, x in across.tens:
        yield f'  <path class="grid" d="M{x:.1f} {top}V{bottom}"/>'
        label = f"{10**power:,}" + (" terms" if power == across.last else "")
        yield f'  <text class="middle" x="{x:.1f}" y="{bottom + 18}">{label}</text>'
    for power, y in up.tens:
        yield f'  <path class="grid" d="M{left} {y:.1f}H{right}"/>'
        yield f'  <text class="end" x="{left - 6}" y="{y + 4:.1f}">{10.0**power:g} s</text>'


def _drawn(curve: Curve, across: _Scale, up: _Scale) -> Iterator[str]:
    places = [(across.at(size), up.at(seconds)) for size, seconds in curve.points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield f'  <polyline class="{curve.kind}" points="{path}"/>'
    for x, y in places:
        yield f'  <circle class="{curve.kind}" cx="{x:.1f}" cy="{y:.1f}" r="2.6"/>'


def _by_end(found: Sequence[Curve], largest: int) -> Mapping[int, list[Curve]]:
    """Curves by the size behind which they are named: near ones in one column."""
    ends: defaultdict[int, list[Curve]] = defaultdict(list)
    for curve in found:
        last = curve.points[-1][0]
        ends[largest if last * _NEAR >= largest else last].append(curve)
    return ends


def _names(found: Sequence[Curve], up: _Scale, x: float) -> Iterator[str]:
    """The names of curves that end at one size, behind their last points, none over another."""
    lowest = float("-inf")
    for curve in sorted(found, key=lambda one: up.at(one.points[-1][1])):
        lowest = max(lowest + _LINE, up.at(curve.points[-1][1]) + 4)
        place = f'x="{x:.1f}" y="{lowest:.1f}"'
        yield f'  <text class="{curve.kind}" {place}>{escape(curve.name)}</text>'
