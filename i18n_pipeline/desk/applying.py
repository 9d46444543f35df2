"""Decisions out of a file, merged into the units: the same bytes as if each was taken at the desk.

A decision about anything else than what stands there now is not carried out. Its text waits beside
the unit, and the report says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

from i18n_pipeline.desk.opened import Opened, open_locale, written
from i18n_pipeline.desk.remembering import keep_marks, mark_of, read_marks
from i18n_pipeline.errors import CannotWrite, I18nError, TryLater
from i18n_pipeline.formats.decisions import Decision, Decisions, Verb
from i18n_pipeline.formats.packages import unit_id
from i18n_pipeline.model import Unit
from i18n_pipeline.pipeline.asked import locales_asked
from i18n_pipeline.reports.report import problem_of
from i18n_pipeline.reports.reviewed import Applied, Fate, ReviewReport
from i18n_pipeline.stages.deciding import (
    decided,
    fault_of,
    says_the_same,
    set_aside,
    version_of,
)
from i18n_pipeline.values import dataclass
from i18n_pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Apply:
    """A file of decisions that is to be merged. Times are in seconds."""

    found: Decisions
    dry_run: bool = False
    lock_timeout: float = 0.0


def apply(workspace: Workspace, order: Apply) -> ReviewReport:
    """Carry out the decisions. Raises I18nError for what stops it all."""
    (locale,) = locales_asked(workspace, [order.found.locale])
    with nullcontext() if order.dry_run else workspace.run_lock(order.lock_timeout):
        opened = open_locale(workspace, locale)
        merging = _Merging(opened, read_marks(workspace, locale))
        applied = tuple(map(merging.take, order.found.decisions))
        opened = opened.with_units(merging.changed) if merging.units else opened
        paths: tuple[str, ...] = ()
        failure: I18nError | None = None
        try:
            if merging.units and order.dry_run:
                paths = workspace.would_save(opened.steps)
            elif merging.units:
                opened, paths = written(opened)
            if not order.dry_run:
                keep_marks(workspace, locale, merging.marks)
        except (CannotWrite, TryLater) as stopped:
            failure = stopped
    errors = (*opened.problems, *((problem_of(failure),) if failure else ()))
    codes = (*(65 for _ in opened.problems), *((failure.exit_code,) if failure else ()))
    return ReviewReport(locale, applied, paths, errors, codes, dry=order.dry_run)


class _Merging:
    """The units of a locale while decisions are merged into them, one after the other."""

    def __init__(self, opened: Opened, known: frozenset[str]) -> None:
        self._opened = opened
        self._known = known
        self.marks: set[str] = set()
        self.units: dict[str, Unit] = {}

    @property
    def changed(self) -> Iterator[Unit]:
        """The units that came out otherwise than they were."""
        return (unit for name, unit in self.units.items() if unit != self._opened.units[name])

    def take(self, decision: Decision) -> Applied:
        """Carry out one decision, and say what became of it."""
        name = unit_id(decision.key)
        unit = self.units.get(name) or self._opened.units.get(name)
        if unit is None:
            return _told(decision, Fate.GONE, "its source is not there any more")
        if fault := fault_of(decision):
            return _told(decision, Fate.REFUSED, fault)
        self.marks.add(mark_of(decision))
        if decision.shown != version_of(unit):
            return self._moved(name, unit, decision)
        self.units[name] = decided(unit, decision)
        return _told(decision, _FATES[decision.verb])

    def _moved(self, name: str, unit: Unit, decision: Decision) -> Applied:
        """What becomes of a decision about a unit that is not what its reviewer saw."""
        after = set_aside(unit, decision)
        settled = mark_of(decision) in self._known and after != unit
        if says_the_same(unit, decision) or settled:
            return _told(decision, Fate.SAME)
        if after != unit:
            self.units[name] = after
        reason = "the unit was changed after it was sent out"
        if name in self.units and decision.shown == version_of(self._opened.units[name]):
            reason = "another decision about the same unit came first"
        return _told(decision, Fate.CONFLICT, reason, unit)


_FATES = {
    Verb.APPROVE: Fate.APPROVED,
    Verb.SAVE: Fate.SAVED,
    Verb.SEND_BACK: Fate.SENT_BACK,
}


def _told(decision: Decision, fate: Fate, reason: str = "", unit: Unit | None = None) -> Applied:
    now = unit.target if unit is not None else ""
    return Applied(fate, decision.context, decision.source, decision.text, reason, now)
