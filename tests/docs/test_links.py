"""Links between the pages, and from promises to their tests, lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.pages import DOCS

ROOT = DOCS.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]

_CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]*)\)")
_ENTRY = re.compile(r"^\*\*(?:(\d+)\. )?.+\*\*\n\n((?:- .+\n)*)", re.MULTILINE)
_ITEM = re.compile(r"- \[`\w+`\]\(\S+\)\Z")
_PROMISE = re.compile(r"\[`((?:test_|Test)\w+)`\]\(([^)\s]+)\)")


def links(page: Path) -> Iterator[tuple[Path, str]]:
    """Files and anchors that a page's own links lead to."""
    for address in _LINK.findall(_CODE.sub("", page.read_text(encoding="utf-8"))):
        path, _, anchor = address.partition("#")
        if not re.match(r"[a-z]+:", address):
            yield (page.parent / path).resolve() if path else page, anchor


def anchors(page: Path) -> set[str]:
    """What GitHub makes of the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title).strip().lower().replace(" ", "-") for title in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    broken = [
        (path.name, anchor)
        for path, anchor in links(page)
        if not path.exists() or (anchor and anchor not in anchors(path))
    ]
    assert broken == []


def is_there(test: str, path: Path) -> bool:
    """Whether a file has a test, as a function or as a machine of random steps."""
    text = path.read_text(encoding="utf-8")
    return f"def {test}(" in text or f"\n{test} = " in text


def test_every_promise_is_shown_by_a_test() -> None:
    page = DOCS / "ideas.md"
    promises = _PROMISE.findall(page.read_text(encoding="utf-8"))
    assert len(promises) > 20
    missing = [name for name, path in promises if not is_there(name, page.parent / path)]
    assert missing == []


def test_each_promise_has_a_test_that_is_there() -> None:
    """Also what is not shown is said; but of no promise is it all that is said."""
    page = DOCS / "promises.md"
    entries = _ENTRY.findall(page.read_text(encoding="utf-8"))
    numbers = [int(number) for number, _ in entries if number]
    assert numbers == [*range(1, 10), *range(1, 33)]
    for number, tests in entries:
        assert _PROMISE.findall(tests), number
        for name, path in _PROMISE.findall(tests):
            assert is_there(name, page.parent / path), name


def test_the_page_of_promises_can_be_read_as_it_is_written() -> None:
    """A line holds one test, or words that an eye takes in; only the table of figures is wider."""
    text = (DOCS / "promises.md").read_text(encoding="utf-8").partition("## How much is tried")[0]
    long = [line for line in text.splitlines() if len(line) > 160 and not _ITEM.match(line)]
    assert long == []


def test_every_page_is_in_the_index() -> None:
    indexes = [DOCS / "README.md", DOCS / "decisions/README.md"]
    listed = {path for index in indexes for path, _ in links(index)}
    pages = set(DOCS.rglob("*.md")) - {DOCS / "README.md"}
    assert sorted(pages - listed) == []
