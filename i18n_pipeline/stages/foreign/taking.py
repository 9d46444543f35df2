"""The units with what foreign catalogs say of them: a person's text is never touched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from i18n_pipeline.formats.po.syntax import CONTROL
from i18n_pipeline.model import Key, Unit
from i18n_pipeline.origins import adopted
from i18n_pipeline.stages.conflicts import park
from i18n_pipeline.stages.foreign.matching import Match
from i18n_pipeline.stages.pretranslate import other_notes

_FATES = ("taken", "known", "kept", "parked")
_OURS = "i18n:"
"""How comments begin that mean something to us: no other program's do."""


@dataclass(frozen=True)
class TakenIn:
    """The units after it, and which translations became what.

    `taken` are the units' texts now; `known` stood there before. `kept` did not go over another
    text of a person's, `parked` wait beside a text for somebody to choose.
    """

    units: tuple[Unit, ...]
    taken: tuple[tuple[Unit, Match], ...] = ()
    known: tuple[tuple[Unit, Match], ...] = ()
    kept: tuple[tuple[Unit, Match], ...] = ()
    parked: tuple[tuple[Unit, Match], ...] = ()


def taken(
    units: Sequence[Unit],
    matches: Mapping[Key, tuple[Match, ...]],
    sound: Callable[[Unit], bool],
) -> TakenIn:
    """Put translations into units that have none, or a machine's draft that nobody touched.

    A text that is not `sound` waits for review, whatever its file says.
    """
    result: list[Unit] = []
    became: dict[str, list[tuple[Unit, Match]]] = {
        "taken": [],
        "known": [],
        "kept": [],
        "parked": [],
    }
    for unit in units:
        found = () if unit.obsolete else _usable(matches.get(unit.key, ()))
        if not found or unit.by_person:
            result.append(unit)
            for match in found:
                became["known" if match.target == unit.target else "kept"].append((unit, match))
            continue
        whole = _taken(unit, found[0], sound)
        became["taken"].append((whole, found[0]))
        for match in found[1:]:
            whole = _parked(whole, match)
            became["parked"].append((whole, match))
        result.append(whole)
    return TakenIn(tuple(result), **{name: tuple(pairs) for name, pairs in became.items()})


def _usable(matches: Sequence[Match]) -> tuple[Match, ...]:
    return tuple(match for match in matches if not CONTROL.search(match.target))


def _taken(unit: Unit, match: Match, sound: Callable[[Unit], bool]) -> Unit:
    theirs = (one for one in match.foreign.comments if not one.startswith(_OURS))
    comments = (one for one in theirs if one not in unit.comments)
    text = replace(
        unit,
        target=match.target,
        reviewed=match.is_done,
        origin=adopted(match.foreign.file),
        previous=None,
        notes=other_notes(unit),
        comments=(*unit.comments, *comments),
    )
    return text if not text.reviewed or sound(text) else replace(text, reviewed=False)


def _parked(unit: Unit, match: Match) -> Unit:
    foreign = match.foreign
    where = f"{foreign.file}:{foreign.line}" if foreign.line else foreign.file
    return park(unit, match.target, where)
