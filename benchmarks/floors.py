"""Floors: what the machine, the parsers and the disk need anyway, whatever a tool does on top."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from benchmarks.corpus import TARGET
from benchmarks.measure import Command, Contender, Job, Scenario

NAME = "floor"
_BARE = str(Path(__file__).with_name("bare.py"))
_READ = f"terms/{TARGET}", "terms/en", f"locales/{TARGET}"
"""The folders of what a run with nothing to do has to look at."""


def floors(site: Path, done: Path, done_each: Path | None) -> Contender:
    """The floors under a site's source files, and under what runs have made of it.

    `done` is where they have one catalog, `done_each`, if anywhere, where each term has its own.
    """
    pages = site / "pages"

    def job(*words: str) -> Job:
        return Job((Command((sys.executable, *words), site),))

    def scan(made: Path) -> Job:
        return job(_BARE, "scan", *(str(made / folder) for folder in _READ))

    def take_pages(_round: int) -> None:
        if not pages.exists():
            shutil.copytree(done / "terms" / TARGET, pages)

    sources = str(site / "terms" / "en")
    jobs = {
        Scenario.START: job("-c", "pass"),
        Scenario.SCAN: scan(done),
        **({Scenario.SCAN_EACH: scan(done_each)} if done_each else {}),
        Scenario.READ: job(_BARE, "read", sources),
        Scenario.PARSE: job(_BARE, "parse", sources),
        Scenario.WRITE: Job(job(_BARE, "write", str(pages)).commands, take_pages),
    }
    return Contender(NAME, "", jobs)
