"""A corrected text keeps the lines that the page had it in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.formats.body import read_body
from i18n_pipeline.markdown import folded

LINES = "Ein Satz steht hier.\nEin [zweiter](/b) steht da,\nund der dritte *endet*."


def edited(body: str, target: str) -> str:
    """A body of one text with another in its place; it reads back."""
    read = read_body(body.encode())
    slot = read.slots[0]
    data = read.render([read.edit(slot, target)])
    assert read_body(data).slots[0].segment.source == read.reads_as(slot, target)
    return data.decode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("zweiter", "anderer"),
        ("hier.", "dort."),
        ("und", "sowie"),
        ("(/b)", "(/de/b)"),
        ("endet", "beginnt"),
    ],
)
def test_a_corrected_word_is_one_line_of_the_diff(old: str, new: str) -> None:
    assert edited(f"{LINES}\n", folded(LINES.replace(old, new))) == LINES.replace(old, new) + "\n"


@pytest.mark.parametrize(
    ("body", "target", "expected"),
    [
        ("> eins zwei\n> drei vier\n", "eins zwo drei vier", "> eins zwo\n> drei vier\n"),
        ("- eins zwei\n  drei vier\n", "eins zwei drei 4", "- eins zwei\n  drei 4\n"),
        ("eins zwei\r\ndrei vier\r\n", "eins zwei drei 4", "eins zwei\r\ndrei 4\r\n"),
        (
            "一つ目です。\n二つ目です。\n",
            "一つ目です。二番目です。",
            "一つ目です。\n二番目です。\n",
        ),
        ("eins \ndrei\nvier\n", "eins drei fünf", "eins \ndrei\nfünf\n"),
        ("eins  \nzwei\ndrei\n", "eins  \nzwo drei", "eins  \nzwo\ndrei\n"),
    ],
)
def test_breaks_stay_as_they_were_written(body: str, target: str, expected: str) -> None:
    assert edited(body, target) == expected


def test_hard_and_soft_breaks_are_told_apart() -> None:
    body = "eins  \nzwei drei\nvier fünf\n"
    assert edited(body, "eins  \nzwei 3 vier fünf") == "eins  \nzwei 3\nvier fünf\n"


@pytest.mark.parametrize("new", ["- drei", "1. drei", "# drei", "> drei", "=== drei", "+ drei"])
def test_no_line_begins_another_block(new: str) -> None:
    assert edited("eins zwei\ndrei vier\n", f"eins zwei {new} vier") == f"eins zwei {new} vier\n"


def test_a_text_written_anew_is_one_line() -> None:
    assert edited(f"{LINES}\n", "Ganz anders") == "Ganz anders\n"


def test_a_text_too_long_to_compare_is_one_line() -> None:
    lines = "eins zwei\n" * 501
    target = folded(lines).strip().replace("zwei", "zwo")
    assert edited(lines, target) == f"{target}\n"
    shorter = "eins zwei\n" * 5
    assert edited(shorter, folded(shorter).strip()) == shorter


words = st.sampled_from(["eins", "zwei", "*drei*", "`vier`", "5.", "-", "日本", "語。", "(a)", "#"])
breaks = st.sampled_from([" ", "\n", " \n", "  \n", "\\\n"])


@given(st.lists(st.tuples(words, breaks), min_size=1, max_size=12), st.data())
def test_whatever_is_edited_reads_back_as_it_should(
    parts: list[tuple[str, str]], data: st.DataObject
) -> None:
    body = "".join(word + gap for word, gap in parts).strip() + "\n"
    read = read_body(body.encode())
    if len(read.slots) != 1:
        return
    slot = read.slots[0]
    target = slot.segment.source.split(" ")
    at = data.draw(st.integers(0, len(target) - 1))
    target[at] = data.draw(words)
    text = read.reads_as(slot, " ".join(target))
    plain = read_body(read.render([read.patch(slot, text)]))
    made = read_body(read.render([read.edit(slot, text)]))
    assert [one.segment.source for one in made.slots] == [one.segment.source for one in plain.slots]
