"""Calls to a hosting service: what may pass is tried again, and no token goes anywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from i18n_pipeline.errors import CannotWrite, I18nError, NotAuthorised, TryLater
from i18n_pipeline.hosting import find_hosting
from i18n_pipeline.hosting.base import Hosting, Proposal
from i18n_pipeline.hosting.calls import Caller, Token
from i18n_pipeline.hosting.github import GitHub
from tests.stubs.forge import REPOSITORY, TOKEN, Forge
from tests.stubs.repository import Repository
from tests.stubs.server import Fault

LISTED = f"GET /repos/{REPOSITORY}/pulls"


@pytest.fixture
def forge(tmp_path: Path) -> Iterator[Forge]:
    work = Repository(tmp_path / "work")
    work.commit("First", {"a.md": "a\n"})
    work.git("branch", "base")
    work.commit("Second", {"a.md": "b\n"})
    work.git("clone", "--quiet", "--bare", str(work.root), str(tmp_path / "remote.git"))
    with Forge(tmp_path / "remote.git") as made:
        yield made


@pytest.fixture
def naps() -> list[float]:
    return []


@pytest.fixture
def hosting(forge: Forge, naps: list[float]) -> Hosting:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    return GitHub(Caller("GitHub", forge.url, headers, Token(TOKEN), naps.append), REPOSITORY)


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_what_may_pass_is_tried_again_where_that_does_no_harm(
    forge: Forge, hosting: Hosting, naps: list[float], status: int
) -> None:
    forge.fail(Fault(status), times=2, on=LISTED)
    assert hosting.find("main", "base") is None
    assert naps == [1.0, 4.0]


def test_a_service_is_left_alone_as_long_as_it_asks_for(
    forge: Forge, hosting: Hosting, naps: list[float]
) -> None:
    forge.fail(Fault(429, headers=(("Retry-After", "7"),)), on=LISTED)
    assert hosting.find("main", "base") is None
    assert naps == [7.0]


def test_a_service_that_asks_for_hours_is_left_to_a_later_run(
    forge: Forge, hosting: Hosting, naps: list[float]
) -> None:
    forge.fail(Fault(429, headers=(("Retry-After", "7200"),)), on=LISTED)
    with pytest.raises(TryLater, match="GitHub answered 429"):
        hosting.find("main", "base")
    assert naps == []


@pytest.mark.parametrize(
    "fault",
    [
        Fault(429, headers=(("Retry-After", "2"),)),
        Fault(
            403, (("Retry-After", "2"),), '{"message": "You have exceeded a secondary rate limit"}'
        ),
    ],
    ids=lambda fault: str(fault.status),
)
def test_what_came_too_fast_was_not_done_and_is_asked_again(
    forge: Forge, hosting: Hosting, naps: list[float], fault: Fault
) -> None:
    forge.fail(fault)
    assert hosting.propose(Proposal("main", "base", "T", "B")).number == 1
    assert naps == [2.0]


def test_an_answer_that_does_not_come_is_none(forge: Forge) -> None:
    caller = Caller("GitHub", forge.url, {}, Token(TOKEN), lambda _: None, seconds=0.05)
    forge.fail(Fault(hang=0.2, early=True), times=3, on="GET /x")
    with pytest.raises(TryLater, match="timed out"):
        caller.get("/x")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, NotAuthorised),
        (403, NotAuthorised),
        (404, NotAuthorised),
        (409, CannotWrite),
        (422, CannotWrite),
        (500, TryLater),
    ],
)
def test_each_refusal_is_the_failure_that_it_stands_for(
    forge: Forge, hosting: Hosting, status: int, kind: type[I18nError]
) -> None:
    forge.fail(Fault(status, body="<html>Sorry</html>"), times=3, on=LISTED)
    with pytest.raises(kind, match=f"^GitHub answered {status}$"):
        hosting.find("main", "base")


def test_it_is_left_to_a_later_run_in_the_end(forge: Forge, hosting: Hosting) -> None:
    forge.fail(Fault(503), times=9, on=LISTED)
    with pytest.raises(TryLater, match="GitHub answered 503"):
        hosting.find("main", "base")


def test_nothing_is_opened_twice(forge: Forge, hosting: Hosting, naps: list[float]) -> None:
    forge.fail(Fault(502))
    with pytest.raises(TryLater):
        hosting.propose(Proposal("main", "base", "T", "B"))
    assert (naps, len(forge.journal)) == ([], 1)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(reset=True),
        Fault(200, body="<html>"),
        Fault(200, body='[{"number": 1, "titl'),
        Fault(200, body="[" * 100_000),
        Fault(200, body="{}"),
        Fault(200, body=""),
        Fault(200, body='[{"number": null}]'),
        Fault(200, headers=(("Content-Length", "1000"),)),
        Fault(500, headers=(("Content-Length", "1000"),)),
        Fault(503, body="[" * 100_000),
    ],
    ids=lambda fault: f"{fault.status}{fault.headers}{str(fault.body)[:12]}",
)
def test_no_answer_and_none_that_can_be_read_are_a_matter_of_time(
    forge: Forge, hosting: Hosting, fault: Fault
) -> None:
    forge.fail(fault, times=3, on=LISTED)
    with pytest.raises(TryLater):
        hosting.find("main", "base")


def test_a_redirect_is_not_followed(forge: Forge, hosting: Hosting) -> None:
    away = (("Location", f"{forge.url}/elsewhere"),)
    forge.fail(Fault(307, headers=away), on=LISTED)
    with pytest.raises(CannotWrite, match="answered 307"):
        hosting.find("main", "base")
    assert [one.asked.path for one in forge.journal] == [f"/repos/{REPOSITORY}/pulls"]


def test_a_refusal_says_what_the_service_says(forge: Forge, hosting: Hosting) -> None:
    with pytest.raises(CannotWrite, match="Validation Failed; No commits between"):
        hosting.propose(Proposal("base", "main", "T", "B"))


def test_a_token_shows_nowhere(forge: Forge) -> None:
    caller = Caller("GitHub", forge.url, {"Authorization": "Bearer wrong-one"}, Token("wrong-one"))
    assert "wrong-one" not in repr(caller)
    forge.fail(Fault(401, body='{"message": "wrong-one is no token"}'), on="GET /x")
    with pytest.raises(NotAuthorised) as caught:
        caller.get("/x")
    assert "wrong-one" not in str(caught.value)


@pytest.mark.parametrize("token", ["", " ", "two words", "new\nline"])
def test_what_can_be_no_token_is_told_before_anything_is_sent(token: str) -> None:
    with pytest.raises(NotAuthorised, match="GITHUB_TOKEN"):
        find_hosting({"GITHUB_REPOSITORY": REPOSITORY, "GITHUB_TOKEN": token})


def test_an_environment_that_names_no_service_has_none() -> None:
    assert find_hosting({"GITHUB_TOKEN": TOKEN, "GITLAB_TOKEN": TOKEN}) is None
