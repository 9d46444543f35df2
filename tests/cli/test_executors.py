"""Whoever works: the same bytes, the same report, and nothing left behind by what ends it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.stubs.site import Ran, Site

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks, and looks into /proc")

CONFIG = """\
source = "en"
targets = ["en-XA", "ar-XB"]
[build]
publish = "drafts"
"""
SYNC = ("sync", "--provider", "pseudo", "--format", "json")
PATIENCE = 60.0


def eagerly(site: Site, what: str, *words: str, **environment: str) -> Ran:
    """Run a command with workers for the smallest piece of work; `what` happens to them."""
    done = subprocess.run(
        command(what, *words),
        cwd=site.root,
        env=site.surroundings(environment),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def command(what: str, *words: str) -> list[str]:
    return [sys.executable, "-m", "tests.stubs.eager", what, *words]


@pytest.fixture
def pseudo(site: Site) -> Site:
    site.write("i18n.toml", CONFIG)
    return site


def copy(site: Site, name: str) -> Site:
    shutil.copytree(site.root, site.root.parent / name)
    return Site(site.root.parent / name)


@pytest.mark.parametrize("executor", ["processes:5", "threads:3"])
def test_whoever_works_all_commands_write_and_say_the_same(pseudo: Site, executor: str) -> None:
    pseudo.write("terms/en/broken.md", "---\nterm: [LoRA\n---\n\nText.\n")
    pseudo.write("terms/en/second.md", "---\nterm: Two\nslug: lora\nlang: en\n---\n\nText.\n")
    (pseudo.root / "terms/en/latin.md").write_bytes(b"---\nterm: caf\xe9\n---\n")
    other = copy(pseudo, "other")
    for words in (SYNC, ("check", "--format", "json")):
        alone = eagerly(pseudo, "nothing", *words, "--executor", "one")
        many = eagerly(other, "nothing", *words, I18N_EXECUTOR=executor)
        assert (many.code, many.out, many.err) == (alone.code, alone.out, alone.err)
        assert other.contents() == pseudo.contents()


def test_workers_work_and_touch_nothing(pseudo: Site) -> None:
    said = eagerly(pseudo, "watched", *SYNC, "--executor", "processes:2").err
    assert len(set(re.findall(r"WORKER \d+", said))) >= 2
    assert "WORKER DID" not in said
    assert "terms/ar-XB/lora.md" in pseudo.contents()


def test_a_worker_that_is_killed_costs_nothing(pseudo: Site, tmp_path: Path) -> None:
    other, marker = copy(pseudo, "other"), tmp_path / "killed"
    alone = eagerly(pseudo, "nothing", *SYNC, "--executor", "one")
    many = eagerly(other, "one-dies", *SYNC, "--executor", "processes:2", MARKER=str(marker))
    assert marker.exists()
    assert (many.code, many.out, many.err) == (alone.code, alone.out, alone.err)
    assert other.contents() == pseudo.contents()


def test_where_all_workers_die_the_run_does_their_work_and_says_so(pseudo: Site) -> None:
    other = copy(pseudo, "other")
    eagerly(pseudo, "nothing", *SYNC, "--executor", "one")
    many = eagerly(other, "all-die", "sync", "--provider", "pseudo", "--executor", "processes:2")
    assert many.code == 0, many.err
    assert "worker processes died again and again" in many.out + many.err
    assert other.contents() == pseudo.contents()


def test_an_error_in_a_worker_is_the_error_it_is_without(pseudo: Site) -> None:
    other = copy(pseudo, "other")
    words = ("sync", "--provider", "pseudo")
    alone = eagerly(pseudo, "fails", *words, "--executor", "one")
    many = eagerly(other, "fails", *words, "--executor", "processes:2")
    assert (many.code, many.out, many.err) == (alone.code, alone.out, alone.err)
    assert (many.code, "3:7: made-up: it cannot be judged (judge it)" in many.err) == (65, True)


def test_the_run_lock_is_held_while_workers_come_and_go(pseudo: Site) -> None:
    said = eagerly(pseudo, "another-run", *SYNC, "--executor", "processes:2")
    assert said.code == 0
    assert set(re.findall(r"ANOTHER RUN (\d+)", said.err)) == {"75"}


@pytest.mark.parametrize(
    ("number", "group", "code"),
    [
        (signal.SIGINT, True, 130),
        (signal.SIGINT, False, 130),
        (signal.SIGTERM, False, 75),
        (signal.SIGKILL, False, -signal.SIGKILL),
    ],
)
def test_whatever_ends_a_run_ends_its_workers(
    pseudo: Site, number: signal.Signals, group: bool, code: int
) -> None:
    words = ("sync", "--provider", "pseudo", "--executor", "processes:3")
    with subprocess.Popen(
        command("slow", *words),
        cwd=pseudo.root,
        env=pseudo.surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        workers = _children(run.pid, 3)
        if group:
            os.killpg(run.pid, number)
        else:
            os.kill(run.pid, number)
        _, said = run.communicate(timeout=PATIENCE)
    assert run.returncode == code
    assert "Traceback" not in said
    _wait(lambda: not any(map(_lives, workers)))
    assert eagerly(pseudo, "nothing", *SYNC).code == 0


def test_an_executor_that_nobody_knows_is_a_slip_of_whoever_typed_it(site: Site) -> None:
    ran = site.run("sync", "--executor", "procceses:2")
    assert (ran.code, "there is no executor 'procceses:2'" in ran.err) == (2, True)
    assert ".i18n" not in [path.name for path in site.root.iterdir()]


def _children(parent: int, count: int) -> list[int]:
    """The processes that a process has begun, once there are so many."""
    found: list[int] = []

    def there() -> bool:
        found[:] = [pid for pid in _all() if _parent(pid) == parent]
        return len(found) >= count

    _wait(there)
    return found


def _all() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _fields(pid: int) -> list[str]:
    """State, parent and more of a process; nothing where it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _parent(pid: int) -> int:
    fields = _fields(pid)
    return int(fields[1]) if fields else 0


def _lives(pid: int) -> bool:
    fields = _fields(pid)
    return bool(fields) and fields[0] != "Z"


def _wait(until: object) -> None:
    end = time.monotonic() + PATIENCE
    assert callable(until)
    while not until():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_slip_in_the_environment_is_told_also_where_nothing_is_to_be_done(pseudo: Site) -> None:
    for _ in range(2):
        assert pseudo.run("sync").code == 0
    pseudo.environment["I18N_EXECUTOR"] = "bogus"
    ran = pseudo.run("sync")
    assert ran.code == 2
    assert "bogus" in ran.err
    pseudo.environment["I18N_EXECUTOR"] = ""
    assert pseudo.run("sync").code == 0
