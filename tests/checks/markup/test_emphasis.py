from __future__ import annotations

import pytest

from i18n_pipeline.checks.markup.emphasis import EMPHASIS
from tests.checks.subjects import found, subject


@pytest.mark.parametrize(
    ("target", "messages"),
    [
        ("**重要**で*大事*な~~古い~~点", []),
        (
            "**「重要」**な*大事*な~~古い~~点",
            ["bold text: 0 of 1 is read as such; write `「**重要**」` instead of `**「重要」**`"],
        ),
        (
            "**重要。**点、*大事*な~~古い~~点",
            ["bold text: 0 of 1 is read as such; write `**重要**。` instead of `**重要。**`"],
        ),
        (
            "**重要**で*「大事」*な~~古い~~点",
            ["emphasis: 0 of 1 is read as such; write `「*大事*」` instead of `*「大事」*`"],
        ),
        ("**重要**で「大事」な~~古い~~点", ["emphasis: 0 of 1 is there"]),
        ("**重要**で*大事*な古い点", ["struck text: 0 of 1 is there"]),
        ("**重要**で**太字**で*大事*な~~古い~~点", []),
    ],
)
def test_emphasis_of_the_source_is_read_as_such(target: str, messages: list[str]) -> None:
    source = "An **important**, *dear*, ~~old~~ point"
    assert found(EMPHASIS, subject(source, target)) == messages


def test_what_is_proposed_is_read_as_such() -> None:
    assert found(EMPHASIS, subject("An **important** point", "「**重要**」な点")) == []


def test_plain_text_has_no_emphasis() -> None:
    assert found(EMPHASIS, subject("2 *a* 3", "2 a 3", markdown=False)) == []


def test_emphasis_that_is_too_much_is_read_as_such_too() -> None:
    target = "**重要**で**太字**で*「大事」*な点"
    message = "this is not read as emphasis; write `「*大事*」` instead of `*「大事」*`"
    assert found(EMPHASIS, subject("An **important** point", target)) == [message]
    assert found(EMPHASIS, subject("2 * 3 * 4 is **24**", "2 *「3」*4は**24**")) == []


def test_signs_that_nobody_would_read_as_emphasis_are_let_be() -> None:
    assert found(EMPHASIS, subject("Two of three", "3*2")) == []
