"""Adopted units join those that a catalog has; where people said two things, both stay."""

from __future__ import annotations

from collections.abc import Container, Iterable

from i18n_pipeline.model import Catalog, Unit
from i18n_pipeline.origins import OriginKind, kind_of, path_of
from i18n_pipeline.stages.conflicts import park
from i18n_pipeline.values import replace


def joined(
    catalog: Catalog, adopted: Iterable[Unit], empty: Iterable[Unit] = ()
) -> tuple[Unit, ...]:
    """The units of a catalog with the adopted ones, `empty` ones only where none are there."""
    new = {unit.key: unit for unit in adopted}
    for unit in empty:
        if unit.key not in catalog.by_key and unit.key not in catalog.obsolete_by_key:
            new.setdefault(unit.key, unit)
    ours = {(u.context, u.target) for u in catalog.by_key.values() if _is_patched(u)}
    result = [
        _joined(catalog.by_key.get(u.key) or catalog.obsolete_by_key.get(u.key), u, ours)
        for u in new.values()
    ]
    return (*(unit for unit in catalog.units if unit.key not in new), *result)


def _is_patched(unit: Unit) -> bool:
    return kind_of(unit.origin) is OriginKind.PATCHED


def _joined(old: Unit | None, new: Unit, ours: Container[tuple[str, str]]) -> Unit:
    """What the file says, unless a person said something else in the catalog: then both stay.

    `ours` are texts in which we made an edit of the source: a file that says one of them does not
    disagree with what a person had said before it.
    """
    if old is None:
        return new
    if old.obsolete and (new.context, new.target) in ours:
        return old
    if old.by_person and not old.obsolete:
        return park(old, new.target, path_of(new.origin))
    comments = tuple(dict.fromkeys((*old.comments, *new.comments)))
    kept = replace(new, comments=comments)
    return park(kept, old.target, "the review file, among the obsolete,") if old.by_person else kept
