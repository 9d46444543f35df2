from __future__ import annotations

import pytest

from i18n_pipeline.checks.markup.line_breaks import LINE_BREAKS
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


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("One.", "一。\n", True),
        ("One.\n", "一。", True),
        ("\nOne.", "一。", True),
        ("One.\n", "一。\n", False),
    ],
)
def test_msgfmt_refuses_a_line_break_at_an_end_of_one_side_only(
    source: str, target: str, told: bool
) -> None:
    assert (
        any("at its beginning or end" in m for m in found(LINE_BREAKS, subject(source, target)))
        is told
    )


@pytest.mark.parametrize("text", ["\nOne.", "One.\n", "\\\n"])
def test_a_break_at_the_same_end_of_both_texts_is_none_of_a_translations_faults(text: str) -> None:
    assert found(LINE_BREAKS, subject(text, text, markdown=False)) == []
