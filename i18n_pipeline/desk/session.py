"""A review while it goes on: what is on the desk, decisions carried out, undone, noticed.

Every decision is on disk before it is answered. Several tabs and threads may ask at once; one
after the other is served. Whatever changes the files meanwhile is seen before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import RLock
from time import monotonic

from i18n_pipeline.desk.opened import Opened, open_locale, written
from i18n_pipeline.desk.outcomes import Done, Moved, Outcome, Refused, Step
from i18n_pipeline.desk.revising import revised
from i18n_pipeline.errors import BadFile, I18nError, TryLater, UsageError
from i18n_pipeline.formats.decisions import Decision
from i18n_pipeline.formats.packages import unit_id
from i18n_pipeline.model import Unit
from i18n_pipeline.pipeline.asked import locales_asked
from i18n_pipeline.pipeline.shelved import Found
from i18n_pipeline.pipeline.verdicts import keep_verdicts
from i18n_pipeline.stages.deciding import decided, fault_of, version_of
from i18n_pipeline.values import dataclass, field
from i18n_pipeline.workspace import Workspace, open_workspace

_ATTEMPTS = 3
_UNDOABLE = 1_000
"""How many decisions are remembered to be undone."""
QUIET = 8.0
"""Seconds without a decision after which other texts are judged by what decisions changed."""


@dataclass
class Session:
    """A locale under review. `lock_timeout` is how many seconds a decision waits for a run.

    `rearranged` is the revision in which units last came, went or took another place.
    `trouble` is what keeps the files of now from being read: until it is mended the desk shows what
    it read before, and writes nothing.
    """

    workspace: Workspace
    locale: str
    lock_timeout: float = 1.0
    revision: int = 0
    trouble: I18nError | None = None
    rearranged: int = 0
    _steps: dict[int, Step] = field(default_factory=dict)
    _count: int = 0
    _changed: dict[str, int] = field(default_factory=dict)
    _cleared: bool = False
    _decided_at: float = 0.0
    _anew: tuple[Opened, Opened] | None = None
    _kept: Mapping[str, tuple[Found, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._guard = RLock()
        self._opened = open_locale(self.workspace, self.locale)

    @property
    def opened(self) -> Opened:
        """The locale as it was when anybody last looked or decided."""
        return self._opened

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
                    done = self._done(unit)
                    self._keep(done.undo, Step(decision, unit, version_of(done.unit)))
                    return done
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

    def settle(self, quiet: float = 0.0) -> bool:
        """Judge all texts by the terminology that decisions changed; whether nothing is owing now.

        That takes a while, so nobody waits for it, and it waits until nothing was decided for
        `quiet` seconds. What a run or a newer decision comes in between is done the next time.
        """
        opened = self._opened
        if monotonic() - self._decided_at < quiet:
            return not opened.owing
        with suppress(I18nError):
            if opened.owing:
                self._judged_anew(opened)
            elif opened.work.verdicts.used != self._kept:
                with self.workspace.run_lock():
                    keep_verdicts(self.workspace, self.locale, opened.work.verdicts)
                self._kept = opened.work.verdicts.used
        return not self._opened.owing

    def _judged_anew(self, opened: Opened) -> None:
        if self._anew is None or self._anew[0] is not opened:
            self._anew = opened, opened.anew()
        settled = self._anew[1]
        with self._guard, self.workspace.run_lock():
            self._be_sound()
            if self._opened is opened:
                self._replace(written(settled)[0])
                self._anew = None

    def close(self) -> None:
        """Leave the files as a run would; what cannot be done now the next run does."""
        if self.settle():
            self.settle()  # what was judged is kept

    def _done(self, before: Unit) -> Done:
        after = self._opened.units[unit_id(before.key)]
        self._decided_at = monotonic()
        self._count += 1
        return Done(after, self._count)

    def _keep(self, number: int, step: Step) -> None:
        self._steps[number] = step
        while len(self._steps) > _UNDOABLE:
            del self._steps[next(iter(self._steps))]

    @property
    def steps(self) -> tuple[tuple[int, Step], ...]:
        """The decisions that can be undone, each with what it is undone by, the last one last."""
        return tuple(self._steps.items())

    def _saved(self, unit: Unit) -> bool:
        """Write a unit; whether that came through, or a file had changed under our hands."""
        try:
            opened = revised(self._opened, unit)
            if opened is None:
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
            opened = open_locale(workspace, self.locale, self._opened)
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
            if [*before] != [*now]:
                self.rearranged = self.revision
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
