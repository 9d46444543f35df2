"""Percent-encoding: what was encoded comes back, and nothing unsafe is left."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.formats.percent import decode, encode

UNSAFE = re.compile(r"[%\s,=]")


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("% ,=あ")))
def test_decoding_gives_back_what_was_encoded(text: str) -> None:
    encoded = encode(text, UNSAFE)
    assert decode(encoded) == text
    assert not UNSAFE.search(encoded.replace("%", ""))


def test_names_that_are_safe_stay_readable() -> None:
    assert encode("terms/en/日本 1%.md", UNSAFE) == "terms/en/日本%201%25.md"


def test_a_stray_percent_sign_of_another_tool_stays() -> None:
    assert decode("100%.md %zz") == "100%.md %zz"


def test_bytes_that_are_not_utf8_are_marked() -> None:
    assert decode("%FFx") == "\ufffdx"
