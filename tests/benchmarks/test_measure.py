import sys
from pathlib import Path

import pytest

from benchmarks.measure import Command, Contender, Cost, Job, RunFailed, Scenario, measure, typical

pytest.importorskip("resource", reason="costs are measured where POSIX is")


def python(code: str, folder: Path) -> Command:
    return Command((sys.executable, "-c", code), folder)


def test_a_run_costs_time_and_the_memory_of_its_largest_child(tmp_path: Path) -> None:
    small = python("pass", tmp_path).measured()
    large = python(
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'b\"x\" * 100_000_000'])",
        tmp_path,
    ).measured()
    assert small.peak < 50_000_000
    assert large.peak > 100_000_000
    assert large.cpu > 0


def test_a_command_that_fails_says_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(RunFailed, match=r"ended with 3[\s\S]*no such luck"):
        python(
            "import sys; print('no such luck', file=sys.stderr); sys.exit(3)", tmp_path
        ).measured()


def test_contenders_take_turns_and_each_round_is_prepared(tmp_path: Path) -> None:
    told: list[str] = []

    def contender(name: str) -> Contender:
        command = python("pass", tmp_path)
        prepare = lambda number: told.append(f"{name}{number}")  # noqa: E731
        return Contender(name, "1", {Scenario.IDLE: Job((command, command), prepare)})

    costs = measure([contender("a"), contender("b")], 2, lambda _: None)
    assert told == ["a0", "b0", "a1", "b1"]
    assert [len(costs[name][Scenario.IDLE]) for name in "ab"] == [2, 2]


def test_a_failing_contender_ends_nobody_else(tmp_path: Path) -> None:
    told: list[str] = []
    bad = Contender("bad", "1", {Scenario.IDLE: Job((python("exit(1)", tmp_path),))})
    good = Contender("good", "1", {Scenario.IDLE: Job((python("pass", tmp_path),))})
    costs = measure([bad, good], 3, told.append)
    assert dict(costs["bad"]) == {}
    assert len(costs["good"][Scenario.IDLE]) == 3
    assert sum(line.startswith("bad") for line in told) == 1


def test_the_typical_cost_is_the_median_and_runs_add_up() -> None:
    costs = [Cost(1.0, 3.0, 10), Cost(9.0, 1.0, 30), Cost(2.0, 2.0, 20)]
    assert typical(costs) == Cost(2.0, 2.0, 20)
    assert costs[0] + costs[1] == Cost(10.0, 4.0, 30)
