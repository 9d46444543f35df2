"""Translations of sources that are gone: for the source that took over, and for the memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from i18n_pipeline.formats.packages import Returned
from i18n_pipeline.model import Key, Kind, Segment, State, Unit
from i18n_pipeline.origins import imported
from i18n_pipeline.stages.conflicts import park
from i18n_pipeline.stages.pretranslate import other_notes
from i18n_pipeline.stages.receiving.current import (
    BEFORE,
    CORRECTED,
    is_as_exported,
    why_reviewed_stays,
    with_comments,
    with_parked,
)
from i18n_pipeline.stages.receiving.places import Places
from i18n_pipeline.stages.receiving.values import Desk, Fate, Received
from i18n_pipeline.stages.succession import successors
from i18n_pipeline.values import replace

_SAID_OTHERWISE = "its source is gone, and what is kept of it says something else"


class Gone:
    """Receives translations of sources that are gone: for who took over, and for memory."""

    def __init__(self, places: Places, segments: Mapping[Key, Segment], desk: Desk) -> None:
        self._places = places
        self._segments = segments
        self._desk = desk

    def take(
        self, old: Sequence[tuple[Key, Returned]], worked_on: frozenset[Key]
    ) -> Iterator[Received]:
        """Each of them; units in `worked_on` are in the package themselves."""
        said = [(key, one) for key, one in old if self._says_something(one)]
        heirs = self._heirs(tuple(dict.fromkeys(key for key, _ in said)), worked_on)
        for key, one in old:
            if not self._says_something(one):
                yield Received(one, Fate.SAME if one.target.strip() else Fate.EMPTY, key[0])
                continue
            fate, reason = self._handed_on(key, one, heirs.get(key))
            if fate is None:
                fate, reason = self._kept(key, one)
            elif self._desk.is_done(one):
                self._kept(key, one, asked=False)
            yield Received(one, fate, key[0], reason)

    def _says_something(self, one: Returned) -> bool:
        return bool(one.target.strip()) and not (
            one.is_untouched and not self._desk.is_approved(one)
        )

    def _heirs(self, gone: Sequence[Key], worked_on: frozenset[Key]) -> Mapping[Key, Key]:
        """Who took over from which source: as the update has it, or by likeness."""
        groups: dict[tuple[str, str], list[Key]] = defaultdict(list)
        for key, unit in self._places.active.items():
            if key in self._segments and key not in worked_on:
                groups[unit.slug, unit.field].append(key)
        found: dict[Key, Key] = {}
        vanished: dict[tuple[str, str], list[Unit]] = defaultdict(list)
        for key in gone:
            unit = Unit(*key)
            group = groups[unit.slug, unit.field]
            heir = next((at for at in group if self._follows(at, key)), None)
            if heir is None:
                vanished[unit.slug, unit.field].append(unit)
            else:
                found[key] = heir
                group.remove(heir)
        for place, units in vanished.items():
            waiting = [at for at in groups[place] if not self._places.active[at].by_person]
            found |= successors(units, waiting, self._segments)
        return found

    def _follows(self, heir: Key, gone: Key) -> bool:
        unit = self._places.active[heir]
        return unit.previous == gone[1] and unit.state is not State.REVIEWED

    def _handed_on(self, key: Key, one: Returned, heir: Key | None) -> tuple[Fate | None, str]:
        """Put a translation on the source that took over, for review; None where that cannot be."""
        if heir is None:
            return None, ""
        unit = self._places.active[heir]
        if unit.target == one.target:
            return Fate.SAME, ""
        if unit.by_person and not (unit.target and is_as_exported(unit, one.exported)):
            return None, ""
        is_list = self._segments[heir].kind is Kind.LIST
        taken = replace(
            unit,
            target=one.target,
            reviewed=False,
            origin=imported(self._desk.name),
            previous=None if is_list else key[1],
            notes=other_notes(unit),
        )
        self._places.active[heir] = with_comments(taken, one)
        return Fate.CHANGED, "its source was changed after the export"

    def _kept(self, key: Key, one: Returned, *, asked: bool = True) -> tuple[Fate, str]:
        """Keep a translation for memory; where it is not `asked` for, beside nobody's else."""
        unit = self._places.obsolete.get(key)
        done = self._desk.is_done(one)
        if unit is not None and unit.target == one.target:
            return Fate.SAME, ""
        moved = unit is not None and not is_as_exported(unit, one.exported)
        stays = why_reviewed_stays(unit, one, self._desk) if unit is not None else ""
        if unit is not None and (moved or stays):
            if asked:
                self._places.obsolete[key] = with_parked(unit, one, self._desk)
            return Fate.CONFLICT, _SAID_OTHERWISE if moved else stays
        kept = replace(
            unit or Unit(*key, obsolete=True), target=one.target, reviewed=done, origin=None
        )
        if unit is None or not unit.reviewed:
            self._places.obsolete[key] = with_comments(kept, one)
            return Fate.KEPT, "its source is gone"
        self._places.obsolete[key] = with_comments(park(kept, unit.target, BEFORE), one)
        return Fate.CONFLICT, CORRECTED
