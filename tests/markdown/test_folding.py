from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.markdown import folded, guarded, inline_tokens, unbroken
from i18n_pipeline.markdown.folding import fold
from tests.stubs.documents import paragraphs


@pytest.mark.parametrize(
    ("left", "right", "between"),
    [
        ("word", "word", " "),
        ("語", "彙", ""),
        ("語、", "「彙", ""),
        ("カナ", "漢字", ""),
        ("ไทย", "ไทย", ""),
        ("語", "word", " "),
        ("word", "語", " "),
        ("한국어", "한국어", " "),
        ("語", "**彙**", " "),
        ("𠮷", "野", ""),
        ("", "語", " "),
    ],
)
def test_a_soft_break_is_a_space_but_between_scripts_without_spaces(
    left: str, right: str, between: str
) -> None:
    assert fold(left, right) == between


@pytest.mark.parametrize(
    ("text", "read_back"),
    [
        ("one\ntwo", "one two"),
        ("one \n\t two", "one two"),
        ("one\n\n\ntwo", "one two"),
        ("one  \ntwo", "one  \ntwo"),
        ("one\\\n  two", "one\\\ntwo"),
        ("one\\\\\ntwo", "one\\\\ two"),
        ("one\\\\\\\ntwo", "one\\\\\\\ntwo"),
        ("  one\n", "one"),
        ("one\\\n", "one\\"),
        ("語\n彙", "語彙"),
        ("a\r\nb", "a b"),
        ("", ""),
    ],
)
def test_folding_keeps_hard_breaks_and_nothing_else(text: str, read_back: str) -> None:
    assert folded(text) == read_back


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("one  \ntwo", "one two"),
        ("one\\\ntwo", "one two"),
        ("one\\\\\\\ntwo", "one\\\\ two"),
        ("one\\\\\ntwo", "one\\\\ two"),
        ("語\\\n彙", "語彙"),
        (" one ", "one"),
    ],
)
def test_one_line_loses_hard_breaks_but_no_backslash_that_is_text(text: str, line: str) -> None:
    assert unbroken(text) == line


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2024. gadā", "2024\\. gadā"),
        ("1) one", "1\\) one"),
        ("- dash", "\\- dash"),
        ("+ plus", "\\+ plus"),
        ("* star", "\\* star"),
        ("# hash", "\\# hash"),
        (">quote", "\\>quote"),
        ("1.5 times", "1.5 times"),
        ("-1 degree", "-1 degree"),
        ("*emphasis*", "*emphasis*"),
        ("#hashtag", "#hashtag"),
        ("1234567890. ten digits", "1234567890. ten digits"),
        ("plain", "plain"),
    ],
)
def test_what_would_begin_a_block_is_escaped(text: str, written: str) -> None:
    assert guarded(text) == written
    assert guarded(written) == written


@given(paragraphs())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert unbroken(unbroken(text)) == unbroken(text)
    assert "\n" not in unbroken(text)


@given(st.text())
def test_an_escape_at_the_start_is_the_only_thing_guarding_adds(text: str) -> None:
    written = guarded(text)
    assert written == text or (len(written) == len(text) + 1 and inline_tokens(written))
