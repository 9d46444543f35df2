"""The units with what foreign catalogs say of them: a person's text is never touched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from i18n_pipeline.formats.po.syntax import CONTROL
from i18n_pipeline.model import Key, Unit
from i18n_pipeline.origins import adopted
from i18n_pipeline.stages.conflicts import park
from i18n_pipeline.stages.foreign.matching import Match
from i18n_pipeline.stages.pretranslate import other_notes
from i18n_pipeline.values import dataclass, replace

_FATES = ("taken", "known", "kept", "parked")
_OURS = "i18n:"
"""How comments begin that mean something to us: no other program's do."""


@dataclass(frozen=True)
class TakenIn:
    """The units after it, and which translations became what.

    `taken` are the units' texts now; `known` stood there before. `kept` did not go over another
    text of a person's, and nobody says that they are finished; `parked` wait beside a text for
    somebody to choose.
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
        whole, fates = _one(unit, found, sound) if found else (unit, ())
        for fate, text, match in fates:
            became[fate].append((text, match))
        result.append(whole)
    return TakenIn(tuple(result), **{name: tuple(pairs) for name, pairs in became.items()})


def _one(
    unit: Unit, found: Sequence[Match], sound: Callable[[Unit], bool]
) -> tuple[Unit, Sequence[tuple[str, Unit, Match]]]:
    """A unit with its translations, and what each of them became."""
    fates: list[tuple[str, Unit, Match]] = []
    whole, known = unit, any(match.target == unit.target for match in found)
    if not unit.by_person:
        whole = _taken(unit, found[0], sound)
        fates.append(("taken", whole, found[0]))
    for match in found if unit.by_person else found[1:]:
        fate = _beside(unit, match, known=known) if unit.by_person else "parked"
        whole = _parked(whole, match) if fate == "parked" else whole
        fates.append((fate, unit, match))
    return whole, fates


def _beside(unit: Unit, match: Match, *, known: bool) -> str:
    """What becomes of a translation where a person's text stands; `known`: another one says it."""
    if match.target == unit.target:
        return "known"
    return "parked" if match.is_done and not known else "kept"


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
