"""Aligning two sequences: equal items in order, as many as can be found in little time."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.stages import alignment
from i18n_pipeline.stages.alignment import aligned, gaps

items = st.lists(st.sampled_from("abcdefgh"), max_size=30)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", {}),
        ("abc", "abc", {0: 0, 1: 1, 2: 2}),
        ("abc", "axbc", {0: 0, 2: 1, 3: 2}),
        ("abc", "ac", {0: 0, 1: 2}),
        ("abcd", "dabc", {1: 0, 2: 1, 3: 2}),
        ("a-b-c-d", "x-y-z-w", {1: 1, 3: 3, 5: 5}),
        ("aaaa", "aa", {0: 0, 1: 1}),
    ],
)
def test_equal_items_find_each_other(old: str, new: str, expected: dict[int, int]) -> None:
    assert dict(aligned(old, new)) == expected


@given(items, items)
def test_pairs_are_equal_and_never_cross(old: list[str], new: list[str]) -> None:
    found = aligned(old, new)
    assert all(old[i] == new[j] for j, i in found.items())
    assert all(found[a] < found[b] for a, b in pairwise(sorted(found)))


@given(items, items)
def test_the_gaps_are_all_that_is_not_aligned(old: list[str], new: list[str]) -> None:
    found = aligned(old, new)
    ranges = gaps(found, len(old), len(new))
    left = [i for i1, i2, _, _ in ranges for i in range(i1, i2)]
    right = [j for _, _, j1, j2 in ranges for j in range(j1, j2)]
    assert sorted([*left, *found.values()]) == list(range(len(old)))
    assert sorted([*right, *found]) == list(range(len(new)))


@given(st.lists(st.integers(), unique=True, max_size=30), st.data())
def test_where_nothing_repeats_the_longest_common_run_is_found(
    old: list[int], data: st.DataObject
) -> None:
    new = data.draw(st.lists(st.sampled_from(old), unique=True)) if old else []
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    assert len(aligned(old, new)) >= sum(block.size for block in blocks)


@given(items, items)
def test_long_sequences_are_compared_roughly_but_by_the_same_rules(
    old: list[str], new: list[str]
) -> None:
    pairs = alignment._first_come(old, new, (0, len(old), 0, len(new)))
    assert all(old[i] == new[j] for i, j in pairs)
    assert pairs == sorted(set(pairs))
    assert len({i for i, _ in pairs}) == len(pairs) == len({j for _, j in pairs})
