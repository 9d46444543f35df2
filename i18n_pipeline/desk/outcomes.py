"""What can come of a decision: done, not done because the unit moved, refused."""

from __future__ import annotations

from i18n_pipeline.formats.decisions import Decision
from i18n_pipeline.model import Unit
from i18n_pipeline.values import dataclass


@dataclass(frozen=True, slots=True)
class Done:
    """A decision that is on disk: the unit as it is now, and what it is undone by."""

    unit: Unit
    undo: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A decision that was not carried out: the unit is not what was shown; None if it is gone."""

    unit: Unit | None


@dataclass(frozen=True, slots=True)
class Refused:
    """A decision that cannot be carried out, and why."""

    reason: str


Outcome = Done | Moved | Refused


@dataclass(frozen=True, slots=True)
class Step:
    """A decision that can be undone: the unit before it, and the version that it made of it."""

    decision: Decision
    before: Unit
    after: str
