"""Pull requests on GitHub, by its REST API (docs.github.com/rest/pulls, version 2022-11-28)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from i18n_pipeline.errors import CannotWrite, NotAuthorised
from i18n_pipeline.hosting.base import Proposal, Request
from i18n_pipeline.hosting.calls import Caller, Json, listed, number, table, tables
from i18n_pipeline.values import dataclass

CONTEXT = "i18n check"
"""What our verdict on a commit is called."""

_LONGEST = 140
"""Characters of a status's description."""


@dataclass(frozen=True, slots=True)
class GitHub:
    """The pull requests of a repository, `owner/name`."""

    caller: Caller
    repository: str

    def find(self, branch: str, base: str) -> Request | None:
        """The open pull request from a branch into another."""
        found = listed(self._listed(branch, base, "open"))
        return _request(found[0]) if found else None

    def declined(self, branch: str, base: str) -> Request | None:
        """The last pull request from a branch, if somebody closed it without merging it."""
        found = listed(self._listed(branch, base, "closed"))
        return _request(found[0]) if found and not found[0].get("merged_at") else None

    def propose(self, proposal: Proposal) -> Request:
        """Open a pull request."""
        body: Mapping[str, Json] = {
            "title": proposal.title,
            "body": proposal.body,
            "head": proposal.branch,
            "base": proposal.base,
        }
        try:
            return _request(table(self._call("POST", "/pulls", body)))
        except NotAuthorised as failure:
            if "not permitted to create" not in failure.message:
                raise
            hint = (
                "allow it in the repository's settings: Actions, General, "
                "Allow GitHub Actions to create and approve pull requests"
            )
            raise NotAuthorised(failure.message, hint) from None

    def amend(self, request: Request, title: str, body: str) -> None:
        """Give an open pull request another title and text."""
        self._call("PATCH", f"/pulls/{request.number}", {"title": title, "body": body})

    def withdraw(self, request: Request, words: str) -> None:
        """Close a pull request, and say why."""
        comments = f"/issues/{request.number}/comments"
        said = listed(self.caller.get(f"/repos/{self.repository}{comments}", per_page=100))
        if words not in (one.get("body") for one in said):
            self._call("POST", comments, {"body": words})
        self._call("PATCH", f"/pulls/{request.number}", {"state": "closed"})

    def invite(self, request: Request, owner: str, reviewers: Sequence[str]) -> Sequence[str]:
        """Assign the owner and ask for reviews; in words, who could not be asked."""
        return tuple(self._refusals(request, owner, reviewers))

    def _refusals(self, request: Request, owner: str, reviewers: Sequence[str]) -> Iterator[str]:
        """Who cannot be asked; one at a time, for GitHub asks nobody where one is unknown to it."""
        if owner:
            path = f"/issues/{request.number}/assignees"
            assigned = table(self._call("POST", path, {"assignees": [owner]}))
            names = {str(one.get("login")).lower() for one in tables(assigned.get("assignees"))}
            if owner.lower() not in names:  # GitHub is silent about whom it cannot assign
                yield f"{owner} cannot be assigned: has to be able to write to the repository"
        for name in reviewers:
            organisation, _, team = name.rpartition("/")
            asked: Mapping[str, Json] = (
                {"team_reviewers": [team]} if organisation else {"reviewers": [name]}
            )
            try:
                self._call("POST", f"/pulls/{request.number}/requested_reviewers", asked)
            except (CannotWrite, NotAuthorised) as failure:
                yield f"{name} cannot be asked for a review: {failure.message}"

    def judge(self, commit: str, words: str, *, passed: bool) -> None:
        """Put what checks found beside a commit, as a status, unless it stands there."""
        verdict: Mapping[str, Json] = {
            "state": "success" if passed else "failure",
            "context": CONTEXT,
            "description": words[:_LONGEST],
        }
        path = f"/repos/{self.repository}/commits/{commit}/statuses"
        ours = [
            one for one in listed(self.caller.get(path, per_page=100))
            if one.get("context") == CONTEXT
        ]  # fmt: skip
        if not ours or not verdict.items() <= ours[0].items():  # the newest comes first
            self._call("POST", f"/statuses/{commit}", verdict)

    def _listed(self, branch: str, base: str, state: str) -> Json:
        owner = self.repository.partition("/")[0]
        return self.caller.get(
            f"/repos/{self.repository}/pulls",
            head=f"{owner}:{branch}", base=base, state=state,
            sort="created", direction="desc", per_page=1,
        )  # fmt: skip

    def _call(self, method: str, path: str, body: Mapping[str, Json]) -> Json:
        return self.caller.call(method, f"/repos/{self.repository}{path}", body)


def _request(found: Mapping[str, Json]) -> Request:
    return Request(
        number(found.get("number")),
        str(found.get("html_url") or ""),
        str(found.get("title") or ""),
        str(found.get("body") or ""),
        str(table(found.get("head")).get("sha") or ""),
    )
