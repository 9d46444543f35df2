"""The pull request of a branch: opened once, kept up to date, left alone where people closed it.

What the service refuses takes nothing from what was pushed: it is an error of the report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from i18n_pipeline.config import Settings
from i18n_pipeline.errors import I18nError, Problem
from i18n_pipeline.hosting import Hosting, Proposal, Request
from i18n_pipeline.pipeline.delivering.order import Job
from i18n_pipeline.reports.counting import counted
from i18n_pipeline.reports.delivery.contents import Contents
from i18n_pipeline.reports.delivery.delivered import Became
from i18n_pipeline.reports.delivery.proposal import (
    body_of,
    joined,
    state_in,
    title_after,
    title_of,
)
from i18n_pipeline.reports.report import problem_of


@dataclass(frozen=True)
class Shown:
    """What became of a pull request."""

    became: Became
    address: str = ""
    notes: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()
    codes: tuple[int, ...] = ()


def show(job: Job, contents: Contents, settings: Sequence[Settings], pushed: str) -> Shown:
    """Have the service show what a branch brings; `pushed` is its new commit, "" for none."""
    if job.hosting is None:
        note = f"open a pull request from {job.branch} into {job.base}"
        return Shown(Became.PUSHED if pushed else Became.UNCHANGED, notes=(note,))
    showing = _Showing(job.hosting, job, contents, bool(pushed))
    try:
        shown = showing.shown(settings)
    except I18nError as failure:
        became = Became.PUSHED if pushed else Became.UNCHANGED
        return Shown(became, errors=(problem_of(failure),), codes=(failure.exit_code,))
    if not pushed or not shown.address:
        return shown
    return replace(shown, notes=(*shown.notes, *_judged(job.hosting, contents, pushed)))


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
    pushed: bool

    def shown(self, settings: Sequence[Settings]) -> Shown:
        job, hosting, contents = self.job, self.hosting, self.contents
        request = hosting.find(job.branch, job.base)
        if request is not None:
            return self._amended(request)
        declined = hosting.declined(job.branch, job.base)
        if declined is not None and state_in(declined.body) == contents.state:
            note = f"somebody closed it, and nothing has changed since: {declined.address}"
            return Shown(Became.DECLINED, notes=(note,))
        title = title_of(contents)
        proposal = Proposal(job.branch, job.base, title, body_of(contents, title))
        request = hosting.propose(proposal)
        return Shown(Became.OPENED, request.address, tuple(_invited(hosting, request, settings)))

    def _amended(self, request: Request) -> Shown:
        """Its text is written anew with what it tells of, or each night would say its own cost."""
        if not self.pushed and state_in(request.body) == self.contents.state:
            return Shown(Became.UNCHANGED, request.address)
        wanted = title_of(self.contents)
        title = title_after(request.title, request.body, wanted)
        self.hosting.amend(request, title, joined(request.body, body_of(self.contents, wanted)))
        return Shown(Became.UPDATED if self.pushed else Became.UNCHANGED, request.address)


def _invited(hosting: Hosting, request: Request, settings: Sequence[Settings]) -> Sequence[str]:
    """Ask those whom i18n.toml names, once; in words, who could not be asked."""
    owners = [one.owner for one in settings if one.owner]
    reviewers = dict.fromkeys(name for one in settings for name in (*one.reviewers,))
    if not owners and not reviewers:
        return ()
    owner = owners[0] if owners else ""
    more = [name for name in owners[1:] if name not in reviewers]
    try:
        return hosting.invite(request, owner, (*reviewers, *more))
    except I18nError as failure:
        return (f"nobody could be asked for a review: {failure.message}",)


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
