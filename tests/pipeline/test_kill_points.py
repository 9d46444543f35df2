"""A run is killed at every point where it matters, with three services, and its cost is counted.

The points are those of the list "Fault points" that power cuts and kills are tested by: from the
lock taken to the lock given back, most of them around a request and around a file.

`make kill` does it the long way (`I18N_KILL=all`): at every request and every file that comes to
a point, with one thread and with all of them. Without it each point is tried once, in the middle
of a run whose threads are all at work.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

import pytest

from tests.stubs.killing import Case, intents
from tests.stubs.services import SERVICES, At

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="children are forked")

ALL = os.environ.get("I18N_KILL") == "all"
Cases = Callable[..., Case]
Record = Callable[[str, object], None]

BEGINNING = ("after lock", "after plan")
SENDING = (
    "after intent fsync",
    "mid request body",
    "before bill",
    "after bill before headers",
    "mid response",
    "after response before receipt",
    "after receipt before its intent goes",
    "after receipt before draft",
)
WRITING = (
    "mid PO temp",
    "after PO fsync before rename",
    "after PO rename before state",
    "mid state temp",
    "after state rename",
    "between locale files",
    "mid locale temp",
)
END = ("before unlock",)
NAMED = (*BEGINNING, *SENDING, *WRITING, *END)
"""Every point, in the order in which a run comes to them; docs/promises.md lists them."""

# One thread is another way through sending alone, and the same for all services.
ALONE = [("deepl", 1, point) for point in SENDING]
ALONE_TOO = [(name, 1, point) for name in SERVICES for point in NAMED]
TOGETHER = [(name, 0, point) for name, _, point in ALONE_TOO]

# What happens twice is told by the same code for all; each service shows it once.
TWICE = [(name, "after bill before headers") for name in SERVICES]
TWICE_TOO = [(name, point) for name in SERVICES for point in SENDING]
LOST = [("deepl", "mid response"), ("openai", "mid PO temp"), ("house", "between locale files")]
LOST_TOO = [(name, point) for name in SERVICES for point in (*SENDING, *WRITING)]


def moments(point: str, case: Case) -> Iterator[tuple[int, int]]:
    """When to kill: how often the run has come to a point, and how many requests are there."""
    held = point in set(At)
    if held:
        # As many as there can be, with texts answered before and texts not asked for yet.
        yield 7, case.workers
    elif not ALL:
        yield (8 if point in SENDING else 1), 1
    if ALL:
        yield from ((at, 1) for at in (range(1, case.whole.requests + 1) if held else count(1)))


@pytest.mark.parametrize(("name", "jobs", "point"), [*TOGETHER, *(ALONE_TOO if ALL else ALONE)])
def test_after_a_kill_nothing_answered_is_asked_again_and_what_may_be_billed_is_told(
    cases: Cases, name: str, jobs: int, point: str, record_property: Record
) -> None:
    kills = 0
    for at, together in moments(point, cases(name, jobs)):
        case = cases(name, jobs)
        if not case.kill(point, at, together):
            break
        case.make_good()
        shutil.rmtree(case.site.root)
        kills += 1
    assert kills > 0
    record_property("kills", kills)


@pytest.mark.parametrize(("name", "point"), TWICE_TOO if ALL else TWICE)
def test_runs_killed_one_after_the_other_are_told_of_by_the_one_that_ends(
    cases: Cases, name: str, point: str, record_property: Record
) -> None:
    case = cases(name)
    assert case.kill(point, *next(moments(point, case)))
    assert case.kill(point)
    assert case.kill("after lock")
    case.make_good(kills=2)
    record_property("kills", 3)


@pytest.mark.parametrize(("name", "point"), LOST_TOO if ALL else LOST)
def test_a_request_that_got_no_answer_is_told_of_also_where_its_run_was_killed_later(
    cases: Cases, name: str, point: str, record_property: Record
) -> None:
    case = cases(name)
    assert case.kill(point, 7 if point in SENDING else 1, drop=2)
    case.make_good(lost=1)
    record_property("kills", 1)


def test_a_project_with_nothing_to_do_tells_what_a_killed_run_may_have_cost(cases: Cases) -> None:
    case = cases("deepl")
    case.make_good()
    # Before anything is answered, so that all is as it was but for what is not known.
    assert replace(case, more=("--refresh",)).kill("after bill before headers")
    unknown = sum(map(sum, intents(case.site)))
    assert case.run().locale()["billed"]["possibly_billed"] == unknown > 0
    assert case.run().locale()["billed"]["possibly_billed"] == 0


@pytest.mark.parametrize("look", ["--dry-run", "--frozen"])
def test_a_run_that_only_looks_takes_nothing_away_of_what_is_to_be_told(
    cases: Cases, look: str
) -> None:
    case = cases("deepl")
    assert case.kill("after bill before headers")
    replace(case, more=(look,)).report()
    assert intents(case.site)
    case.make_good()
