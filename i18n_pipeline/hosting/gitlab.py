"""Merge requests on GitLab, by its REST API (docs.gitlab.com/api/merge_requests, version 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from i18n_pipeline.hosting.base import Proposal, Request
from i18n_pipeline.hosting.calls import Caller, Json, listed, number, table
from i18n_pipeline.values import dataclass


@dataclass(frozen=True, slots=True)
class GitLab:
    """The merge requests of a project, by its number or its `group/name`."""

    caller: Caller
    project: str

    def find(self, branch: str, base: str) -> Request | None:
        """The open merge request from a branch into another."""
        found = self._listed(branch, base, "opened")
        return _request(found[0]) if found else None

    def declined(self, branch: str, base: str) -> Request | None:
        """The last merge request from a branch, if somebody closed it without merging it."""
        found = self._listed(branch, base, "all")
        return _request(found[0]) if found and found[0].get("state") == "closed" else None

    def propose(self, proposal: Proposal) -> Request:
        """Open a merge request."""
        body: Mapping[str, Json] = {
            "title": proposal.title,
            "description": proposal.body,
            "source_branch": proposal.branch,
            "target_branch": proposal.base,
            "remove_source_branch": True,
        }
        return _request(table(self.caller.call("POST", self._path, body)))

    def amend(self, request: Request, title: str, body: str) -> None:
        """Give an open merge request another title and text."""
        self._change(request, {"title": title, "description": body})

    def withdraw(self, request: Request, words: str) -> None:
        """Close a merge request, and say why."""
        notes = f"{self._path}/{request.number}/notes"
        said = listed(self.caller.get(notes, per_page=100))
        if words not in (one.get("body") for one in said):
            self.caller.call("POST", notes, {"body": words})
        self._change(request, {"state_event": "close"})

    def invite(self, request: Request, owner: str, reviewers: Sequence[str]) -> Sequence[str]:
        """Assign the owner and ask for reviews; in words, who could not be asked."""
        known = {name: self._user(name) for name in dict.fromkeys((owner, *reviewers)) if name}
        asked: dict[str, Json] = {}
        if known.get(owner):
            asked["assignee_ids"] = [known[owner]]
        if ids := [known[name] for name in reviewers if known[name]]:
            asked["reviewer_ids"] = [*ids]
        if asked:
            self._change(request, asked)
        return tuple(f"{name} is no user of GitLab" for name, found in known.items() if not found)

    def judge(self, commit: str, words: str, *, passed: bool) -> None:
        """Say nothing: a pipeline runs on what was pushed, and a verdict would look like one."""

    @property
    def _path(self) -> str:
        return f"/projects/{quote(self.project, safe='')}/merge_requests"

    def _listed(self, branch: str, base: str, state: str) -> Sequence[Mapping[str, Json]]:
        """Those of the project's own branch: a fork may call one of its branches the same."""
        found = listed(self.caller.get(
            self._path, source_branch=branch, target_branch=base, state=state,
            order_by="created_at", sort="desc", per_page=100,
        ))  # fmt: skip
        return [
            one for one in found if one.get("source_project_id") == one.get("target_project_id")
        ]

    def _user(self, name: str) -> int:
        found = listed(self.caller.get("/users", username=name))
        return number(found[0].get("id")) if found else 0

    def _change(self, request: Request, changes: Mapping[str, Json]) -> None:
        self.caller.call("PUT", f"{self._path}/{request.number}", changes)


def _request(found: Mapping[str, Json]) -> Request:
    return Request(
        number(found.get("iid")),
        str(found.get("web_url") or ""),
        str(found.get("title") or ""),
        str(found.get("description") or ""),
        str(found.get("sha") or ""),
    )
