"""The same inputs give the same bytes, whatever machine it is; and a second run does nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import count, product
from pathlib import Path

import pytest

from tests.faults.conftest import Prepared
from tests.stubs.audited import listening
from tests.stubs.figures import FULL
from tests.stubs.preparing import SYNC
from tests.stubs.scenarios import SCENARIOS
from tests.stubs.site import Site

Record = Callable[[str, object], None]

SHUFFLED = """
import os, random, sys
order, real, listed = random.Random(int(sys.argv.pop(1))), os.scandir, os.listdir
class Found:
    def __init__(self, entries): self.entries = entries
    def __enter__(self): return self
    def __exit__(self, *_): return None
    def __iter__(self): return iter(self.entries)
    def __next__(self): return self.entries.pop()
    def close(self): return None
def shuffled(found):
    found = list(found)
    order.shuffle(found)
    return found
os.scandir = lambda *place: Found(shuffled(real(*place)))
os.listdir = lambda *place: shuffled(listed(*place))
from i18n_pipeline.cli import main
main(sys.argv[1:])
"""
SEEDS = ("0", "1", "4242")
ZONES = ("UTC", "Pacific/Kiritimati", "America/St_Johns")
LOCALES = ("C", "C.UTF-8", "tr_TR.UTF-8", "de_DE.ISO-8859-1")
JOBS = ("1", "2", "8")
MACHINES = list(product(SEEDS, ZONES, LOCALES, JOBS))
SOME = MACHINES if FULL else MACHINES[:: len(MACHINES) // 3 + 1]


def test_another_machine_makes_the_same_bytes(
    prepared: Callable[[str], Prepared], tmp_path: Path, record_property: Record
) -> None:
    numbers = count()
    for name in ("first sync", "first build", "edited pages") if FULL else ("first build",):
        case = prepared(name)
        for seed, zone, language, jobs in SOME:
            site = case.copy(tmp_path / "site")
            done = subprocess.run(
                [sys.executable, "-c", SHUFFLED, seed, *SYNC, "--jobs", jobs],
                cwd=site.root,
                env=site.surroundings({"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language}),
                capture_output=True,
                timeout=120,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            assert site.contents() == case.after, (seed, zone, language, jobs)
            next(numbers)
    record_property("machines", next(numbers))


@pytest.mark.parametrize("name", [n for n, one in SCENARIOS.items() if one.arguments == SYNC])
def test_a_second_run_writes_nothing_and_opens_no_socket(
    prepared: Callable[[str], Prepared], tmp_path: Path, name: str
) -> None:
    case = prepared(name)
    site = case.copy(tmp_path / "site")
    for _ in range(2):  # the first, and one that finds what the first left as it left it
        assert site.run(*SYNC).code == 0
    shutil.rmtree(site.root / ".i18n/idle")
    for known in (False, True):
        before = site.tree()
        with listening() as heard:
            ran = site.report(*SYNC)
        assert (ran.code, ran.json["changed"]) == (0, False)
        assert heard.sockets == []
        assert [path for path in heard.written if not _is_private(path, site)] == [], known
        assert site.tree() == before


@pytest.mark.parametrize("name", [n for n, one in SCENARIOS.items() if one.arguments == SYNC])
def test_a_run_opens_no_source_but_to_read_it(
    prepared: Callable[[str], Prepared], tmp_path: Path, name: str
) -> None:
    site = prepared(name).copy(tmp_path / "site")
    with listening() as heard:
        assert site.run(*SYNC).code == 0
    assert [path for path in heard.read if path.is_relative_to(site.root / "terms/en")]
    assert [path for path in heard.written if path.is_relative_to(site.root / "terms/en")] == []


def _is_private(path: Path, site: Site) -> bool:
    own = path.is_relative_to(site.root / ".i18n") or str(path) == os.devnull
    return own or "__pycache__" in path.parts  # Python keeps what it compiled of our code


def test_names_that_differ_in_case_alone_are_refused_the_same_way_in_any_order(
    prepared: Callable[[str], Prepared], tmp_path: Path
) -> None:
    site = prepared("first build").copy(tmp_path / "site")
    twin = site.root / "terms/en/TOKEN.md"
    if twin.exists():
        pytest.skip("the file system knows no case")
    shutil.copy(site.root / "terms/en/token.md", twin)
    code, said = in_any_order(site)
    assert code == 65
    for path in ("terms/en/TOKEN.md", "terms/en/token.md"):
        assert f"{path}: same-name" in said


def test_of_two_files_with_one_slug_the_same_is_blamed_in_any_order(
    prepared: Callable[[str], Prepared], tmp_path: Path
) -> None:
    site = prepared("first build").copy(tmp_path / "site")
    for folder in "ab":
        site.write(f"terms/en/{folder}/token.md", site.read("terms/en/token.md"))
    code, said = in_any_order(site)
    assert code == 65
    blamed = [line.partition(":")[0] for line in said.splitlines() if "duplicate-slug" in line]
    assert blamed == ["terms/en/b/token.md", "terms/en/token.md"]


def in_any_order(site: Site) -> tuple[int, str]:
    """What `status` says, which is the same in whatever order folders are listed."""
    told = set()
    for seed in map(str, range(4)):
        done = subprocess.run(
            [sys.executable, "-c", SHUFFLED, seed, "status", "--lang", "ja"],
            cwd=site.root,
            env=site.surroundings(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        told.add((done.returncode, done.stdout, done.stderr))
    ((code, _, said),) = told
    return code, said
