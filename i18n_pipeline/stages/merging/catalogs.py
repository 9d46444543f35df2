"""Two branches' review files as one: each unit by itself, then header and order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from i18n_pipeline.model import Catalog, Key, Unit
from i18n_pipeline.stages.conflicts import parked
from i18n_pipeline.stages.merging.three_way import in_order, merged_fields, merged_lines
from i18n_pipeline.stages.merging.units import follow, merged_unit
from i18n_pipeline.values import dataclass, replace

OTHER = "the other branch"
"""What a branch is called whose name is not known."""


@dataclass(frozen=True)
class Merged:
    """The catalog of both, and its units with a person's second text beside them since."""

    catalog: Catalog
    parked: tuple[Unit, ...] = ()


def merge_catalogs(base: Catalog, ours: Catalog, theirs: Catalog, where: str = OTHER) -> Merged:
    """Merge by unit; with an empty `base`, whatever one side has stays."""
    before, here, there = (_by_key(one) for one in (base, ours, theirs))
    units: dict[Key, Unit] = {}
    for key in dict.fromkeys((*here, *there)):
        unit = merged_unit(before.get(key), here.get(key), there.get(key), where)
        if unit is not None:
            units[key] = unit
    units = {key: _followed(unit, before, units) for key, unit in units.items()}
    order = in_order(tuple(here), tuple(there), units)
    found = tuple(_canonical([units[key] for key in order]))
    catalog = Catalog(
        found,
        tuple(merged_fields(dict(base.header), dict(ours.header), dict(theirs.header)).items()),
        merged_lines(base.header_comments, ours.header_comments, theirs.header_comments),
    )
    return Merged(catalog, tuple(_newly_parked(found, (here, there))))


def joined(catalog: Catalog, where: str) -> Merged:
    """A catalog in which a unit stands more than once, with each once; nothing of it is lost."""
    units: dict[Key, Unit] = {}
    for unit in catalog.units:
        known = units.get(unit.key)
        one = unit if known is None else merged_unit(None, known, unit, where)
        units[unit.key] = one or unit
    found = tuple(_canonical(units.values()))
    return Merged(replace(catalog, units=found), tuple(_newly_parked(found, (_by_key(catalog),))))


def _by_key(catalog: Catalog) -> Mapping[Key, Unit]:
    return {unit.key: unit for unit in catalog.units}


def _followed(unit: Unit, before: Mapping[Key, Unit], now: Mapping[Key, Unit]) -> Unit:
    """A unit whose source is new on one side, with what the other made of its earlier text."""
    if unit.previous is None or unit.obsolete or unit.key in before:
        return unit
    parent = (unit.context, unit.previous)
    if parent not in before or parent not in now:
        return unit
    return follow(unit, before[parent], now[parent])


def _canonical(units: Iterable[Unit]) -> list[Unit]:
    """Vocabulary by key, then by slug in the order they came, obsolete ones last by key."""
    return sorted(units, key=_rank)


def _rank(unit: Unit) -> tuple[bool, bool, str, Key]:
    sorts = unit.obsolete or "/" not in unit.context
    slug = "" if unit.obsolete else unit.slug
    return unit.obsolete, "/" in unit.context, slug, unit.key if sorts else ("", "")


def _newly_parked(units: Sequence[Unit], sides: Sequence[Mapping[Key, Unit]]) -> Iterable[Unit]:
    for unit in units:
        known = {one for side in sides if unit.key in side for one in parked(side[unit.key])}
        if set(parked(unit)) - known:
            yield unit
