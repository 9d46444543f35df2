from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from i18n_pipeline.durable import TEMPORARY
from tests.stubs.deepl import Fault, Stub
from tests.stubs.engine import bill
from tests.stubs.failing import CHANGING, Call, Calls
from tests.stubs.figures import some
from tests.stubs.site import Ran, Site

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no signals to send there")


# Tests that run in a shell's background are started with Ctrl-C ignored, and hand that on.
LISTENING = """
import signal
from i18n_pipeline.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)
main()
"""


def stopped(site: Site, stub: Stub, number: signal.Signals, *options: str, times: int = 1) -> Ran:
    """Run a sync in a process of its own, and send it a signal while it waits for an answer."""
    stub.fail(Fault(hang=30), at=2)
    site.ask(stub)
    with subprocess.Popen(
        [sys.executable, "-c", LISTENING, "sync", "--lang", "ja", "--format=json", *options],
        cwd=site.root,
        env=site.surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        while stub._counts["POST /v2/translate"] < 2 and process.poll() is None:
            time.sleep(0.01)
        for _ in range(times):
            time.sleep(0.1)
            process.send_signal(number)
        out, err = process.communicate(timeout=30)
    return Ran(process.returncode, out, err)


@pytest.mark.parametrize("options", [(), ("--jobs", "2")])
def test_a_run_told_to_stop_keeps_what_was_answered_and_exits_75(
    site: Site, deepl: Stub, options: tuple[str, ...]
) -> None:
    ran = stopped(site, deepl, signal.SIGTERM, *options)
    assert ran.code == 75
    assert [error["code"] for error in ran.errors] == ["interrupted"]
    billed = ran.locale()["billed"]
    assert billed["characters"] <= deepl.account.billed
    assert billed["characters"] + billed["possibly_billed"] >= deepl.account.billed
    before = deepl.account.billed
    again = site.report("sync", "--lang", "ja")
    assert again.code == 0
    assert again.locale()["units"]["untranslated"] == 0
    twice = sum(bill(text for _, text in deepl.account.billed_twice()))
    assert deepl.account.billed - before == again.locale()["billed"]["characters"]
    assert twice <= billed["possibly_billed"]


def test_a_run_ended_from_the_keyboard_exits_130_and_the_next_goes_on(
    site: Site, deepl: Stub
) -> None:
    ran = stopped(site, deepl, signal.SIGINT)
    assert ran.code == 130
    assert [error["code"] for error in ran.errors] == ["cancelled"]
    assert "run it again to go on" in str(ran.errors[0]["message"])
    assert not any([ran.locale()["known"], ran.json["changed"]])
    before = deepl.account.billed
    billed = ran.locale()["billed"]
    assert billed["characters"] <= before <= billed["characters"] + billed["possibly_billed"]
    again = site.report("sync", "--lang", "ja")
    assert again.code == 0
    assert again.locale()["billed"]["characters"] == deepl.account.billed - before
    twice = sum(bill(text for _, text in deepl.account.billed_twice()))
    assert 0 < twice <= billed["possibly_billed"]
    assert again.locale()["billed"]["possibly_billed"] == 0  # that was told


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 75)])
def test_a_run_told_twice_to_stop_waits_for_nothing_and_says_what_it_cost(
    site: Site, deepl: Stub, number: signal.Signals, code: int
) -> None:
    ran = stopped(site, deepl, number, "--jobs", "2", times=2)
    assert ran.code == code
    billed = ran.locale()["billed"]
    known = billed["characters"] + billed["possibly_billed"]
    assert billed["characters"] <= deepl.account.billed <= known


