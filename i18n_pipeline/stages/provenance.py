"""Who said what: where a unit's text comes from, and what a change of a unit was, in words."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from i18n_pipeline.model import State, Unit, draft_hash
from i18n_pipeline.origins import OriginKind, kind_of
from i18n_pipeline.stages.conflicts import Parked, parked


class Provenance(StrEnum):
    """Where a unit's text comes from. Only MACHINE texts were read by nobody."""

    NONE = "untranslated"
    HUMAN = "human"
    MACHINE = "machine"
    APPROVED = "reviewed draft"
    EXACT = "exact match"
    FUZZY = "fuzzy match"
    ADOPTED = "adopted"
    EDITED = "edited in the file"
    IMPORTED = "imported"
    PATCHED = "patched"


_OF_KIND = {
    OriginKind.EXACT: Provenance.EXACT,
    OriginKind.FUZZY: Provenance.FUZZY,
    OriginKind.ADOPTED: Provenance.ADOPTED,
    OriginKind.EDITED: Provenance.EDITED,
    OriginKind.IMPORTED: Provenance.IMPORTED,
    OriginKind.PATCHED: Provenance.PATCHED,
}


def provenance_of(unit: Unit) -> Provenance:
    """Where a unit's text comes from, as its review file says.

    A draft in which a person changed a letter is that person's.
    """
    if not unit.target:
        return Provenance.NONE
    origin, kind = unit.origin, kind_of(unit.origin)
    if origin is None or (origin.draft and origin.draft != draft_hash(unit.target)):
        return Provenance.HUMAN
    if kind in _OF_KIND:
        return _OF_KIND[kind]
    if not origin.draft:
        return Provenance.HUMAN
    return Provenance.APPROVED if unit.reviewed else Provenance.MACHINE


def provider_of(unit: Unit) -> str:
    """Who drafted a unit's text, or the text that it was made from; "" where no machine did."""
    if unit.origin is None or kind_of(unit.origin) is not OriginKind.MACHINE:
        return ""
    return unit.origin.words.removeprefix("machine draft by ")


def says(unit: Unit | None) -> tuple[str, bool] | None:
    """What makes a unit's state: its text, and whether that is approved."""
    return None if unit is None else (unit.target, unit.reviewed)


def changes(before: Unit | None, after: Unit | None) -> tuple[str, ...]:
    """What became of a unit, in words; nothing where only notes or comments changed."""
    return tuple(_changes(before, after))


def _changes(before: Unit | None, after: Unit | None) -> Iterator[str]:
    if after is None:
        yield "gone from the review file"
        return
    if before is None and not after.target:
        yield "new, without a translation"
        return
    if before is None and after.previous is not None:
        yield f"the source changed, and the text waits for review; it was: {after.previous}"
    elif before is None or before.target != after.target:
        yield _how(before, after)
    elif before.reviewed != after.reviewed:
        yield f"approved{_by(after)}" if after.reviewed else "sent back to review"
    if before is not None and before.obsolete != after.obsolete:
        yield "no longer in the source" if after.obsolete else "in the source again"
    yield from (f"a second text waits, of {one.where}" for one in _newly_parked(before, after))


def _how(before: Unit | None, after: Unit) -> str:
    """How a text came about."""
    if not after.target:
        return "emptied"
    origin = after.origin
    known = origin is not None and (before is None or before.origin != origin)
    if origin is not None and known and provenance_of(after) is not Provenance.HUMAN:
        state = f", approved{_by(after)}" if after.reviewed else ""
        return f"{origin.words}{state}"
    verb = "edited" if before is not None and before.target else "written"
    approved = after.state is State.REVIEWED
    return f"{verb} and approved{_by(after)}" if approved else f"{verb}, needs review"


def _by(unit: Unit) -> str:
    """The name under which a text was approved, where it is written down."""
    return f" by {unit.reviewer}" if unit.reviewer else ""


def _newly_parked(before: Unit | None, after: Unit) -> Iterator[Parked]:
    known = parked(before) if before is not None else ()
    return (one for one in parked(after) if one not in known)
