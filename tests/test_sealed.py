"""What is sealed is opened as it was, for the same use alone; damaged, it is nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.sealed import opened, opened_lines, sealed, sealed_lines

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\n"))


@given(WORDS, st.binary())
def test_it_is_opened_as_it_was(good_for: str, body: bytes) -> None:
    assert opened(good_for, sealed(good_for, body)) == body


@given(WORDS, st.lists(st.binary().map(lambda line: line.replace(b"\n", b" "))))
def test_lines_are_sealed_as_if_they_were_joined(good_for: str, lines: list[bytes]) -> None:
    whole = sealed(good_for, b"\n".join(lines))
    assert bytes(sealed_lines(good_for, lines)) == whole
    assert [*opened_lines(good_for, whole)] == (lines if any(lines) or len(lines) > 1 else [])


def test_it_is_good_for_nothing_else() -> None:
    assert opened("rest/2", sealed("rest/1", b"{}")) is None
    assert opened_lines("rest/2", sealed("rest/1", b"{}")) == ()


@pytest.mark.parametrize("data", [None, b"", b"{}", sealed("", b"{}")[:-1], sealed("x", b"{}")])
def test_what_is_not_as_it_was_written_is_nothing(data: bytes | None) -> None:
    assert opened("", data) is None
    assert opened_lines("", data) == ()


@given(st.binary(min_size=1), st.data())
def test_no_changed_byte_is_believed(body: bytes, data: st.DataObject) -> None:
    whole = bytearray(sealed("rest/1", body))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    assert opened("rest/1", bytes(whole)) is None
    assert opened_lines("rest/1", bytes(whole)) == ()
