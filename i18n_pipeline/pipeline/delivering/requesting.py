"""The pull request of a branch: opened once, kept up to date, left alone where people closed it.

What the service refuses takes nothing from what was pushed: it is an error of the report.
"""

from __future__ import annotations

from collections.abc import Sequence

from i18n_pipeline.config import Settings
from i18n_pipeline.errors import CannotWrite, I18nError, Problem, TryLater
from i18n_pipeline.hosting import Hosting, Proposal, Request
from i18n_pipeline.pipeline.delivering.order import Job
from i18n_pipeline.reports.counting import counted
from i18n_pipeline.reports.delivery.contents import Contents
from i18n_pipeline.reports.delivery.delivered import Became
from i18n_pipeline.reports.delivery.proposal import (
    body_of,
    is_unasked,
    joined,
    state_in,
    title_after,
    title_of,
)
from i18n_pipeline.reports.report import problem_of
from i18n_pipeline.values import dataclass, replace


@dataclass(frozen=True)
class Shown:
    """What became of a pull request."""

    became: Became
    address: str = ""
    notes: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()
    codes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Tip:
    """The commit that the branch of the remote is at, and whether this run pushed it."""

    commit: str
    pushed: bool

    @property
    def became(self) -> Became:
        """What became of the branch, whatever comes of its pull request."""
        return Became.PUSHED if self.pushed else Became.UNCHANGED


def show(job: Job, contents: Contents, settings: Sequence[Settings], tip: Tip) -> Shown:
    """Have the service show what a branch brings."""
    if job.hosting is None:
        note = f"open a pull request from {job.branch} into {job.base}"
        return Shown(tip.became, notes=(note,))
    try:
        shown = _Showing(job.hosting, job, contents, tip, tuple(settings)).shown()
    except I18nError as failure:
        return Shown(tip.became, errors=(problem_of(failure),), codes=(failure.exit_code,))
    if not shown.address:
        return shown
    return replace(shown, notes=(*shown.notes, *_judged(job.hosting, contents, tip.commit)))


def withdraw(job: Job) -> str:
    """Close the pull request that has become empty; its address, "" where there is none."""
    request = None if job.hosting is None else job.hosting.find(job.branch, job.base)
    if job.hosting is None or request is None:
        return ""
    job.hosting.withdraw(request, f"Nothing is left to merge: {job.base} has all of it.")
    return request.address


@dataclass(frozen=True)
class _Showing:
    hosting: Hosting
    job: Job
    contents: Contents
    tip: Tip
    settings: tuple[Settings, ...]

    def shown(self) -> Shown:
        request = self.hosting.find(self.job.branch, self.job.base)
        if request is not None:
            return self._amended(request)
        declined = self.hosting.declined(self.job.branch, self.job.base)
        if declined is not None and self._is_answered_by(declined):
            note = f"somebody closed it, and nothing has changed since: {declined.address}"
            return Shown(Became.DECLINED, notes=(note,))
        return self._opened()

    def _is_answered_by(self, declined: Request) -> bool:
        """Whether what was closed is what the branch brings: its text may be gone."""
        same = not self.tip.pushed and declined.commit == self.tip.commit
        return same or state_in(declined.body) == self.contents.state

    def _opened(self) -> Shown:
        """Opened, and people asked; a run that ends in between leaves word to the next."""
        asking = _Asking.of(self.settings)
        title = title_of(self.contents)
        body = body_of(self.contents, title, asked=not asking.anybody)
        proposal = Proposal(self.job.branch, self.job.base, title, body)
        try:
            request = self.hosting.propose(proposal)
        except (CannotWrite, TryLater):
            # It may be there all the same: by another run, or because only the answer was lost.
            found = self.hosting.find(self.job.branch, self.job.base)
            if found is None:
                raise
            return self._amended(found)
        if not asking.anybody:
            return Shown(Became.OPENED, request.address)
        notes, asked = asking.done(self.hosting, request)
        if asked:
            self.hosting.amend(request, title, body_of(self.contents, title))
        return Shown(Became.OPENED, request.address, tuple(notes))

    def _amended(self, request: Request) -> Shown:
        """Its text is written anew with what it tells of, or each night would say its own cost."""
        unasked = is_unasked(request.body)
        if not self.tip.pushed and not unasked and state_in(request.body) == self.contents.state:
            return Shown(Became.UNCHANGED, request.address)
        asking = _Asking.of(self.settings) if unasked else _Asking()
        notes, asked = asking.done(self.hosting, request)
        wanted = title_of(self.contents)
        title = title_after(request.title, request.body, wanted)
        ours = body_of(self.contents, wanted, asked=asked)
        self.hosting.amend(request, title, joined(request.body, ours))
        became = Became.UPDATED if self.tip.pushed else Became.UNCHANGED
        return Shown(became, request.address, tuple(notes))


@dataclass(frozen=True)
class _Asking:
    """Whom i18n.toml names for a pull request: one who owns it, others who review it."""

    owner: str = ""
    reviewers: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: Sequence[Settings]) -> _Asking:
        owners = [one.owner for one in settings if one.owner]
        names = dict.fromkeys(name for one in settings for name in (*one.reviewers,))
        owner = owners[0] if owners else ""
        more = [name for name in owners[1:] if name not in names]
        return cls(owner, (*names, *more))

    @property
    def anybody(self) -> bool:
        return bool(self.owner or self.reviewers)

    def done(self, hosting: Hosting, request: Request) -> tuple[Sequence[str], bool]:
        """Ask them; in words, who could not be asked, and whether that was all there is to do."""
        if not self.anybody:
            return (), True
        try:
            return hosting.invite(request, self.owner, self.reviewers), True
        except I18nError as failure:
            note = f"nobody could be asked for a review: {failure.message}"
            return (note,), not isinstance(failure, TryLater)


def _judged(hosting: Hosting, contents: Contents, commit: str) -> Sequence[str]:
    """Put our own checks beside the commit: a service's own token starts no other job on it.

    In words, why that could not be done: the pull request says the same.
    """
    errors, warnings = contents.found("error"), contents.found("warning")
    words = f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
    passed = contents.check.exit_code in (0, 3)
    try:
        hosting.judge(commit, words if passed or errors else "files cannot be read", passed=passed)
    except I18nError as failure:
        return (f"what checks found could not be put beside the commit: {failure.message}",)
    return ()
