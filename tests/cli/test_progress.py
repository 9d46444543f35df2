"""Progress: enough to see that a job lives, and nothing where nobody looks."""

from __future__ import annotations

import re

from tests.stubs.deepl import Stub
from tests.stubs.site import Site


def test_in_ci_a_long_run_tells_texts_done_and_characters_sent(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    site.environment["CI"] = "true"
    ran = site.run("sync", "--lang", "ja")
    lines = [line for line in ran.err.splitlines() if line.startswith("ja: ")]
    done = [re.fullmatch(r"ja: (\d+) of (\d+) texts(?:, (\d+) characters sent)?", x) for x in lines]
    assert all(done), lines
    last = done[-1]
    assert last is not None
    assert last[1] == last[2]
    assert f"{last[3]} characters" in ran.out


def test_a_pipe_and_a_reader_of_json_hear_nothing(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    assert site.run("sync", "--lang", "ja").err == ""
    site.environment["CI"] = "true"
    assert site.report("sync", "--lang", "de").err == ""
    assert site.run("status", "--quiet").err == ""
