"""What we ask of a service that hosts repositories: the seam that GitHub and GitLab stand behind.

A pull request is what GitLab calls a merge request. Each call raises NotAuthorised where the token
may not, CannotWrite where the service refuses, and TryLater where it cannot be reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from i18n_pipeline.values import dataclass


@dataclass(frozen=True, slots=True)
class Request:
    """A pull request as the service has it; `address` is its page, `commit` the newest it shows."""

    number: int
    address: str
    title: str
    body: str
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pull request to be opened: from a branch into `base`, in Markdown."""

    branch: str
    base: str
    title: str
    body: str


class Hosting(Protocol):
    """A service with the repository's pull requests."""

    def find(self, branch: str, base: str) -> Request | None:
        """The open pull request from a branch into another."""

    def declined(self, branch: str, base: str) -> Request | None:
        """The last pull request from a branch, if somebody closed it without merging it."""

    def propose(self, proposal: Proposal) -> Request:
        """Open a pull request."""

    def amend(self, request: Request, title: str, body: str) -> None:
        """Give an open pull request another title and text."""

    def withdraw(self, request: Request, words: str) -> None:
        """Close a pull request, and say why, once."""

    def invite(self, request: Request, owner: str, reviewers: Sequence[str]) -> Sequence[str]:
        """Assign the owner ("": nobody) and ask for reviews; in words, who could not be asked."""

    def judge(self, commit: str, words: str, *, passed: bool) -> None:
        """Put what checks found beside a commit, where its pull request shows it, once."""
