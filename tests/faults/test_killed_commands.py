"""Commands that are no run are killed at their first, second, third … call, as runs are.

Runs are killed in tests/pipeline/test_kill.py, with the services that they ask.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from tests.faults.conftest import Prepared
from tests.stubs.figures import FULL
from tests.stubs.killed import KILLED, Arm, Killer
from tests.stubs.killing import strays
from tests.stubs.preparing import SYNC, assert_whole
from tests.stubs.scenarios import SCENARIOS
from tests.stubs.site import Site

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="children are forked")

COMMANDS = [name for name, one in SCENARIOS.items() if one.arguments not in ((), SYNC)]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_killed_anywhere_is_finished_by_the_next(
    killer: Killer,
    prepared: Callable[[str], Prepared],
    tmp_path: Path,
    name: str,
    record_property: Callable[[str, object], None],
) -> None:
    case = prepared(name)
    kills = 0
    for at in count(1, 1 if FULL else 17):
        site = case.copy(tmp_path / "site")
        ran = killer.run(site, case.scenario.arguments, Arm(at=at))
        if ran.code != KILLED:
            break
        kills += 1
        assert_whole(site.contents(), case.site.contents(), case.after)
        _finish(case, site)
    assert kills > 1
    record_property("kills", kills)


def _finish(case: Prepared, site: Site) -> None:
    """The same command, which may say that it was done, then a sync."""
    assert "Traceback" not in case.scenario.act(site).err
    assert site.run(*SYNC).code == 0
    assert (site.contents(), strays(site)) == (case.synced, [])
