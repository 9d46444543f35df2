"""Nights that end in the middle: the next one does the rest, and does nothing twice."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.stubs.forge import REPOSITORY
from tests.stubs.killed import KILLED, Killer
from tests.stubs.nightly import Hosted, became
from tests.stubs.repository import Repository
from tests.stubs.server import Fault, Json
from tests.stubs.services import WAIT
from tests.stubs.site import Ran, Site

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a process is forked for every run")

LISTED = f"GET /repos/{REPOSITORY}/pulls"
OPENED = f"POST /repos/{REPOSITORY}/pulls"
ASSIGNED = f"POST /repos/{REPOSITORY}/issues/1/assignees"
ASKED = f"POST /repos/{REPOSITORY}/pulls/1/requested_reviewers"
AMENDED = f"PATCH /repos/{REPOSITORY}/pulls/1"
COMMENTED = f"POST /repos/{REPOSITORY}/issues/1/comments"
JAPANESE = ("ci", "sync", "--lang", "ja")


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    with Killer() as made:
        yield made


@dataclass
class Moment:
    """A moment of a night: the service has done what it was asked, and has not answered yet."""

    reached: threading.Event
    over: threading.Event

    @classmethod
    def made(cls) -> Moment:
        return cls(threading.Event(), threading.Event())

    def __call__(self, answer: Json) -> Json:
        self.reached.set()
        self.over.wait(WAIT)
        return answer


def ended_at(
    hosted: Hosted, killer: Killer, kind: str, number: signal.Signals, at: int = 1
) -> tuple[Ran, Repository]:
    """End a night when the service has done something, and has not answered; and its clone."""
    moment = Moment.made()
    hosted.forge.fail(Fault(change=moment), at=at, on=kind)
    job = hosted.job()
    killer.start(job, JAPANESE)
    assert moment.reached.wait(WAIT)
    ran = killer.kill(number)
    moment.over.set()
    hosted.keep(job)
    return ran, Repository(job.root)


def asked_for(hosted: Hosted) -> list[tuple[list[str], list[str]]]:
    return [(pull.assignees, pull.reviewers) for pull in hosted.forge.pulls]


def everything_stands_once(hosted: Hosted) -> None:
    """The next night does what is left, once; the one after it nothing."""
    assert hosted.night("--lang", "ja").code == 0
    assert [(one.branch, one.comments) for one in hosted.forge.pulls] == [("i18n/ja", [])]
    assert asked_for(hosted) == [(["hana"], ["kenji", "acme/japanese"])]
    tip = hosted.git("rev-parse", "i18n/ja").strip()
    assert hosted.forge.statuses == {tip: [("success", "0 errors, 0 warnings")]}
    assert "unasked" not in hosted.forge.open["i18n/ja"].body
    changes, asked = list(hosted.forge.changes), len(hosted.deepl.seen())
    assert became(hosted.night("--lang", "ja")) == {"ja": "unchanged"}
    assert (hosted.forge.changes, len(hosted.deepl.seen())) == (changes, asked)
    assert hosted.git("rev-parse", "i18n/ja").strip() == tip


@pytest.mark.parametrize("kind", [LISTED, OPENED, ASSIGNED, ASKED, AMENDED])
def test_the_night_after_one_that_was_killed_does_the_rest_once(
    hosted: Hosted, killer: Killer, kind: str
) -> None:
    ran, _ = ended_at(hosted, killer, kind, signal.SIGKILL)
    assert ran.code == KILLED
    tip, asked = hosted.git("rev-parse", "i18n/ja"), len(hosted.deepl.seen())
    everything_stands_once(hosted)
    assert hosted.git("rev-parse", "i18n/ja") == tip
    assert len(hosted.deepl.seen()) == asked


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("kind", [LISTED, OPENED, ASKED])
def test_a_night_that_is_told_to_stop_leaves_its_clone_as_it_was(
    hosted: Hosted, killer: Killer, kind: str, number: signal.Signals
) -> None:
    ran, clone = ended_at(hosted, killer, kind, number)
    assert ran.code == (130 if number == signal.SIGINT else 75), ran
    assert clone.git("branch", "--show-current") == "main\n"
    assert clone.git("status", "--porcelain") == ""
    everything_stands_once(hosted)


def test_drafts_of_a_night_that_was_killed_before_its_push_are_not_paid_for_again(
    hosted: Hosted, killer: Killer
) -> None:
    job = hosted.job()
    number = job.root.with_suffix(".number")
    hosted.hook("pre-receive", f"kill -9 $(cat {shlex.quote(str(number))}); exit 1")
    killer.start(job, JAPANESE)
    number.write_text(str(killer.child))
    assert killer.wait().code == KILLED
    hosted.hook("pre-receive", "exit 0")
    hosted.keep(job)
    asked = len(hosted.deepl.seen())
    assert "i18n/ja" not in hosted.git("branch")
    everything_stands_once(hosted)
    assert len(hosted.deepl.seen()) == asked


def test_a_clone_in_which_a_night_was_killed_is_good_for_the_next(
    hosted: Hosted, killer: Killer
) -> None:
    """A server of one's own may keep its clone."""
    ran, clone = ended_at(hosted, killer, OPENED, signal.SIGKILL)
    assert ran.code == KILLED
    kept = clone.root.rename(hosted.folder / "kept-clone")
    again = Site(kept, hosted.job().environment)
    assert became(again.run(*JAPANESE)) == {"ja": "unchanged"}
    everything_stands_once(hosted)


def test_a_word_on_closing_is_said_once(drafted: Hosted, killer: Killer) -> None:
    ada = drafted.person("Ada")
    ada.site.write("locales/ja/terms.po", drafted.show("i18n/ja", "locales/ja/terms.po"))
    ada.push("Brought over by hand")
    ran, _ = ended_at(drafted, killer, COMMENTED, signal.SIGKILL)
    assert ran.code == KILLED
    (pull,) = drafted.forge.pulls
    assert (pull.state, len(pull.comments)) == ("open", 1)
    assert became(drafted.night("--lang", "ja")) == {"ja": "closed"}
    assert (pull.state, len(pull.comments)) == ("closed", 1)


def test_receipts_that_are_lost_cost_nothing_that_the_branch_has(drafted: Hosted) -> None:
    shutil.rmtree(drafted.folder / "kept")
    asked = len(drafted.deepl.seen())
    assert became(drafted.night("--lang", "ja")) == {"ja": "unchanged"}
    assert len(drafted.deepl.seen()) == asked


def test_a_request_of_which_only_the_answer_was_lost_is_gone_on_with(hosted: Hosted) -> None:
    hosted.forge.fail(Fault(reset=True), on=OPENED)
    assert became(hosted.night("--lang", "ja")) == {"ja": "updated"}
    everything_stands_once(hosted)


def test_a_request_that_another_job_opened_meanwhile_is_gone_on_with(drafted: Hosted) -> None:
    drafted.forge.fail(Fault(body="[]"), at=3, on=LISTED)  # the first night looked twice
    assert became(drafted.night("--lang", "ja")) == {"ja": "unchanged"}
    assert drafted.forge.changes.count(OPENED) == 2
    everything_stands_once(drafted)
