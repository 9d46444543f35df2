"""How wide what is printed may be."""

from __future__ import annotations

import io
import os

import pytest

from i18n_pipeline.cli.terminal import view_of
from i18n_pipeline.reports.view import PLAIN


class Screen(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of whoever runs the tests."""
    for name in ("COLUMNS", "TERM", "CI", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


def test_into_a_pipe_it_is_the_same_wherever_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert view_of(io.StringIO()) == PLAIN


@pytest.mark.parametrize(("said", "width"), [("100", 100), ("0", 120), ("many", 120)])
def test_what_the_environment_says_counts_more_than_the_terminal(
    monkeypatch: pytest.MonkeyPatch, said: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", said)
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((120, 40)))
    assert view_of(Screen()).width == width


def test_a_terminal_that_does_not_say_is_as_wide_as_most(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_: int) -> os.terminal_size:
        raise OSError

    monkeypatch.setattr(os, "get_terminal_size", unknown)
    assert view_of(Screen()).width == 80
