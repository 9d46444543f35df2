"""One unit of two branches: whose text stands, and what is kept beside it.

A text that changed on one side is taken from there. Where both changed it, a person's goes before
a machine's; of two people's texts ours stays, theirs is parked beside it, and it needs review.
"""

from __future__ import annotations

from i18n_pipeline.model import Origin, State, Unit
from i18n_pipeline.stages.conflicts import park, parked, settled
from i18n_pipeline.stages.merging.three_way import changed_one, merged_lines
from i18n_pipeline.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class _Text:
    """The unit whose text stands, and a person's text that has to be kept beside it."""

    unit: Unit
    other: str = ""


def merged_unit(
    base: Unit | None, ours: Unit | None, theirs: Unit | None, where: str
) -> Unit | None:
    """The unit as it is after the merge, None where it is gone; `where` names their branch."""
    if ours is None or theirs is None:
        return _left(base, ours or theirs)
    text = _text(base, ours, theirs)
    # PO has no place for an obsolete unit without a text, nor for what is said beside it.
    obsolete = bool(text.unit.target) and _obsolete(base, ours, theirs)
    unit = replace(text.unit, obsolete=obsolete)
    unit = _with_comments(_described(unit, base, ours, theirs), base, ours, theirs)
    if text.other:
        unit = park(_waiting(unit), text.other, where)
    return _put_away(unit) if unit.obsolete else unit


def follow(unit: Unit, before: Unit, now: Unit) -> Unit:
    """A unit that waits with the text of an earlier source, given what that one says now.

    One branch changed the source, and the other the translation that went with it.
    """
    inherits = unit.state is not State.REVIEWED and unit.target == before.target
    if not inherits or now.target == before.target or not now.by_person:
        return unit
    return _with_comments(replace(unit, target=now.target, origin=None), before, unit, now)


def _left(base: Unit | None, there: Unit | None) -> Unit | None:
    """A unit that one side lacks: it stays where it is new, or a person changed it meanwhile."""
    if base is None or there is None:
        return there
    worked = there.by_person and _said(there) != _said(base)
    return there if worked or set(there.comments) - set(base.comments) else None


def _said(unit: Unit | None) -> tuple[str, bool, bool] | None:
    return None if unit is None else (unit.target, unit.reviewed, unit.by_person)


def _text(base: Unit | None, ours: Unit, theirs: Unit) -> _Text:
    before, here, there = _said(base), _said(ours), _said(theirs)
    if here == there:
        return _Text(_same(base, ours, theirs))
    if before in (here, there):
        return _Text(theirs if here == before else ours)
    if ours.by_person != theirs.by_person:
        return _Text(ours if ours.by_person else theirs)
    if not ours.by_person:
        return _Text(ours if ours.target else theirs)
    if ours.target == theirs.target:
        return _Text(ours if ours.reviewed else theirs)
    return _Text(ours, theirs.target)


def _same(base: Unit | None, ours: Unit, theirs: Unit) -> Unit:
    """Of two units that say the same, the one that knows more of where it came from."""
    if ours.obsolete != theirs.obsolete:
        return theirs if ours.obsolete else ours
    unchanged = base is not None and _whence(ours) == _whence(base)
    return theirs if unchanged else ours


def _whence(unit: Unit) -> tuple[Origin | None, str | None, str | None]:
    return unit.origin, unit.previous, unit.previous_context


def _obsolete(base: Unit | None, ours: Unit, theirs: Unit) -> bool:
    if base is None:
        return ours.obsolete and theirs.obsolete
    return changed_one(base.obsolete, ours.obsolete, theirs.obsolete)


def _described(unit: Unit, base: Unit | None, ours: Unit, theirs: Unit) -> Unit:
    """With notes, path and flags; an obsolete unit has none of the first two to give."""
    one, other = (theirs, theirs) if ours.obsolete else (ours, ours if theirs.obsolete else theirs)
    before = base or one
    return replace(
        unit,
        notes=changed_one(before.notes, one.notes, other.notes),
        path=changed_one(before.path, one.path, other.path),
        flags=changed_one((base or ours).flags, ours.flags, theirs.flags),
    )


def _with_comments(unit: Unit, base: Unit | None, ours: Unit, theirs: Unit) -> Unit:
    """With the comments of both; a text that waits there makes a draft in its words a person's."""
    sides = [() if one is None else settled(one).comments for one in (base, ours, theirs)]
    waiting = [() if one is None else parked(one) for one in (base, ours, theirs)]
    unit = replace(unit, comments=merged_lines(*sides))
    for one in merged_lines(*waiting):
        said = one.text == unit.target and unit.is_draft
        unit = _waiting(unit) if said else park(unit, one.text, one.where)
    return unit


def _waiting(unit: Unit) -> Unit:
    """A person's text sent to review: without the hash that would make it a machine's again."""
    origin = unit.origin and replace(unit.origin, draft="")
    return replace(unit, reviewed=False, origin=origin)


def _put_away(unit: Unit) -> Unit:
    return replace(unit, notes=(), path="", origin=None, previous=None, previous_context=None)
