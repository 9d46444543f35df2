from __future__ import annotations

import pytest

from i18n_pipeline.checks.line_breaks import LINE_BREAKS
from tests.checks.subjects import found, subject


@pytest.mark.parametrize(
    ("target", "messages"),
    [
        ("あ\\\nい", []),
        ("あ  \nい", []),
        ("あい", ["has 0 line breaks, the source 1"]),
        ("あ\\\nい\\\nう", ["has 2 line breaks, the source 1"]),
    ],
)
def test_hard_line_breaks_are_counted(target: str, messages: list[str]) -> None:
    assert found(LINE_BREAKS, subject("a\\\nb", target)) == messages


def test_a_break_at_an_end_of_the_text_is_told_because_gettext_refuses_it() -> None:
    (message,) = found(LINE_BREAKS, subject("One.", "一。\n"))
    assert message.startswith("begins or ends with a line break")
