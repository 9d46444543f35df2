"""The units of several catalogs as one: each once, whatever a merge or a killed run left."""

from __future__ import annotations

from collections.abc import Mapping

from i18n_pipeline.model import Catalog, Key, Unit
from i18n_pipeline.values import dataclass, replace


@dataclass(frozen=True)
class Pool:
    """The units of several catalogs by key, where each lives, and which people disagree about."""

    units: Mapping[Key, Unit]
    homes: Mapping[Key, str]
    conflicts: Mapping[Key, tuple[str, str]]

    @classmethod
    def of(cls, catalogs: Mapping[str, Catalog]) -> Pool:
        """Put catalogs together, in the order of their paths."""
        units: dict[Key, Unit] = {}
        homes: dict[Key, str] = {}
        conflicts: dict[Key, tuple[str, str]] = {}
        for path, catalog in sorted(catalogs.items()):
            for unit in catalog.units:
                other = units.get(unit.key)
                if other is not None and not _agree(unit, other):
                    conflicts[unit.key] = (homes[unit.key], path)
                if other is None or _worth(unit) > _worth(other):
                    units[unit.key], homes[unit.key] = unit, path
                if other is not None:
                    units[unit.key] = _with_comments(units[unit.key], other, unit)
        return cls(units, homes, conflicts)


def _with_comments(unit: Unit, *copies: Unit) -> Unit:
    """A unit with what people wrote beside any of its copies."""
    comments = dict.fromkeys(comment for one in copies for comment in one.comments)
    return replace(unit, comments=tuple(comments))


def _agree(one: Unit, other: Unit) -> bool:
    return one.target == other.target or not (one.by_person and other.by_person)


def _worth(unit: Unit) -> tuple[bool, bool, bool, bool]:
    """Which of two copies to keep: a person's, a reviewed one, an active one, one with a text."""
    return unit.by_person, unit.reviewed, not unit.obsolete, bool(unit.target)
