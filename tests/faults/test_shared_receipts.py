"""Clones of one project on several machines, with one account and one database: what it costs."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.stubs.deepl import Fault, Stub
from tests.stubs.figures import FULL, some
from tests.stubs.postgres import PASSWORD, Server
from tests.stubs.site import CONFIG, TERMS, Ran, Site

pytestmark = [
    pytest.mark.xdist_group("postgres"),
    pytest.mark.skipif(sys.platform == "win32", reason="processes are killed as on Unix"),
]

SYNC = ("sync", "--format", "json")
ONE_BY_ONE = (*SYNC, "--jobs", "1")
ROUNDS = 10 if FULL else 1
CLONES = 5 if FULL else 2
WAIT = 60
REQUESTS = 10
"""What one run sends, one by one."""
Record = Callable[[str, object], None]


@dataclass
class Watched(Stub):
    """A service that says when it is asked for anything."""

    asked: Callable[[], None] = lambda: None

    def fault_for(self, kind: str) -> Fault:
        self.asked()
        return super().fault_for(kind)


@dataclass
class Machines:
    """Clones, each in a folder of its own, that know one database and one account."""

    root: Path
    stub: Watched
    url: str
    sites: list[Site] = field(default_factory=list)

    def clone(self, config: str = "") -> Site:
        site = Site(self.root / f"clone{len(self.sites)}", {"I18N_STORE_URL": self.url})
        site.ask(self.stub)
        for path, text in {"i18n.toml": CONFIG + config, **TERMS}.items():
            site.write(path, text)
        self.sites.append(site)
        return site

    @property
    def paid_twice(self) -> list[tuple[str, str]]:
        """Texts that were billed more than once."""
        return self.stub.account.billed_twice()


@pytest.fixture
def machines(tmp_path: Path, postgres: Server) -> Iterator[Machines]:
    stub = Watched()
    with stub:
        yield Machines(tmp_path, stub, postgres.database())
    postgres.start()


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[tuple[dict[str, bytes], int]]:
    """What one run makes with receipts in its folder alone, and how many characters it costs."""
    with Stub() as stub:
        site = Site(tmp_path / "alone")
        site.ask(stub)
        for path, text in {"i18n.toml": CONFIG, **TERMS}.items():
            site.write(path, text)
        assert site.run(*SYNC).code == 0
        yield site.contents(), stub.account.billed


def billed(ran: Ran, what: str = "characters") -> int:
    locales = ran.json["locales"]
    assert isinstance(locales, list)
    return sum(one["billed"][what] for one in locales)


def begin(site: Site) -> subprocess.Popen[str]:
    """A run in a process of its own, one request after the other."""
    return subprocess.Popen(
        [sys.executable, "-m", "i18n_pipeline", *ONE_BY_ONE],
        cwd=site.root,
        env=site.surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def end(process: subprocess.Popen[str]) -> Ran:
    out, err = process.communicate(timeout=WAIT)
    return Ran(process.returncode, out, err)


def test_runs_at_the_same_time_cost_what_one_does_and_make_the_same_bytes(
    machines: Machines,
    alone: tuple[dict[str, bytes], int],
    postgres: Server,
    record_property: Record,
) -> None:
    contents, cost = alone
    machines.stub.delay = 0.02
    for number in range(ROUNDS):
        machines.url = postgres.database()
        machines.stub.account.billed_for.clear()
        before = machines.stub.account.billed
        sites = [machines.clone() for _ in range(CLONES)]
        with ThreadPoolExecutor(CLONES) as pool:
            ran = list(pool.map(lambda site: site.process(*SYNC), sites))
        assert [one.code for one in ran] == [0] * CLONES, ran
        assert machines.paid_twice == [], number
        assert machines.stub.account.billed - before == sum(map(billed, ran)) == cost
        assert sum(billed(one, "possibly_billed") for one in ran) == 0
        assert [site.contents() for site in sites] == [contents] * CLONES
    record_property("runs", ROUNDS * CLONES)


def test_a_run_that_comes_later_pays_for_nothing_and_then_has_nothing_to_do(
    machines: Machines, alone: tuple[dict[str, bytes], int]
) -> None:
    contents, cost = alone
    first, second = machines.clone(), machines.clone()
    assert billed(first.run(*SYNC)) == cost
    ran = second.run(*SYNC)
    assert (billed(ran), machines.stub.account.billed) == (0, cost)
    assert first.contents() == second.contents() == contents
    for _ in range(2):
        assert second.run(*SYNC).written == []


@pytest.mark.parametrize("at", some(REQUESTS, 2))
def test_a_run_that_is_killed_costs_another_one_request_at_most_and_that_is_told(
    machines: Machines,
    alone: tuple[dict[str, bytes], int],
    at: int,
    record_property: Record,
) -> None:
    contents, cost = alone
    here, there = machines.clone(), machines.clone()
    runs: list[subprocess.Popen[str]] = []
    begun = threading.Event()

    def kill(texts: list[str]) -> list[str]:
        """The run is billed and not answered: it ends when another one has begun."""
        machines.stub.asked = begun.set
        runs.append(begin(there))
        assert begun.wait(WAIT)
        runs[0].kill()
        runs[0].wait(WAIT)
        return texts

    machines.stub.fail(Fault(change=kill), at=at)
    runs.append(begin(here))
    assert end(runs[0]).code == -signal.SIGKILL
    ran = end(runs[1])
    assert ran.code == 0, ran
    assert there.contents() == contents
    twice = machines.stub.account.billed - cost
    assert 0 < twice <= billed(ran, "possibly_billed")
    record_property("runs", 2)


@pytest.mark.parametrize("at", some(REQUESTS, 2))
def test_a_server_that_stops_in_the_middle_costs_nothing_and_is_told(
    machines: Machines,
    alone: tuple[dict[str, bytes], int],
    postgres: Server,
    at: int,
    record_property: Record,
) -> None:
    contents, cost = alone

    def stop(texts: list[str]) -> list[str]:
        postgres.stop("immediate")
        return texts

    machines.stub.fail(Fault(change=stop), at=at)
    site, other = machines.clone(), machines.clone()
    ran = site.process(*ONE_BY_ONE)
    # Of its last request the answer is kept here: it has done all that it was to do.
    assert ran.code == (0 if at == REQUESTS else 69), ran
    assert ("the store of receipts cannot be reached" in ran.err + ran.out) == (ran.code == 69)
    assert site.run(*SYNC).code == 69
    postgres.start()
    assert site.run(*SYNC).code == 0
    assert site.contents() == contents
    assert other.run(*SYNC).code == 0
    assert other.contents() == contents
    assert (machines.paid_twice, machines.stub.account.billed) == ([], cost)
    record_property("runs", 4)


def test_a_months_budget_is_one_for_all_machines(machines: Machines) -> None:
    config = "\n[budget]\nmonth_chars = 300\n"
    sites = [machines.clone(config) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        ran = list(pool.map(lambda site: site.process(*SYNC), sites))
    assert {one.code for one in ran} <= {3, 75}, ran
    assert 200 < machines.stub.account.billed <= 300
    assert machines.sites[0].run(*SYNC).code in (3, 75)
    assert machines.stub.account.billed <= 300


def test_who_only_looks_needs_no_server(machines: Machines, postgres: Server) -> None:
    site = machines.clone()
    assert site.run(*SYNC).code == 0
    postgres.stop()
    for command in (("plan",), ("status",), ("check",), ("sync", "--frozen"), ("extract",)):
        assert site.run(*command).code == 0, command


def test_without_an_address_nothing_of_it_is_loaded(tmp_path: Path) -> None:
    code = (
        "import sys; from i18n_pipeline.cli import main\ntry: main(['-C', sys.argv[1], 'sync'])\n"
    )
    code += "except SystemExit: pass\nprint([one for one in sys.modules if 'psycopg' in one])"
    site = Site(tmp_path / "site")
    for path, text in {"i18n.toml": CONFIG, **TERMS}.items():
        site.write(path, text)
    done = subprocess.run(
        [sys.executable, "-c", code, str(site.root)],
        env=site.surroundings(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith("\n[]\n")


@pytest.mark.parametrize(
    "wrong",
    [
        ("", "", 0),
        ("127.0.0.1", "127.0.0.1.invalid", 69),
        (PASSWORD, f"{PASSWORD}-wrong", 77),
        ("postgresql:", "postgres-ql:", 2),
        ("/d", "/none", 77),
        ("postgresql://", "postgresql:///?unknown=", 2),
    ],
    ids=lambda wrong: wrong[1].removeprefix(PASSWORD)[:20] or "nothing",
)
def test_the_password_shows_nowhere_whatever_is_wrong_with_the_address(
    machines: Machines, caplog: pytest.LogCaptureFixture, wrong: tuple[str, str, int]
) -> None:
    caplog.set_level(logging.DEBUG)
    old, new, exit_code = wrong
    site, secret = machines.clone(), machines.root / "secret"
    secret.write_text(f"{machines.url.replace(old, new, 1)}\n")
    known = {"I18N_STORE_URL": secret.read_text().strip()}
    in_file = {"I18N_STORE_URL": "", "I18N_STORE_URL_FILE": str(secret)}
    for form, told in (((), known), (("--format", "json"), in_file), (("--verbose",), known)):
        site.environment |= told
        ran = site.run("sync", *form)
        assert ran.code == exit_code, ran
        files = [path.read_text("utf-8") for path in site.root.rglob("*") if path.is_file()]
        shown = [ran.out, ran.err, caplog.text, *files]
        assert not [text for text in shown if PASSWORD in text]
    assert bool(machines.stub.journal) == (exit_code == 0)
