"""How much of what is proven is tried: a few of the cases every day, all of them in `make prove`.

As a plugin of pytest (`-p tests.stubs.figures`) it prints, at the end, how often each promise was
tried: what tests have put down with `record_property`.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

FULL = os.environ.get("I18N_PROVE") == "full"


def some(count: int, short: int) -> Sequence[int]:
    """The numbers from 1 to `count`: all of them in full, else about so many, evenly spread."""
    step = 1 if FULL else max(1, count // short)
    return range(1 + (count - 1) % step, count + 1, step)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """One row a test: what it promises, and how much of what it tried."""
    write = terminalreporter.write_line
    terminalreporter.section("promises and figures")
    for name, figures in sorted(_figures(terminalreporter).items()):
        told = ", ".join(f"{number:,} {what}" for what, number in figures.items())
        write(f"{name.replace('test_', '', 1).replace('_', ' ')}: {told}")


def _figures(reporter: TerminalReporter) -> dict[str, Counter[str]]:
    """The figures of all tests that passed, those of one function added up."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for report in reporter.stats.get("passed", ()):
        name = report.nodeid.rpartition("::")[2].partition("[")[0]
        found[name].update(dict(_numbers(report.user_properties)))
        found[name]["tests"] += 1
    return found


def _numbers(properties: Sequence[tuple[str, object]]) -> Iterator[tuple[str, int]]:
    for what, number in properties:
        if isinstance(number, int):
            yield what, number
