from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats import front_toml
from i18n_pipeline.formats.front_matter import (
    AddText,
    CopyEntry,
    Path,
    Remove,
    SetItems,
    SetText,
)
from i18n_pipeline.formats.front_toml import read_toml

BLOCK = """\
title = "One" # why
count = 010.5
date = 2026-01-31
draft = true
literal = 'C:\\x'
lines = \"\"\"
first
second
\"\"\"
tags = ["a", "b"]

[seo]
description = "Two"

[[faq]]
question = "Three"
""".replace("010.5", "10.5")
TEXTS: tuple[Path, ...] = (
    *(("title",), ("literal",), ("lines",), ("tags", 0)),
    *(("seo", "description"), ("faq", 0, "question")),
)


def loaded(text: str, path: Path) -> object:
    value: object = tomllib.loads(text)
    for step in path:
        value = value[step]  # type: ignore[index]
    return value


def test_values_are_strings_as_written() -> None:
    front = read_toml(BLOCK)
    assert front.values == {
        "title": "One",
        "count": "10.5",
        "date": "2026-01-31",
        "draft": "true",
        "literal": "C:\\x",
        "lines": "first\nsecond\n",
        "tags": ["a", "b"],
        "seo": {"description": "Two"},
        "faq": [{"question": "Three"}],
    }
    assert front.is_text(("title",))
    assert not front.is_text(("count",))


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_a_block_without_changes_keeps_every_byte(eol: str) -> None:
    text = BLOCK.replace("\n", eol)
    assert read_toml(text).edit([]) == text


@given(
    st.sampled_from(TEXTS),
    st.text(st.characters(codec="utf-8", exclude_characters="\r")),
    st.sampled_from(("\n", "\r\n")),
)
def test_any_text_is_read_back_as_meant(path: Path, target: str, eol: str) -> None:
    front = read_toml(BLOCK.replace("\n", eol))
    edited = front.edit([SetText(path, target)])
    meant = target + ("\n" if path == ("lines",) else "")
    assert str(loaded(edited, path)).replace("\r\n", "\n") == meant


@pytest.mark.parametrize("fence", ["+++", "+++ \t"])
def test_no_line_of_a_text_ends_the_front_matter(fence: str) -> None:
    text = f"first\n{fence}\nsecond"
    edited = read_toml(BLOCK).edit([SetText(("lines",), text)])
    assert fence not in edited.splitlines()
    assert read_toml(edited).values["lines"] == f"{text}\n"


def test_a_change_touches_its_value_only() -> None:
    edited = read_toml(BLOCK).edit(
        [SetText(("title",), 'Eins "1"'), SetText(("seo", "description"), "Zwei")]
    )
    assert edited == BLOCK.replace('"One"', '"Eins \\"1\\""').replace('"Two"', '"Zwei"')


@pytest.mark.parametrize("items", [(), ("x",), ("x", "y", 'z"')])
def test_a_list_is_replaced(items: tuple[str, ...]) -> None:
    edited = read_toml(BLOCK).edit([SetItems("tags", items)])
    assert loaded(edited, ("tags",)) == list(items)


def test_entries_are_copied_added_and_removed_before_the_first_table() -> None:
    source = read_toml('new = "N"\n[table]\nx = 1\n')
    edited = read_toml(BLOCK).edit(
        [
            CopyEntry("new", source, "title"),
            CopyEntry("table", source),
            AddText("mark", "m"),
            AddText("machine", "true", literal=True),
            Remove("count"),
        ]
    )
    data = tomllib.loads(edited)
    assert (data["new"], data["mark"], data["machine"]) == ("N", "m", True)
    assert data["table"] == {"x": 1}
    assert data["seo"] == {"description": "Two"}
    assert "count" not in data
    assert edited.index("title") < edited.index("new") < edited.index("date")
    assert edited.index("tags") < edited.index("mark") < edited.index("[seo]")


@pytest.mark.parametrize("text", ["", "[seo]\nx = 1\n", "# remark\n"])
def test_a_block_without_plain_keys_takes_one(text: str) -> None:
    edited = read_toml(text).edit([AddText("mark", "m")])
    assert tomllib.loads(edited)["mark"] == "m"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("title",), (2, 1)),
        (("tags", 1), (11, 1)),
        (("seo", "description"), (14, 1)),
        (("absent",), (0, 0)),
    ],
)
def test_a_value_is_found_by_its_key(path: Path, place: tuple[int, int]) -> None:
    assert read_toml(BLOCK).place_of(path) == place


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a = 1\nb = x\n", "toml-syntax", 3),
        ("a = 'x\n", "toml-syntax", 2),
        ("a = 1\na = 2\n", "toml-syntax", 3),
        ("a = " + "[" * 101 + "]" * 101 + "\n", "front-matter-too-deep", 2),
        ("a = '" + "x" * 65_536 + "'\n", "front-matter-too-large", 1),
    ],
)
def test_a_block_is_refused_with_its_line(text: str, code: str, line: int) -> None:
    with pytest.raises(BadFile) as refused:
        read_toml(text)
    assert (refused.value.problem.code, refused.value.problem.line) == (code, line)
    assert refused.value.problem.mend


def test_a_key_that_a_table_has_too_is_refused() -> None:
    with pytest.raises(BadFile) as caught:
        read_toml("[a]\nb = 1\n[a.b]\nc = 2\n")
    assert (caught.value.problem.code, caught.value.problem.line > 0) == ("toml-syntax", True)


def test_an_entry_takes_the_place_of_one_of_that_name() -> None:
    front = read_toml("title = 'One'\ncount = 1\n")
    origin = read_toml("count = [2, 3]\n")
    assert front.edit([CopyEntry("count", origin, "title")]) == "title = 'One'\ncount = [2, 3]\n"


def test_what_would_not_read_back_as_meant_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    front = read_toml("title = 'One'\n")
    monkeypatch.setattr(front_toml, "_apply", lambda document, _: document.clear())
    with pytest.raises(BadFile):
        front.edit([SetText(("title",), "Two")])
