"""Twenty processes at once: runs with runs, with reviewers at the desk, with people's editors."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import sleep

import pytest

from tests.faults.conftest import Prepared
from tests.stubs.figures import FULL
from tests.stubs.killed import Arm, Killer
from tests.stubs.preparing import SYNC
from tests.stubs.racing import WAIT, Race, Racer
from tests.stubs.site import Ran, Site

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="children are forked")

ROUNDS = 50 if FULL else 1
RACERS = 20
PATIENT = (*SYNC, "--lock-timeout", WAIT)
NAMED = re.compile(r"another run is at work here: process (\d+) on ")
SOURCES = (
    "Token",
    "A model reads tokens.",
    "A piece of text.",
    "Only small layers are trained.",
    "cheap",
    "fast",
    "It costs less than training.",
    "Further training of a model.",
    "Basics",
    "What is Fine-Tuning?",
)
Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def race() -> Iterator[Race]:
    with Race() as one:
        yield one


def words(number: int) -> str:
    return f"人の文{number}。"


def reviewed(site: Site) -> dict[str, str]:
    return {one.msgid: one.msgstr for one in site.po() if not one.fuzzy and not one.obsolete}


def assert_sound(ran: list[Ran]) -> None:
    assert not [one.err for one in ran if "Traceback" in one.err]


@pytest.mark.parametrize("name", ["first sync", "first build"])
def test_of_runs_that_race_all_do_what_one_does_and_nothing_is_paid_twice(
    race: Race,
    prepared: Callable[[str], Prepared],
    tmp_path: Path,
    name: str,
    record_property: Record,
) -> None:
    case = prepared(name)
    for number in range(ROUNDS):
        site = case.copy(tmp_path / "site")
        patient = number % 2 == 0
        ran = race.run(site, [Racer(PATIENT if patient else SYNC)] * RACERS)
        assert_sound(ran)
        assert {one.code for one in ran} <= ({0} if patient else {0, 75})
        assert site.contents() == case.after
        assert set(case.stub.account.billed_for.values()) == {1}
    record_property("processes", ROUNDS * RACERS)


def test_who_is_kept_out_is_told_by_whom(
    race: Race, prepared: Callable[[str], Prepared], tmp_path: Path, record_property: Record
) -> None:
    case, refused = prepared("first sync"), 0
    for _ in range(ROUNDS):
        ran = race.run(case.copy(tmp_path / "site"), [Racer(SYNC)] * RACERS)
        late = [one for one in ran if one.code == 75]
        assert all(NAMED.search(one.err) for one in late), [one.err for one in late]
        refused += len(late)
    record_property("processes", ROUNDS * RACERS)
    record_property("refused", refused)


def test_of_runs_and_reviewers_that_race_every_decision_is_kept(
    race: Race, prepared: Callable[[str], Prepared], tmp_path: Path, record_property: Record
) -> None:
    case = prepared("desk")
    texts = [(source, words(number)) for number, source in enumerate(SOURCES)]
    alone = case.copy(tmp_path / "alone")
    assert_sound(race.run(alone, [Racer(way="desk", texts=tuple(texts))]))
    assert alone.run(*SYNC).code == 0
    for _ in range(ROUNDS):
        site = case.copy(tmp_path / "site")
        desks = [Racer(way="desk", texts=(one,)) for one in texts]
        ran = race.run(site, [*desks, *[Racer(PATIENT)] * (RACERS - len(desks))])
        assert_sound(ran)
        assert {one.code for one in ran} == {0}
        assert site.run(*SYNC).code == 0
        assert site.contents() == alone.contents()
    record_property("processes", ROUNDS * RACERS)


@pytest.mark.parametrize("way", ["beside", "in place"])
def test_of_runs_and_an_editor_that_race_every_text_that_was_saved_is_kept(
    race: Race,
    prepared: Callable[[str], Prepared],
    tmp_path: Path,
    way: str,
    record_property: Record,
) -> None:
    case = prepared("first build")
    texts = tuple((source, words(number)) for number, source in enumerate(SOURCES[1:]))
    wanted = {source: text for source, text in texts if source != "fast"}
    for _ in range(ROUNDS):
        site = case.copy(tmp_path / "site")
        editor = Racer(way=way, texts=texts)
        ran = race.run(site, [editor, *[Racer(PATIENT)] * (RACERS - 1)])
        assert_sound(ran)
        assert {one.code for one in ran} <= {0, 65, 75}, ran
        assert site.run(*SYNC).code == 0
        assert wanted.items() <= reviewed(site).items()
    record_property("processes", ROUNDS * RACERS)


def test_a_living_holder_is_named_and_a_dead_ones_lock_is_free(
    killer: Killer, prepared: Callable[[str], Prepared], tmp_path: Path
) -> None:
    case = prepared("first sync")
    site = case.copy(tmp_path / "site")
    killer.start(site, SYNC, Arm("after plan", 1, signal.SIGSTOP))
    while not (site.root / ".i18n/run.holder").exists():
        sleep(0.01)
    ran = site.run(*SYNC, "--lock-timeout", "0")
    assert (ran.code, NAMED.findall(ran.err)) == (75, [str(killer._child)])
    killer.kill()
    assert site.run(*SYNC).code == 0
    assert site.contents() == case.after
