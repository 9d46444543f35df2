"""Units that kept their review through an edit of their source, and how they are told.

Such a unit is reviewed and still has the source that it was reviewed for as its previous one. An
editor may leave a previous source behind as well: the note tells the one from the other.
"""

from __future__ import annotations

from collections.abc import Mapping

from i18n_pipeline.model import Key, State, Unit

KEPT = "Kept through an edit of the source: "


def is_kept(unit: Unit) -> bool:
    """Whether the unit, as it lies on disk, was reviewed for its previous source, not for this."""
    noted = any(note.startswith(KEPT) for note in unit.notes)
    return noted and unit.reviewed and unit.previous is not None


def reviewed_source(unit: Unit) -> str:
    """The source that the unit's text was made for: this, or the one before."""
    waits = unit.state is State.NEEDS_REVIEW or is_kept(unit)
    return unit.previous if waits and unit.previous else unit.source


def parent_of(unit: Unit, home: Mapping[Key, Unit]) -> Unit | None:
    """The unit whose text another one only waits with, or kept, if it stands in `home`."""
    if unit.previous is None or not (unit.state is State.NEEDS_REVIEW or is_kept(unit)):
        return None
    parent = home.get((unit.context, unit.previous))
    return parent if parent is not None and parent.target == unit.target else None
