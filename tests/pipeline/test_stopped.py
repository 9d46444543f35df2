"""A run is told to stop, or ended from the keyboard, whatever it is at; nothing answered is lost.

The moments are random, and the same each time. `make kill` tries many (`I18N_KILL=all`).
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from random import Random

import pytest

from tests.stubs.fault_points import BEFORE_ANYTHING_IS_SENT
from tests.stubs.killing import Case, characters
from tests.stubs.site import Ran

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="children are forked")

WORKERS = 8
MOMENTS = 100 if os.environ.get("I18N_KILL") == "all" else 5
Cases = Callable[..., Case]


@pytest.fixture
def calls(cases: Cases) -> int:
    """How many calls a run makes that change a file or use a connection."""
    case = cases("deepl", WORKERS)
    assert case.run().code == 0
    return case.killer.times


def told(ran: Ran) -> dict[str, int]:
    """What a report says it cost; nothing, where it had no time for that."""
    return ran.locale()["billed"] if ran.json["locales"] else {}


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 75), (signal.SIGINT, 130)])
def test_a_run_told_to_stop_keeps_what_was_answered_and_says_what_it_cost(
    cases: Cases, calls: int, number: signal.Signals, code: int
) -> None:
    chance = Random(MOMENTS)  # noqa: S311 - nothing is kept secret
    for at in (chance.randint(1, calls) for _ in range(MOMENTS)):
        case = cases("deepl", WORKERS)
        ran = case.stop(number, at)
        # Told when all is done, it ends as it would have.
        done = ran.code == 0 and ran.locale()["units"]["untranslated"] == 0
        assert ran.code == code or done or case.killer.times < at, (at, ran)
        billed = told(ran)
        if billed:
            known = billed["characters"] + billed["possibly_billed"]
            assert billed["characters"] <= characters(case.billed) <= known, (at, ran)
        case.make_good(told=billed.get("possibly_billed", 0))


def test_a_run_told_to_stop_before_anything_was_sent_sends_nothing(cases: Cases) -> None:
    case = cases("deepl")
    ran = case.stop(signal.SIGTERM, point=BEFORE_ANYTHING_IS_SENT)
    assert (ran.code, characters(case.billed)) == (75, 0)
    case.make_good()
