"""Where the lines and boxes of the report's pictures are, as numbers for SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import cos, pi, sin

from i18n_pipeline.reports.overview import Hole, LocaleOverview, Moment, Overview
from i18n_pipeline.reports.standing import SourceTerm, TermState
from i18n_pipeline.values import dataclass

SHOWN = (
    TermState.REVIEWED,
    TermState.REVIEW,
    TermState.UNTRANSLATED,
    TermState.STALE,
    TermState.UNADOPTED,
    TermState.MANUAL,
)
"""The states in the order in which bars show them: what is done first."""

CLASSES: Mapping[TermState, str] = {
    TermState.REVIEWED: "done",
    TermState.REVIEW: "review",
    TermState.UNTRANSLATED: "open",
    TermState.STALE: "stale",
    TermState.UNADOPTED: "people",
    TermState.MANUAL: "manual",
}
"""What each state is called in the style sheet, and in the names of patterns and marks."""

_MOST_NODES = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: a state with its count, from `left` on `width` wide, in percent."""

    state: TermState
    count: int
    left: float
    width: float


def bar(counts: Mapping[TermState, int]) -> tuple[Part, ...]:
    """The parts of a bar that is as wide as all counts together."""
    total = sum(counts.values())
    parts: list[Part] = []
    left = 0.0
    for state in SHOWN:
        if count := counts.get(state, 0):
            width = 100 * count / total
            parts.append(Part(state, count, round(left, 3), round(width, 3)))
            left += width
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class Line:
    """A locale's line in the chart of the past: its points, the last share, the label's height."""

    locale: str
    points: tuple[tuple[float, float], ...]
    last: float
    label: float

    @property
    def path(self) -> str:
        """The points as SVG writes them: level until the next moment, then up or down."""
        first, *others = self.points
        steps = "".join(f"H{x:g}V{y:g}" for x, y in others)
        return f"M{first[0]:g} {first[1]:g}{steps}"


@dataclass(frozen=True, slots=True)
class Chart:
    """The chart of the past: lines, the heights of the grid by percent, the first and last day."""

    lines: tuple[Line, ...]
    grid: tuple[tuple[int, float], ...]
    first: str
    last: str


LEFT, RIGHT, TOP, BOTTOM = 44.0, 470.0, 14.0, 196.0
"""The frame of the chart in a picture of 560 by 230."""


def chart(overview: Overview) -> Chart | None:
    """The share of reviewed texts over time; None where there is no past to show."""
    moments = overview.moments
    if len(moments) < 2:
        return None
    days = [date.fromisoformat(one.day).toordinal() for one in moments]
    span = days[-1] - days[0]
    across = [
        LEFT + (RIGHT - LEFT) * ((day - days[0]) / span if span else at / (len(days) - 1))
        for at, day in enumerate(days)
    ]
    lines = [_line(one.locale, moments, across) for one in overview.locales]
    grid = tuple((share, _height(share)) for share in (0, 25, 50, 75, 100))
    spread = _spread([line for line in lines if line is not None])
    return Chart(tuple(spread), grid, moments[0].day, moments[-1].day)


def _height(share: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * share / 100, 2)


def _line(locale: str, moments: Sequence[Moment], across: Sequence[float]) -> Line | None:
    points: list[tuple[float, float]] = []
    share = 0.0
    for x, moment in zip(across, moments, strict=True):
        counts = moment.counts.get(locale)
        if counts is not None and counts.total:
            share = 100 * counts.reviewed / counts.total
            points.append((round(x, 2), _height(share)))
    return Line(locale, tuple(points), share, points[-1][1]) if points else None


def _spread(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with labels that do not lie upon each other."""
    lowest = TOP - 20
    for line in sorted(lines, key=lambda one: (one.label, one.locale)):
        lowest = max(line.label, lowest + 18)
        yield Line(line.locale, line.points, line.last, round(lowest, 2))


@dataclass(frozen=True, slots=True)
class Node:
    """A term in the picture of links; `angle` in degrees turns its label outwards.

    `is_away`: the locale has no page for it, `is_hole`: and pages lead there.
    """

    slug: str
    name: str
    x: float
    y: float
    label_x: float
    label_y: float
    angle: float
    is_left: bool
    is_hole: bool
    is_away: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A link from one term to another; `is_broken` where it leads to no page of the locale."""

    path: str
    is_broken: bool


@dataclass(frozen=True, slots=True)
class Web:
    """The picture of a locale's links: some of its terms in a circle. `left_out` are the others."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int


_CENTRE, _RADIUS, _LABEL = 400.0, 240.0, 252.0


def web(overview: Overview, locale: LocaleOverview) -> Web:
    """How the terms of a locale lead to each other, and where to no page.

    Of many terms those are drawn that miss pages most, and those with most links.
    """
    holes = overview.holes(locale)
    chosen = _chosen(overview, holes)
    slugs = [t.slug for terms in overview.by_category.values() for t in terms if t.slug in chosen]
    missed = {hole.slug for hole in holes}
    away = {slug for slug in slugs if locale.is_missed(slug)}
    around = (_turn(number, len(slugs)) for number in range(len(slugs)))
    nodes = {
        slug: _node(overview.by_slug[slug], turn, is_hole=slug in missed, is_away=slug in away)
        for slug, turn in zip(slugs, around, strict=True)
    }
    edges = [
        Edge(_curve(nodes[slug], nodes[other]), other in missed)
        for slug in slugs
        if slug not in away
        for other in overview.by_slug[slug].links
        if other in nodes
    ]
    edges.sort(key=lambda edge: edge.is_broken)  # what is drawn last is seen best
    return Web(tuple(nodes.values()), tuple(edges), len(overview.terms) - len(slugs))


def _chosen(overview: Overview, holes: Sequence[Hole]) -> frozenset[str]:
    terms = [term.slug for term in overview.terms]
    if len(terms) <= _MOST_NODES:
        return frozenset(terms)
    around: dict[str, None] = {}
    for hole in holes:
        around |= dict.fromkeys((hole.slug, *hole.linked_from[:3]))
    by_links = sorted(terms, key=lambda slug: (-overview.linked[slug], slug))
    around |= dict.fromkeys(by_links)
    return frozenset(list(around)[:_MOST_NODES])


def _turn(number: int, count: int) -> float:
    """The angle of the place with a number in a circle of so many; the first is at the top."""
    return 2 * pi * number / count - pi / 2


def _node(term: SourceTerm, turn: float, *, is_hole: bool, is_away: bool) -> Node:
    x, y = cos(turn), sin(turn)
    degrees = turn * 180 / pi
    is_left = x < -1e-9
    return Node(
        slug=term.slug,
        name=term.name,
        x=round(_CENTRE + _RADIUS * x, 2),
        y=round(_CENTRE + _RADIUS * y, 2),
        label_x=round(_CENTRE + _LABEL * x, 2),
        label_y=round(_CENTRE + _LABEL * y, 2),
        angle=round(degrees + 180 if is_left else degrees, 2),
        is_left=is_left,
        is_hole=is_hole,
        is_away=is_away,
    )


def _curve(one: Node, other: Node) -> str:
    """A curve that bends towards the middle, so that lines of neighbours stay apart."""
    x = _CENTRE + ((one.x + other.x) / 2 - _CENTRE) * 0.35
    y = _CENTRE + ((one.y + other.y) / 2 - _CENTRE) * 0.35
    return f"M{one.x:g} {one.y:g}Q{x:.1f} {y:.1f} {other.x:g} {other.y:g}"
