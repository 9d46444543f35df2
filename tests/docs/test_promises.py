"""What docs/promises.md says is tried is what `make prove` prints, and what the tests try."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.docs.pages import DOCS
from tests.docs.test_links import is_there
from tests.pipeline.test_kill_points import NAMED
from tests.stubs.figures import ROWS, Row

TESTS = DOCS.parent / "tests"
PAGE = (DOCS / "promises.md").read_text(encoding="utf-8")
TRIED = PAGE.partition("## How much is tried")[2]


def test_every_test_that_the_page_names_is_there() -> None:
    named = re.findall(r"\[`((?:test_|Test)\w+)`\]\(([^)\s]+)\)", PAGE)
    assert len(named) > 150
    assert [name for name, path in named if not is_there(name, DOCS / path)] == []


def shown(line: str) -> tuple[str, str]:
    """What happens and who shows it, of a row of the table; not how many cases there were."""
    what, _, links = line.strip("| ").split(" | ")
    return what, links


def test_the_page_has_the_rows_that_are_printed_and_no_other() -> None:
    rows = re.findall(r"^\| (?!what happens).+$", TRIED, re.MULTILINE)
    assert [shown(row) for row in rows] == [shown(row.line({})) for row in ROWS]


def test_a_printed_row_says_how_many_cases_its_tests_put_down() -> None:
    row = Row("it breaks", "faults", {"a/test_a.py": ("test_one", "test_two")})
    found = {"test_one": Counter({"faults": 1200, "": 3}), "test_two": Counter({"faults": 34})}
    assert row.line(found) == "| it breaks | 1,234 faults | [test_a.py](../tests/a/test_a.py) |"
    assert Row("it is bad", "", row.shown_by).line(found).startswith("| it is bad | 3 | ")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.what)
def test_the_tests_of_a_row_are_there_and_put_down_what_it_counts(row: Row) -> None:
    for path, names in row.shown_by.items():
        text = (TESTS / path).read_text(encoding="utf-8")
        for name in names:
            assert f"def {name}(" in text
        if row.counted:
            assert f'record_property("{row.counted}", ' in text


def test_whatever_tests_put_down_stands_in_a_row() -> None:
    known = {path for row in ROWS for path in row.shown_by}
    counting = {
        path.relative_to(TESTS).as_posix()
        for path in TESTS.rglob("test_*.py")
        if path != Path(__file__) and "record_property(" in path.read_text(encoding="utf-8")
    }
    assert counting <= known


def test_the_named_points_of_a_kill_are_those_of_the_page_and_at_least_sixteen() -> None:
    assert re.findall(r"^\d+\. (.+)$", TRIED, re.MULTILINE) == list(NAMED)
    assert len(set(NAMED)) == len(NAMED) >= 16
