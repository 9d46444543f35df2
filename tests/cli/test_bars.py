"""The moving bars fit the terminal: no number of theirs is cut, and the time left is seen."""

from __future__ import annotations

import re
import threading
from io import StringIO

import pytest

from i18n_pipeline.cli.bars import Bars
from i18n_pipeline.reports.tongue import Tongue
from i18n_pipeline.reports.view import View, columns


class Screen(StringIO):
    """What is written to a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("width", [60, 80, 120, 200])
@pytest.mark.parametrize("locale", ["ja", "zh-Hant"])
def test_numbers_and_time_are_whole_at_every_width(
    width: int, locale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    screen = Screen()
    with Bars(View(width, Tongue("de", "de"), at_terminal=True), screen) as shown:
        shown.show(locale, "reading", (0, 0), 0)
        shown.show(locale, "translating", (4000, 145080), 3880000)
    drawn = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen.getvalue().replace("\r", "\n"))
    assert max(map(columns, drawn.splitlines())) <= width
    assert "4.000/145.080 3.880.000 " in drawn
    assert "…" not in drawn
    assert re.search(r" (--:--|\d\d:\d\d)", drawn)
    assert ("Chinesisch" in drawn) is (width > 100 and locale == "zh-Hant")


def test_they_are_drawn_without_a_thread_so_that_workers_can_be_forked() -> None:
    before = set(threading.enumerate())
    with Bars(View(80, Tongue("en", "en"), at_terminal=True), Screen()) as shown:
        shown.show("ja", "translating", (1, 2), 3)
        assert set(threading.enumerate()) <= before
