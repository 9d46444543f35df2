"""The file of rejected texts: a set of lines that people can read and branches can merge."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.rejected import (
    Rejection,
    Rejections,
    excerpt,
    read_rejected,
    write_rejected,
)

A = Rejection("a" * 16, "b" * 16, "DeepL", "fine-tuning/body", "微調整は…")
B = Rejection("0" * 16, "1" * 16, "OpenAI gpt-5", "a b/body", "x")
FILE = f"""\
i18n-rejected 1

{"0" * 16} {"1" * 16} OpenAI%20gpt-5 a%20b/body x
{"a" * 16} {"b" * 16} DeepL fine-tuning/body 微調整は…
"""

hashes = st.text("0123456789abcdef", min_size=16, max_size=16)
words = st.text(st.characters(codec="utf-8"))
rejections = st.lists(st.builds(Rejection, hashes, hashes, words, words, words))


def test_the_file_is_sorted_and_its_words_are_for_people() -> None:
    assert write_rejected(Rejections((A, B))).decode() == FILE
    assert read_rejected(FILE.encode()) == Rejections((B, A))


@given(rejections)
def test_what_was_written_is_read_again(entries: list[Rejection]) -> None:
    written = write_rejected(Rejections(tuple(entries)))
    found = read_rejected(written)
    assert {one.pair for one in found.entries} == {one.pair for one in entries}
    assert write_rejected(found) == written
    by_pair = {one.pair: one for one in reversed(entries)}
    assert all(one.words == excerpt(by_pair[one.pair].words) for one in found.entries)


@given(rejections, st.randoms())
def test_order_and_repeated_lines_mean_nothing(entries: list[Rejection], random: Random) -> None:
    head, blank, *rows = write_rejected(Rejections(tuple(entries))).decode().split("\n")[:-1]
    shuffled = [*rows, *rows[:2]]
    random.shuffle(shuffled)
    again = "\n".join([head, blank, *shuffled, ""]).encode()
    assert {one.pair for one in read_rejected(again).entries} == {one.pair for one in entries}


def test_a_conflict_holds_what_both_sides_hold() -> None:
    head, blank, first, second, _ = FILE.split("\n")
    rows = [head, blank, "<<<<<<< HEAD", first, "=======", second, ">>>>>>> b", ""]
    assert read_rejected("\n".join(rows).encode()) == Rejections((B, A), conflict=3)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (b"", "rejected-no-version", 1),
        (b"\xff", "not-utf-8", 1),
        (b"i18n-lock 1\n", "rejected-no-version", 1),
        (b"i18n-rejected 2\n", "rejected-newer", 1),
        (b"i18n-rejected 1\n\nabc\n", "rejected-bad-line", 3),
    ],
)
def test_what_is_none_is_refused_with_its_line(text: bytes, code: str, line: int) -> None:
    with pytest.raises(BadFile) as failure:
        read_rejected(text)
    assert (failure.value.problem.code, failure.value.problem.line) == (code, line)


def test_a_text_is_rejected_for_its_source_alone() -> None:
    again = Rejection(A.source, "c" * 16)
    kept = Rejections((A, B, again))
    assert kept.holds(A.source, A.target)
    assert kept.holds(A.source, "c" * 16)
    assert not kept.holds(A.source, B.target)
    assert not kept.holds("f" * 16, A.target)


def test_what_is_taken_back_is_rejected_no_more() -> None:
    assert Rejections((A, B)).minus([A]) == Rejections((B,))
    assert Rejections((B,)).minus([A]) == Rejections((B,))
