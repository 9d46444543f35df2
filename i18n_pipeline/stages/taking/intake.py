"""What one run took in from the edited files of a locale, and what follows for its builds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from i18n_pipeline.errors import Problem
from i18n_pipeline.model import LockEntry, Unit
from i18n_pipeline.stages.conflicts import parked
from i18n_pipeline.stages.remembered import Whose, remembered
from i18n_pipeline.stages.taking.page import Remark
from i18n_pipeline.values import dataclass, field


@dataclass(frozen=True, slots=True)
class EditedFile:
    """An edited file: the contexts of units that took its texts, and of those in conflict.

    `left` says why it was left alone, "" where it was taken in.
    """

    slug: str
    path: str
    taken: tuple[str, ...] = ()
    parked: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    left: str = ""


@dataclass(frozen=True)
class Intake:
    """The edited files of a locale, and the lock's entries for those that are ours again."""

    files: tuple[EditedFile, ...] = ()
    entries: Mapping[str, LockEntry] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    changes_units: bool = False


def text_in(unit: Unit, path: str) -> str:
    """What a unit says in a file: while people disagree about it there, what the file says."""
    if unit.comments and path:
        return next((one.text for one in parked(unit) if one.where == path), unit.target)
    return unit.target


def in_conflict(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units that people disagree about."""
    return tuple(unit for unit in units if unit.comments and parked(unit))


def deviations(entry: LockEntry) -> Iterator[str]:
    """How a built file differs from its source by a person's hand, in words."""
    blocks = [block for block in remembered(entry) if not block.perhaps]
    whose = [block.whose for block in blocks]
    keys = {block.key for block in blocks if block.whose is Whose.CHANGED}
    moved = len(keys & {*entry.omitted})
    if own := whose.count(Whose.OWN):
        yield f"{own} of its own"
    if changed := whose.count(Whose.CHANGED) - moved:
        yield f"{changed} made otherwise"
    if moved:
        yield f"{moved} in another place"
    if left := len(entry.omitted) - moved:
        yield f"{left} left out"
