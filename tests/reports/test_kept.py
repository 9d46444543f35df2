"""What a program kept of a report is read back as it was, or not at all."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest

from i18n_pipeline.reports.kept import document_of, each, issue_of, made
from i18n_pipeline.reports.report import Billed, Issue, LocaleReport, Units

ISSUE = Issue("html", "error", "a.po", 3, "term", "body", "m", True, "Ein <b>", (4, 7))


def as_kept(value: object) -> Any:
    return json.loads(json.dumps(asdict(value)))  # type: ignore[call-overload]  # a dataclass


def test_what_was_kept_is_what_it_was() -> None:
    assert issue_of(as_kept(ISSUE)) == ISSUE
    assert made(Units, as_kept(Units(1, 2, 3))) == Units(1, 2, 3)
    assert made(Billed, as_kept(Billed(cost=None))) == Billed(cost=None)


@pytest.mark.parametrize(
    ("name", "junk"),
    [
        ("at", [1]),
        ("at", [4, 70]),
        ("at", [7, 4]),
        ("at", ["4", "7"]),
        ("at", 1e999),
        ("line", "3"),
        ("line", True),
        ("line", 2**64),
        ("severity", "dire"),
        ("message", None),
        ("text", {}),
        ("safety", 1),
    ],
)
def test_an_issue_with_junk_in_it_is_none(name: str, junk: object) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        issue_of({**as_kept(ISSUE), name: junk})


@pytest.mark.parametrize(
    ("name", "junk"),
    [("estimate", {"requests": 1}), ("units", None), ("units", 3), ("notes", ["a"])],
)
def test_what_is_json_still_is_no_part_of_a_report(name: str, junk: object) -> None:
    with pytest.raises(TypeError):
        made(LocaleReport, {"locale": "de", name: junk})


def test_an_empty_list_is_an_empty_row() -> None:
    assert made(LocaleReport, {"locale": "de", "fixes": [], "notes": ("a",)}).fixes == ()
    with pytest.raises(TypeError):
        made(LocaleReport, {"locale": "de", "notes": ("a", 1)})
    with pytest.raises(TypeError):
        each(str, "abc")


def test_what_is_no_object_or_is_nested_too_deeply_was_kept_by_nobody() -> None:
    assert document_of(None) == document_of(b"{}") == {}
    with pytest.raises(TypeError):
        document_of(b"[]")
    with pytest.raises(ValueError, match="nested too deeply"):
        document_of(b"[" * 200_000)
