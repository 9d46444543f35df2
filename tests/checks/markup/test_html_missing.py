from __future__ import annotations

import pytest

from i18n_pipeline.checks.markup.html_missing import HTML_MISSING
from tests.checks.subjects import found, subject


@pytest.mark.parametrize(
    ("target", "messages"),
    [
        ("<kbd>あ</kbd><br>い", []),
        ("あ<br>い", ["`<kbd>` is missing", "`</kbd>` is missing"]),
        ("<kbd>あ</kbd><br>い<br>", ["`<br>` is there twice, in the source once"]),
        ("<kbd>あ</kbd><br>い<i>", []),  # the safety rule's business
    ],
)
def test_html_of_the_source_is_there_as_often(target: str, messages: list[str]) -> None:
    assert found(HTML_MISSING, subject("<kbd>a</kbd><br>b", target)) == messages
