from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.reports.excerpt import AROUND, excerpt
from tests.reports.hostile import texts


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("トークンです", "トークン", "⟦トークン⟧です"),
        ("これはトークン", "トークン", "これは⟦トークン⟧"),
        ("a\nb\r\nc\rd", "c", "a b ⟦c⟧ d"),
        ("x" * 31 + "W" + "y" * 31, "W", f"…{'x' * 30}⟦W⟧{'y' * 30}…"),
        ("x" * 30 + "W" + "y" * 30, "W", f"{'x' * 30}⟦W⟧{'y' * 30}"),
        ("", "", "⟦⟧"),
        ("a" * 100, "a" * 100, f"⟦{'a' * 40}…{'a' * 40}⟧"),
    ],
)
def test_the_words_are_marked_with_what_stands_around_them(
    text: str, words: str, shown: str
) -> None:
    start = text.index(words)
    assert str(excerpt(text, (start, start + len(words)))) == shown


@given(texts, st.integers(0, 40), st.integers(0, 40))
def test_it_is_one_line_and_no_longer_than_it_may_be(text: str, start: int, length: int) -> None:
    part = excerpt(text, (start, start + length))
    assert "\n" not in str(part)
    assert "\r" not in str(part)
    assert len(part.before) <= AROUND + 1
    assert len(part.after) <= AROUND + 1
