"""Conflict markers: both sides of a text, with the lines in which they stand."""

from __future__ import annotations

import pytest

from i18n_pipeline.errors import BadFile, Problem
from i18n_pipeline.formats.markers import Hunk, torn_apart, unresolved

DIFF3 = "a\n<<<<<<< HEAD\nb\nsame\n||||||| base\nx\n=======\nc\nd\nsame\n>>>>>>> grace\ne\n"
MERGE = "a\n<<<<<<< HEAD\nb\n=======\nc\nd\n>>>>>>> grace\ne\n"


def test_both_sides_and_what_they_began_with() -> None:
    torn = torn_apart(DIFF3)
    assert torn is not None
    assert torn.base is not None
    assert torn.ours.text == "a\nb\nsame\ne\n"
    assert torn.base.text == "a\nx\ne\n"
    assert torn.theirs.text == "a\nc\nd\nsame\ne\n"
    assert (torn.hunks, torn.name) == ((Hunk(2, 11),), "grace")
    assert torn.theirs.place(Problem("", 3, 1, "c", "m")).line == 9
    plain = torn_apart(MERGE)
    assert plain is not None
    assert (plain.base, plain.ours.text) == (None, "a\nb\ne\n")


def test_a_base_that_may_have_lost_lines_is_not_believed() -> None:
    """With zdiff3 both could have begun with `a`, which the base would then lack."""
    torn = torn_apart(DIFF3.replace("same\n", ""))
    assert torn is not None
    assert torn.base is None


def test_one_conflict_without_a_base_leaves_none_for_the_file() -> None:
    torn = torn_apart(DIFF3 + MERGE)
    assert torn is not None
    assert (torn.base, len(torn.hunks)) == (None, 2)


def test_markers_may_be_longer() -> None:
    torn = torn_apart("a\n<<<<<<<< HEAD:a.md\nb\n========\nc\n>>>>>>>> main:b.md\n")
    assert torn is not None
    assert (torn.ours.text, torn.theirs.text, torn.name) == ("a\nb\n", "a\nc\n", "main:b.md")


def test_a_text_without_markers_is_whole() -> None:
    assert torn_apart("a\n====== \n<<<<<<six six\n") is None
    assert unresolved("a\n", str) is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n=======\nb\n", 2),
        ("a\n<<<<<<< x\nb\n", 2),
        ("<<<<<<< x\nb\n>>>>>>> y\n", 1),
        ("<<<<<<< x\n<<<<<<< y\n=======\n>>>>>>> z\n", 1),
        ("<<<<<<< x\n=======\n=======\n>>>>>>> z\n", 1),
        (">>>>>>> z\n", 1),
    ],
)
def test_markers_that_do_not_belong_together_are_told_where_they_begin(
    text: str, line: int
) -> None:
    with pytest.raises(BadFile) as caught:
        torn_apart(text)
    problem = caught.value.problem
    assert (problem.code, problem.line) == ("conflict-marker", line)
    failure = unresolved(text, str)
    assert failure is not None
    assert failure.problem == problem


def test_a_conflict_is_told_with_both_its_lines_and_what_it_is_in() -> None:
    failure = unresolved(DIFF3 + MERGE, lambda part: part[:1])
    assert failure is not None
    assert failure.problem.line == 2
    assert (
        failure.problem.message
        == "a merge conflict was not resolved, lines 2 to 11 (`b`), and 1 more"
    )
