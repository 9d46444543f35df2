"""Translations of sources that are as they were, against the units as they are now."""

from __future__ import annotations

from i18n_pipeline.formats.packages import Exported, Returned, target_hash
from i18n_pipeline.formats.po.syntax import CONTROL
from i18n_pipeline.model import Key, Unit
from i18n_pipeline.origins import imported
from i18n_pipeline.stages.conflicts import park, parked
from i18n_pipeline.stages.pretranslate import other_notes
from i18n_pipeline.stages.receiving.places import Places
from i18n_pipeline.stages.receiving.values import Desk, Fate, Received
from i18n_pipeline.values import replace

_OURS = ("i18n: conflict", "i18n: |", "Origin: ", "The translation is of: ")
"""How lines begin that we write: they are nobody's comment."""


MOVED = "the unit has another text by now"
UNFINISHED = "what stands there is reviewed, and this is not finished"
APPROVED = "somebody reviewed what stands there after it went out"
"""Why a text that was reviewed stays though it is the one that went out."""

CORRECTED = "it went out reviewed, and what it said then waits beside it"
BEFORE = "the text before"
"""Whose a reviewed text is that was corrected elsewhere: it is kept beside the correction."""


def take_current(places: Places, key: Key, one: Returned, desk: Desk) -> Received:
    """What came back for a source that is as it was."""
    unit = places.active[key]
    taken, fate, reason = _met(unit, one, desk)
    places.active[key] = with_comments(taken, one)
    return Received(one, fate, key[0], reason)


def _met(unit: Unit, one: Returned, desk: Desk) -> tuple[Unit, Fate, str]:
    """The unit after it met its translation, and what that came to."""
    if not one.target.strip():
        return unit, Fate.EMPTY, ""
    approved = desk.is_approved(one)
    if one.target == unit.target:
        if approved and not unit.reviewed:
            return _judged(unit, replace(unit, reviewed=True, previous=None), desk)
        return unit, Fate.SAME, ""
    moved = unit.by_person and not is_as_exported(unit, one.exported)
    if one.is_untouched and (moved or not approved):
        return unit, Fate.SAME, ""
    return _replaced(unit, one, desk, moved=moved)


def _replaced(unit: Unit, one: Returned, desk: Desk, *, moved: bool) -> tuple[Unit, Fate, str]:
    """The unit with another text, or with both, where a person's would go that nobody saw."""
    done = desk.is_done(one)
    taken = replace(
        unit,
        target=one.target,
        reviewed=done,
        origin=imported(desk.name),
        previous=None if done else unit.previous,
        notes=other_notes(unit),
    )
    judged = _judged(unit, taken, desk)
    if judged[1] is Fate.REFUSED:
        return judged
    if waits := MOVED if moved else why_reviewed_stays(unit, one, desk):
        return with_parked(unit, one, desk), Fate.CONFLICT, waits
    if unit.reviewed:
        return park(judged[0], unit.target, BEFORE), Fate.CONFLICT, CORRECTED
    return judged


def why_reviewed_stays(unit: Unit, one: Returned, desk: Desk) -> str:
    """Why a reviewed text stays though it is the one that went out; "" where it may go."""
    if not unit.reviewed:
        return ""
    if not desk.is_done(one):
        return UNFINISHED
    return "" if one.was_done else APPROVED


def _judged(unit: Unit, taken: Unit, desk: Desk) -> tuple[Unit, Fate, str]:
    """The unit taken; or, where something is wrong with it, as it was."""
    if reason := desk.judge(taken):
        return unit, Fate.REFUSED, reason
    return taken, Fate.REVIEWED if taken.reviewed else Fate.NEEDS_REVIEW, ""


def is_as_exported(unit: Unit, exported: Exported | None) -> bool:
    """Whether a unit has the text that went out; not known without its hash."""
    return exported is not None and exported.target == target_hash(unit.target)


def with_parked(unit: Unit, one: Returned, desk: Desk) -> Unit:
    """The unit with the other text beside it, once, whatever its file is called the next time."""
    if any(other.text == one.target for other in parked(unit)):
        return unit
    return park(unit, one.target, desk.name)


def with_comments(unit: Unit, one: Returned) -> Unit:
    """The unit with what people wrote beside it in the file, each line once."""
    lines = (line.strip() for comment in one.comments for line in comment.split("\n"))
    clean = (CONTROL.sub(" ", line).rstrip("\\ ") for line in lines)
    known = {line.strip() for line in (*unit.comments, *unit.notes)}
    new = (line for line in clean if line and line not in known and not line.startswith(_OURS))
    added = tuple(dict.fromkeys(new))
    return replace(unit, comments=(*unit.comments, *added)) if added else unit
