"""A review while it goes on: what is on the desk, decisions carried out, undone, noticed.

Every decision is on disk before it is answered. Several tabs and threads may ask at once; one
after the other is served. Whatever changes the files meanwhile is seen before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import RLock

from i18n_pipeline.desk.opened import Opened, open_locale, written
from i18n_pipeline.errors import BadFile, I18nError, TryLater, UsageError
from i18n_pipeline.formats.decisions import Decision
from i18n_pipeline.formats.packages import unit_id
from i18n_pipeline.model import Unit
from i18n_pipeline.pipeline.project import locales_asked
from i18n_pipeline.stages.deciding import decided, fault_of, version_of
from i18n_pipeline.workspace import Workspace, open_workspace

_ATTEMPTS = 3
_UNDOABLE = 1_000
"""How many decisions are remembered to be undone."""


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
class _Step:
    before: Unit
    after: str


@dataclass
class Session:
    """A locale under review. `lock_timeout` is how many seconds a decision waits for a run.

    `trouble` is what keeps the files of now from being read: until it is mended the desk shows what
    it read before, and writes nothing.
    """

    workspace: Workspace
    locale: str
    lock_timeout: float = 1.0
    revision: int = 0
    trouble: I18nError | None = None
    _steps: dict[int, _Step] = field(default_factory=dict)
    _count: int = 0
    _changed: dict[str, int] = field(default_factory=dict)
    _cleared: bool = False

    def __post_init__(self) -> None:
        self._guard = RLock()
        self._opened = open_locale(self.workspace, self.locale)

    @contextmanager
    def looking(self) -> Iterator[Opened]:
        """The locale as it lies on disk, or as it last could be read.

        Nobody waits for a decision that is being written: what is looked at never changes.
        """
        if self._guard.acquire(blocking=False):
            try:
                self._refresh()
            finally:
                self._guard.release()
        yield self._opened

    def changed_since(self, revision: int) -> tuple[int, tuple[str, ...]]:
        """The revision of now, and the names of units that changed, came or went since one."""
        with self._guard:
            self._refresh()
            changed = (name for name, at in self._changed.items() if at > revision)
            return self.revision, tuple(changed)

    def decide(self, decision: Decision) -> Outcome:
        """Carry out a decision. Raises RunLocked while a run is at work, and CannotWrite."""
        if fault := fault_of(decision):
            return Refused(fault)
        with self._guard, self.workspace.run_lock(self.lock_timeout, clears=False):
            for _ in range(_ATTEMPTS):
                self._be_sound()
                unit = self._opened.units.get(unit_id(decision.key))
                if unit is None or version_of(unit) != decision.shown:
                    return Moved(unit)
                if self._saved(decided(unit, decision)):
                    return self._done(unit)
        raise TryLater("the review file is being written by something else", "try again")

    def undo(self, number: int) -> Outcome:
        """Put a unit back as it was before a decision, unless it was changed since."""
        step = self._steps.get(number)
        if step is None:
            return Refused("this cannot be undone any more")
        with self._guard, self.workspace.run_lock(self.lock_timeout, clears=False):
            for _ in range(_ATTEMPTS):
                self._be_sound()
                unit = self._opened.units.get(unit_id(step.before.key))
                if unit is None or version_of(unit) != step.after:
                    return Moved(unit)
                if self._saved(step.before):
                    del self._steps[number]
                    return self._done(unit)
        raise TryLater("the review file is being written by something else", "try again")

    def _done(self, before: Unit) -> Done:
        after = self._opened.units[unit_id(before.key)]
        self._count += 1
        self._steps[self._count] = _Step(before, version_of(after))
        while len(self._steps) > _UNDOABLE:
            del self._steps[next(iter(self._steps))]
        return Done(after, self._count)

    def _saved(self, unit: Unit) -> bool:
        """Write a unit; whether that came through, or a file had changed under our hands."""
        try:
            opened, _ = written(self._opened.with_units([unit]))
        except TryLater:
            return False
        self._replace(opened)
        return True

    def _be_sound(self) -> None:
        """See to it that the units are those on disk. Raises what keeps them from being read."""
        self._refresh()
        if self.trouble is not None:
            raise self.trouble
        if not self._cleared:
            self.workspace.remove_strays()
            self._cleared = True

    def _refresh(self) -> None:
        try:
            workspace = _configured(self.workspace, self.locale)
            if self.trouble is None and workspace is self.workspace and self._opened.is_current():
                return
            opened = open_locale(workspace, self.locale)
            self.trouble = _blocked(self._opened, opened)
        except I18nError as failure:
            self.trouble = failure
        if self.trouble is None:
            self.workspace = workspace
            self._replace(opened)

    def _replace(self, opened: Opened) -> None:
        """Put another state of the locale on the desk, and note what that changes."""
        before, now = self._opened.units, opened.units
        changed = [name for name in {**before, **now} if before.get(name) != now.get(name)]
        self._opened = opened
        if changed:
            self.revision += 1
            self._changed |= dict.fromkeys(changed, self.revision)


def _configured(workspace: Workspace, locale: str) -> Workspace:
    """The project as it is configured by now; the same one where nothing of that has changed.

    Raises BadConfig, and UsageError where the locale is no target any more.
    """
    now = open_workspace(workspace.root)
    if now == workspace:
        return workspace
    if now.root != workspace.root:
        raise UsageError(f"{workspace.root} is configured no more", f"mend {workspace.root}")
    locales_asked(now, [locale])
    return now


def _blocked(before: Opened, now: Opened) -> BadFile | None:
    """What is wrong with a review file that could be read before; None where that is nothing."""
    blocked = now.files.blocked - before.files.blocked
    problem = next((one for one in now.problems if one.path in blocked), None)
    if problem is None:
        return None
    failure = BadFile(problem.code, problem.message, mend=problem.mend)
    failure.problem = problem
    return failure