@pytest.fixture
def keyboard() -> Iterator[None]:
    """Ctrl-C is heard in this process, as it may not be where tests run in the background."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@dataclass(frozen=True)
class Ending:
    """Ctrl-C when the n-th call that changes a file is about to be made, and `times` in a row."""

    at: int
    times: int = 1

    def __call__(self, call: Call) -> None:
        if self.at and self.at <= call.number < self.at + self.times:
            os.kill(os.getpid(), signal.SIGINT)


def files(site: Site) -> dict[str, bytes]:
    """All files of a project that are not our own, temporary ones too."""
    found = ((path, path.relative_to(site.root)) for path in site.root.rglob("*"))
    return {
        one.as_posix(): path.read_bytes()
        for path, one in found
        if path.is_file() and one.parts[0] != ".i18n"
    }


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.usefixtures("keyboard")
def test_what_was_written_until_a_run_was_ended_is_told_and_nothing_else_is_left(
    drafted: Site, tmp_path: Path, times: int
) -> None:
    drafted.review()
    before = files(drafted)

    def run(at: int) -> tuple[Ran, Calls, Site]:
        case = Site(tmp_path / f"case-{at}", drafted.environment)
        shutil.copytree(drafted.root, case.root)
        with Calls(case.root, Ending(at, times), CHANGING).counted() as calls:
            return case.report("sync", "--lang", "ja"), calls, case

    codes = Counter[int]()
    _, calls, whole = run(0)
    for at in some(len(calls.made), 30):
        ran, _, case = run(at)
        after = files(case)
        changed = {path for path in after if before.get(path) != after[path]}
        if times > 1:  # twice, what is cleared away may stay until the next run
            changed = {path for path in changed if not path.endswith(TEMPORARY)}
        told = ran.locale()["written"] if ran.json["locales"] else []
        assert (set(told), before.keys() - after.keys()) == (changed, set()), (at, ran)
        if times == 1:  # twice, the run lock may stay with this process, which goes on
            assert case.run("sync", "--lang", "ja").code == 0
            assert files(case) == files(whole)
        codes[ran.code] += 1
    assert set(codes) == {0, 130}, codes


IN_THE_END = """
import os, signal, sys
from i18n_pipeline.cli import exits

def run():
    os.kill(os.getpid(), signal.SIGINT)
    signal.pause()

def again(_):
    os.kill(os.getpid(), signal.SIGINT)
    signal.pause()

exits.view_of = again
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(exits.exit_code_of(run))
"""


def test_ctrl_c_while_the_end_is_told_ends_it_without_a_word() -> None:
    ran = subprocess.run([sys.executable, "-c", IN_THE_END], capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (-signal.SIGINT, b"")


EARLY = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)

class Meanwhile:
    def find_spec(self, name, path=None, target=None):
        if name == "i18n_pipeline.cli":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Meanwhile())
from i18n_pipeline.__main__ import main
main()
"""


def test_ctrl_c_before_the_command_line_is_loaded_ends_it_without_a_word() -> None:
    ran = subprocess.run([sys.executable, "-c", EARLY], capture_output=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (-signal.SIGINT, b"", b"")


# Python drops what is raised in `__del__`, as signals are that come in that moment.
DROPPING = """
import os, signal, sys, threading
from i18n_pipeline.cli.exits import exit_code_of

class Cleared:
    def __del__(self):
        os.kill(os.getpid(), signal.{name})

def run():
    Cleared()
    threading.Event().wait(20)

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(exit_code_of(run))
"""


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 75)])
def test_a_run_told_to_stop_while_something_is_cleared_away_stops_all_the_same(
    site: Site, name: str, code: int
) -> None:
    command = [sys.executable, "-c", DROPPING.format(name=name)]
    ran = subprocess.run(
        command, env=site.surroundings(), capture_output=True, text=True, check=False
    )
    assert (ran.returncode, "Traceback" in ran.stderr) == (code, False), ran.stderr


def test_a_run_beside_another_exits_75_and_names_it(site: Site, deepl: Stub) -> None:
    deepl.delay = 0.5
    site.ask(deepl)
    command = [sys.executable, "-m", "i18n_pipeline", "sync", "--lang", "ja"]
    with subprocess.Popen(command, cwd=site.root, env=site.surroundings()) as process:
        while not (site.root / ".i18n/run.holder").exists():
            time.sleep(0.01)
        second = site.report("sync", "--lang", "de")
        assert second.code == 75
        assert [error["code"] for error in second.errors] == ["run-locked"]
        assert f"process {process.pid}" in str(second.errors[0]["message"])
        assert site.run("status").code == 0
        assert site.run("sync", "--lang", "ja", "--lock-timeout", "30").code == 0
        assert process.wait(30) == 0
    assert deepl.account.billed_twice() == []
