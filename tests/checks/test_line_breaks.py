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
