"""Which texts render alike, and which do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.markdown import rendering

SAME = [
    ("*x* y", "_x_ y"),
    ("__x__", "**x**"),
    ("***x***", "**_x_**".replace("**_x_**", "_**x**_")),
    ("snake_case", r"snake\_case"),
    ("a * b", r"a \* b"),
    ("a  b\t c", "a b c"),
    ("a &amp; b", "a & b"),
    ("a \\- b", "a - b"),
    ("two\nlines", "two lines"),
    ("[x](/u 'say')", '[x](/u "say")'),
    ("[x](</u>)", "[x](/u)"),
    (r"a \| b", "a | b"),
    ("「*重要*」です", "「_重要_」です".replace("_重要_", "*重要*")),
    ("", "  "),
]
DIFFERENT = [
    ("*x* y", "**x** y"),
    ("*x* y", "x y"),
    ("`a  b`", "`a b`"),
    ("[x](/u)", "[x](/v)"),
    ("[x](/u)", '[x](/u "t")'),
    ("a  \nb", "a b"),
    ("{{x}} y", "{{z}} y"),
    ("a\u00a0b", "a b"),
    ("<b>x</b>", "<i>x</i>"),
    ("a b", "a. b"),
    (r"\*x\*", "*x*"),
    ("![i](/p)", "[i](/p)"),
    ("a^1", "a1"),
    ("*a*\n\nb", "*a* b"),
    ("a\n\nb", "a b"),
    ("\n\n zq", "\n\n"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_texts_that_only_their_spelling_tells_apart_render_alike(one: str, other: str) -> None:
    assert rendering(one) == rendering(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_texts_that_say_or_show_something_else_do_not(one: str, other: str) -> None:
    assert rendering(one) != rendering(other)


def test_what_a_reference_leads_to_is_seen() -> None:
    assert rendering("[x][r]", "[r]: </a>") == rendering("[x](/a)")
    assert rendering("[x][r]", "[r]: </a>") != rendering("[x][r]", "[r]: </b>")
    assert rendering("[x][r]") != rendering("[x](/a)")


@given(st.text("ab *_`[]()<>\\&;{}\n日本、", max_size=30), st.text("ab*_ ", max_size=5))
def test_words_more_are_never_overlooked(text: str, more: str) -> None:
    added = f"{text} zq{more}"
    assert rendering(text) != rendering(added)
