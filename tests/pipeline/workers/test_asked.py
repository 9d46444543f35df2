"""What `--executor` may say."""

from __future__ import annotations

import pytest

from i18n_pipeline.errors import UsageError
from i18n_pipeline.pipeline.workers import ALONE, Asked, hired, read_asked
from i18n_pipeline.pipeline.workers.asked import Kind
from i18n_pipeline.pipeline.workers.processes import Processes


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", Asked()),
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


def test_the_command_line_wins_over_the_environment() -> None:
    surroundings = {"I18N_EXECUTOR": "processes:7"}
    with hired(None, surroundings) as workers:
        assert workers == Processes(7, chosen=True)
    with hired("one", surroundings) as workers:
        assert workers is ALONE
