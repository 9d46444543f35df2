"""GitHub and GitLab as far as pull requests go, on loopback, with the git remote they belong to.

What they answer follows docs.github.com/rest and docs.gitlab.com/api; both share their pull
requests here, so that one world can be looked at from either side.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from tests.stubs.server import Asked, Done, Json, Refusal, Server

REPOSITORY = "acme/glossary"
TOKEN = "a-token-of-the-job"  # noqa: S105  # no secret: the stub's own


@dataclass
class Pull:
    """A pull request, open, closed or merged."""

    number: int
    branch: str
    base: str
    title: str
    body: str
    state: str = "open"
    merged: bool = False
    of_fork: bool = False
    commit: str = ""
    assignees: list[str] = field(default_factory=list)
    reviewers: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


class Forge(Server):
    """The service; `pulls` are its pull requests, `statuses` verdicts by commit."""

    main_kind: ClassVar[str] = f"POST /repos/{REPOSITORY}/pulls"

    def __init__(self, remote: Path) -> None:
        super().__init__()
        self.remote = remote
        self.pulls: list[Pull] = []
        self.refuses_statuses = False
        self.statuses: dict[str, list[tuple[str, str]]] = {}
        self.users = {"hana": 7, "kenji": 8, "acme/japanese": 9}

    def environment(self) -> dict[str, str]:
        """What a job on GitHub sees."""
        return {
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_API_URL": self.url,
            "GITHUB_TOKEN": TOKEN,
        }

    def gitlab(self) -> dict[str, str]:
        """What a job on GitLab sees."""
        return {"CI_PROJECT_ID": "42", "CI_API_V4_URL": self.url, "GITLAB_TOKEN": TOKEN}

    @property
    def open(self) -> dict[str, Pull]:
        """The open pull requests of the repository itself, by branch."""
        own = (pull for pull in self.pulls if not pull.of_fork)
        return {pull.branch: pull for pull in own if pull.state == "open"}

    @property
    def changes(self) -> list[str]:
        """The kinds of all requests that changed something, in order."""
        return [seen.asked.kind for seen in self.journal if seen.asked.method != "GET"]

    def close(self, branch: str) -> None:
        """Close a pull request as a person does who does not want it."""
        pull = self.open[branch]
        pull.commit, pull.state = self._tip(pull), "closed"

    def merge(self, branch: str, *, how: str = "merge", delete: bool = False) -> None:
        """Merge a pull request as the button does: in the remote, without drivers.

        `how` is "merge", "squash" or "rebase".
        """
        pull = self.open[branch]
        work = self.remote.parent / "merging"
        self._git("clone", "--quiet", str(self.remote), str(work), at=self.remote.parent)
        match how:
            case "rebase":
                self._git("checkout", "--quiet", "--detach", f"origin/{branch}", at=work)
                self._git("rebase", "--quiet", "--force-rebase", f"origin/{pull.base}", at=work)
            case "squash":
                self._git("merge", "--quiet", "--squash", f"origin/{branch}", at=work)
                self._git("commit", "--quiet", "--message", pull.title, at=work)
            case _:
                self._git("merge", "--quiet", "--no-ff", "--no-edit", f"origin/{branch}", at=work)
        self._git("push", "--quiet", "origin", f"HEAD:{pull.base}", at=work)
        if delete:
            self._git("push", "--quiet", "origin", f":{branch}", at=work)
        subprocess.run(["rm", "-r", str(work)], check=True)
        pull.state, pull.merged = "closed", True

    def work(self, asked: Asked) -> Done:
        """Answer a request."""
        if TOKEN not in (
            asked.headers.get("authorization", "").removeprefix("Bearer "),
            asked.headers.get("private-token", ""),
        ):
            raise Refusal(401, {"message": "Bad credentials"})
        for pattern, answer in self._routes.items():
            if found := re.fullmatch(pattern, asked.kind):
                return Done(answer(self, asked, *found.groups()))  # type: ignore[operator]  # a table of methods
        raise Refusal(404, {"message": "Not Found"})

    def _listed(self, asked: Asked) -> object:
        branch = asked.query["head"].removeprefix("acme:")
        found = [
            pull
            for pull in reversed(self.pulls)
            if not pull.of_fork
            and (pull.branch, pull.base, pull.state)
            == (branch, asked.query["base"], asked.query["state"])
        ]
        return [self._github(pull) for pull in found[: int(asked.query["per_page"])]]

    def _opened(self, asked: Asked) -> Json:
        body = {name: str(text) for name, text in asked.body.items()}
        self._refuse_empty(body["head"], body["base"])
        pull = Pull(len(self.pulls) + 1, body["head"], body["base"], body["title"], body["body"])
        self.pulls.append(pull)
        return self._github(pull)

    def _refuse_empty(self, head: str, base: str) -> None:
        if head in self.open:
            raise Refusal(422, {"message": "Validation Failed", "errors": [{"message": "exists"}]})
        ahead = self._git("rev-list", "--count", f"{base}..{head}", at=self.remote)
        if ahead.strip() == "0":
            raise Refusal(422, {"message": "Validation Failed", "errors": ["No commits between"]})

    def _amended(self, asked: Asked, number: str) -> Json:
        pull = self.pulls[int(number) - 1]
        for name in ("title", "body", "state"):
            if name in asked.body:
                setattr(pull, name, str(asked.body[name]))
        return self._github(pull)

    def _commented(self, asked: Asked, number: str) -> Json:
        self.pulls[int(number) - 1].comments.append(str(asked.body["body"]))
        return {}

    def _comments(self, _: Asked, number: str) -> object:
        return [{"body": one} for one in self.pulls[int(number) - 1].comments]

    def _verdicts(self, _: Asked, commit: str) -> object:
        return [
            {"context": "i18n check", "state": state, "description": words}
            for state, words in reversed(self.statuses.get(commit, []))
        ]

    def _assigned(self, asked: Asked, number: str) -> Json:
        pull = self.pulls[int(number) - 1]
        known = [name for name in _names(asked.body["assignees"]) if name in self.users]
        pull.assignees = _once(*pull.assignees, *known)
        return {"assignees": [{"login": name} for name in pull.assignees]}

    def _asked_for_review(self, asked: Asked, number: str) -> Json:
        pull = self.pulls[int(number) - 1]
        teams = [f"acme/{name}" for name in _names(asked.body.get("team_reviewers", []))]
        names = [*_names(asked.body.get("reviewers", [])), *teams]
        if not set(names) <= self.users.keys():
            raise Refusal(422, {"message": "Reviews may only be requested from collaborators."})
        pull.reviewers = _once(*pull.reviewers, *names)
        return self._github(pull)

    def _judged(self, asked: Asked, commit: str) -> Json:
        if self.refuses_statuses:
            raise Refusal(403, {"message": "Resource not accessible by integration"})
        said = (str(asked.body["state"]), str(asked.body["description"]))
        self.statuses.setdefault(commit, []).append(said)
        return {}

    def _lab_listed(self, asked: Asked) -> object:
        branch, base = asked.query["source_branch"], asked.query["target_branch"]
        states = {"opened": ("opened",), "all": ("opened", "closed", "merged")}
        found = [self._gitlab(pull) for pull in reversed(self.pulls) if pull.branch == branch]
        return [
            one
            for one in found
            if one["state"] in states[asked.query["state"]] and one["target_branch"] == base
        ][: int(asked.query["per_page"])]

    def _lab_opened(self, asked: Asked) -> Json:
        body = {name: str(text) for name, text in asked.body.items()}
        self._refuse_empty(body["source_branch"], body["target_branch"])
        pull = Pull(
            len(self.pulls) + 1,
            body["source_branch"],
            body["target_branch"],
            body["title"],
            body["description"],
        )
        self.pulls.append(pull)
        return self._gitlab(pull)

    def _lab_amended(self, asked: Asked, number: str) -> Json:
        pull = self.pulls[int(number) - 1]
        names = {number: name for name, number in self.users.items()}
        if "title" in asked.body:
            pull.title, pull.body = str(asked.body["title"]), str(asked.body["description"])
        if asked.body.get("state_event") == "close":
            pull.state = "closed"
        pull.assignees += [names[one] for one in _numbers(asked.body.get("assignee_ids"))]
        pull.reviewers += [names[one] for one in _numbers(asked.body.get("reviewer_ids"))]
        return self._gitlab(pull)

    def _lab_users(self, asked: Asked) -> object:
        found = self.users.get(asked.query["username"])
        return [{"id": found}] if found else []

    def _github(self, pull: Pull) -> Json:
        return {
            "number": pull.number,
            "html_url": f"https://forge.example/{REPOSITORY}/pull/{pull.number}",
            "title": pull.title,
            "body": pull.body,
            "state": pull.state,
            "merged_at": "2026-02-01T00:00:00Z" if pull.merged else None,
            "head": {"ref": pull.branch, "sha": self._tip(pull)},
        }

    def _gitlab(self, pull: Pull) -> Json:
        state = "merged" if pull.merged else {"open": "opened"}.get(pull.state, pull.state)
        return {
            "iid": pull.number,
            "web_url": f"https://forge.example/{REPOSITORY}/-/merge_requests/{pull.number}",
            "title": pull.title,
            "description": pull.body,
            "state": state,
            "target_branch": pull.base,
            "sha": self._tip(pull),
            "source_project_id": 43 if pull.of_fork else 42,
            "target_project_id": 42,
        }

    def _tip(self, pull: Pull) -> str:
        """The newest commit that a pull request shows; a closed one stays at what it had."""
        if pull.state != "open" or pull.of_fork:
            return pull.commit
        return self._git("rev-parse", f"refs/heads/{pull.branch}", at=self.remote).strip()

    def _git(self, *words: str, at: Path) -> str:
        who = ("-c", "user.name=Forge", "-c", "user.email=forge@example.org")
        done = subprocess.run(
            ["git", *who, *words], cwd=at, check=False, capture_output=True, text=True
        )
        assert not done.returncode, done.stderr
        return done.stdout

    _routes: ClassVar[dict[str, object]] = {
        rf"GET /repos/{REPOSITORY}/pulls": _listed,
        rf"POST /repos/{REPOSITORY}/pulls": _opened,
        rf"PATCH /repos/{REPOSITORY}/pulls/(\d+)": _amended,
        rf"GET /repos/{REPOSITORY}/issues/(\d+)/comments": _comments,
        rf"POST /repos/{REPOSITORY}/issues/(\d+)/comments": _commented,
        rf"POST /repos/{REPOSITORY}/issues/(\d+)/assignees": _assigned,
        rf"POST /repos/{REPOSITORY}/pulls/(\d+)/requested_reviewers": _asked_for_review,
        rf"GET /repos/{REPOSITORY}/commits/(\w+)/statuses": _verdicts,
        rf"POST /repos/{REPOSITORY}/statuses/(\w+)": _judged,
        r"GET /projects/42/merge_requests": _lab_listed,
        r"POST /projects/42/merge_requests": _lab_opened,
        r"PUT /projects/42/merge_requests/(\d+)": _lab_amended,
        r"GET /projects/42/merge_requests/(\d+)/notes": _comments,
        r"POST /projects/42/merge_requests/(\d+)/notes": _commented,
        r"GET /users": _lab_users,
    }


def _names(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _once(*names: str) -> list[str]:
    """Names as the services keep them: nobody is asked twice while the first time stands."""
    return list(dict.fromkeys(names))


def _numbers(value: object) -> list[int]:
    return [int(one) for one in value] if isinstance(value, list) else []
