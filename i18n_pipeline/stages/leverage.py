"""Leverage: fill untranslated units from what people reviewed elsewhere in the same locale."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from i18n_pipeline.formats.body import FIELD
from i18n_pipeline.model import Key, Kind, Origin, Segment, State, Unit
from i18n_pipeline.origins import exact

_NEVER = frozenset({Kind.VOCABULARY, Kind.LIST, Kind.EXTRA})
_SENTENCES = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTE, Kind.DEFINITION, Kind.FOOTNOTE})
_Renderings = dict[str, list[str]]


@dataclass(frozen=True)
class Leveraged:
    """The units after the reuse, and how many were filled."""

    units: tuple[Unit, ...]
    exact: int


def leverage(
    units: tuple[Unit, ...],
    segments: Mapping[Key, Segment],
    *,
    reviewed: bool = True,
    stands: Callable[[Unit], bool] = lambda _unit: True,
) -> Leveraged:
    """Fill untranslated units whose text was translated elsewhere for the same kind of segment.

    Only renderings count that may stand in the unit's place. Where these agree, and `reviewed`
    allows it, the unit becomes reviewed; otherwise it gets the most frequent one as a draft.
    """
    memory = _remember(units, segments)
    filled: list[Unit] = []
    for unit in units:
        offered = _offered(unit, segments.get(unit.key), memory)
        standing = [one for one in offered if stands(one)]
        agreed = reviewed and len(standing) == 1
        filled.append(_filled(standing[0], reviewed=agreed) if standing else unit)
    count = sum(new is not old for new, old in zip(filled, units, strict=True))
    return Leveraged(tuple(filled), count)


def _sort_of(kind: Kind) -> str:
    """Kinds whose texts may stand for each other: sentences, wherever they stand.

    Short texts mean what is around them: "In statistics" over a column is no defined word.
    """
    return "PROSE" if kind in _SENTENCES else kind.name


def _remember(
    units: Iterable[Unit], segments: Mapping[Key, Segment]
) -> Mapping[tuple[str, str], _Renderings]:
    fields = {s.field: (s.kind,) for s in segments.values() if s.field != FIELD}
    memory: dict[tuple[str, str], _Renderings] = defaultdict(lambda: defaultdict(list))
    for unit in units:
        if unit.state is not State.REVIEWED:
            continue
        for kind in _kinds(unit, segments.get(unit.key), fields):
            if kind not in _NEVER:
                memory[_sort_of(kind), unit.source][unit.target].append(unit.context)
    return memory


def _kinds(
    unit: Unit, segment: Segment | None, fields: Mapping[str, tuple[Kind, ...]]
) -> tuple[Kind, ...]:
    """What a unit's text may serve as.

    What kind a body's obsolete unit was is no longer known: it serves as a sentence, where words
    alone decide what is meant.
    """
    if segment is not None:
        return (segment.kind,)
    return (Kind.PARAGRAPH,) if unit.field == FIELD else fields.get(unit.field, ())


def _offered(
    unit: Unit, segment: Segment | None, memory: Mapping[tuple[str, str], _Renderings]
) -> Iterator[Unit]:
    """The unit with each of its renderings elsewhere, the most frequent first."""
    if segment is None or unit.obsolete or unit.target or segment.kind in _NEVER:
        return
    renderings = memory.get((_sort_of(segment.kind), unit.source), {})
    for target, contexts in sorted(renderings.items(), key=lambda one: (-len(one[1]), one[0])):
        origin = exact(min(contexts), target)
        yield replace(unit, target=target, origin=origin, previous=None)


def _filled(unit: Unit, *, reviewed: bool) -> Unit:
    """A unit with its text as reviewed, or as a draft."""
    if not reviewed or unit.origin is None:
        return unit
    return replace(unit, reviewed=True, origin=Origin(unit.origin.words))
