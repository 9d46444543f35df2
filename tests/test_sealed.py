"""What is sealed is opened as it was, for the same use alone; damaged, it is nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.sealed import opened, sealed

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\n"))


@given(WORDS, st.binary())
def test_it_is_opened_as_it_was(good_for: str, body: bytes) -> None:
    assert opened(good_for, sealed(good_for, body)) == body


def test_it_is_good_for_nothing_else() -> None:
    assert opened("rest/2", sealed("rest/1", b"{}")) is None


@pytest.mark.parametrize("data", [None, b"", b"{}", sealed("", b"{}")[:-1], sealed("x", b"{}")])
def test_what_is_not_as_it_was_written_is_nothing(data: bytes | None) -> None:
    assert opened("", data) is None


@given(st.binary(min_size=1), st.data())
def test_no_changed_byte_is_believed(body: bytes, data: st.DataObject) -> None:
    whole = bytearray(sealed("rest/1", body))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    assert opened("rest/1", bytes(whole)) is None
