"""Mojibake repaired: texts as they were before they were read in the wrong encoding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from i18n_pipeline.checks.writing.mojibake import proposals
from i18n_pipeline.model import Catalog, Unit, draft_hash
from i18n_pipeline.stages.pretranslate import other_notes
from i18n_pipeline.values import replace


def repaired(text: str) -> str:
    """A text with the repairs in it that the check `mojibake` proposes."""
    for piece, better in sorted(proposals(text).items(), key=lambda pair: -len(pair[0])):
        text = text.replace(piece, better)
    return text


def repaired_catalog(catalog: Catalog) -> Catalog:
    """A catalog whose sources and translations are repaired; a unit keeps its state.

    Where a repaired unit is there already, the damaged one stays: nobody's text is dropped.
    """
    taken = {(unit.key, unit.obsolete) for unit in catalog.units}
    return replace(catalog, units=tuple(_repaired(catalog.units, taken)))


def _repaired(units: Iterable[Unit], taken: set[tuple[tuple[str, str], bool]]) -> Iterator[Unit]:
    for unit in units:
        better = repaired_unit(unit)
        key = (better.key, better.obsolete)
        if better.key == unit.key or key not in taken:
            taken.add(key)
            yield better
        else:
            yield unit


def repaired_unit(unit: Unit) -> Unit:
    """A unit with its source, translation and previous source repaired; it may be sent now."""
    source, target, origin = repaired(unit.source), repaired(unit.target), unit.origin
    if unit.is_draft and origin is not None:
        origin = replace(origin, draft=draft_hash(target))
    return replace(
        unit,
        source=source,
        target=target,
        origin=origin,
        notes=other_notes(unit) if source != unit.source else unit.notes,
        previous=None if unit.previous is None else repaired(unit.previous),
    )
