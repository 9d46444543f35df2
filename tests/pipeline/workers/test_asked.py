"""What `--executor` may say."""

from __future__ import annotations

import pytest

from i18n_pipeline.errors import UsageError
from i18n_pipeline.pipeline.options import SYNC, Options, Order, Surroundings
from i18n_pipeline.pipeline.workers import ALONE, Asked, hired, read_asked
from i18n_pipeline.pipeline.workers.asked import Kind
from i18n_pipeline.pipeline.workers.processes import Processes
from i18n_pipeline.pipeline.workers.threads import Threads


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("auto", Asked()),
        (" one ", Asked(Kind.ONE)),
        ("processes", Asked(Kind.PROCESSES)),
        ("processes:12", Asked(Kind.PROCESSES, 12)),
        ("threads:3", Asked(Kind.THREADS, 3)),
        ("dask://cluster.example:8786", Asked(Kind.DASK, address="tcp://cluster.example:8786")),
        ("dask://[::1]:8786/", Asked(Kind.DASK, address="tcp://[::1]:8786")),
    ],
)
def test_what_can_be_understood(text: str, asked: Asked) -> None:
    assert read_asked(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "One",
        "one:2",
        "processes:0",
        "processes:-1",
        "processes:",
        "processes:2:3",
        "thread:2",
        "dask",
        "dask://host",
        "dask://host:0",
        "dask://host:65536",
        "dask://user@host:8786",
        "tcp://host:8786",
    ],
)
def test_all_else_is_refused_with_what_there_is(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_asked(text)
    assert text in refused.value.message
    assert "processes:N" in refused.value.hint


def test_the_command_line_wins_over_the_environment_and_a_program_is_left_alone() -> None:
    surroundings = Surroundings({"I18N_EXECUTOR": "processes:7"}, executor="auto")
    assert Order(SYNC, Options(executor="threads:2"), surroundings).executor == "threads:2"
    assert Order(SYNC, Options(), surroundings).executor == "processes:7"
    assert Order(SYNC, Options(), Surroundings({}, executor="auto")).executor == "auto"
    assert Order(SYNC).executor == "one"


def test_those_who_are_asked_for_work() -> None:
    with hired("processes:7") as workers:
        assert workers == Processes(7, chosen=True)
    with hired("threads:2") as workers:
        assert workers == Threads(2)
    with hired("one") as workers:
        assert workers is ALONE
