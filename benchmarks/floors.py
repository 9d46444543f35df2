"""Floors: what the machine, the parsers and the disk need anyway, whatever a tool does on top."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.measure import Command, Contender, Job, Scenario

NAME = "floor"
_BARE = str(Path(__file__).with_name("bare.py"))


def floors(site: Path) -> Contender:
    """The floors under a site's source files."""

    def job(*words: str) -> Job:
        return Job((Command((sys.executable, *words), site),))

    sources = str(site / "terms" / "en")
    jobs = {
        Scenario.START: job("-c", "pass"),
        Scenario.SCAN: job(_BARE, "scan", sources),
        Scenario.READ: job(_BARE, "read", sources),
        Scenario.PARSE: job(_BARE, "parse", sources),
        Scenario.WRITE: job(_BARE, "write", sources),
    }
    return Contender(NAME, "", jobs)
