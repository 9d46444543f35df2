from __future__ import annotations

import pytest

from i18n_pipeline.checks.safety.html_tags import HTML
from tests.checks.subjects import found, subject

SOURCE = 'Press <kbd class="k">Ctrl</kbd> or<br>go <!-- x --> on, if a <b is less.'


@pytest.mark.parametrize(
    "target",
    [
        SOURCE,
        '<kbd class="k">Ctrl</kbd> または',
        '<br><br><kbd class="k">A</kbd><kbd class="k">B</kbd>',
        "`<script>` はコード",
        "\\<script>alert(1)\\</script>",
        "&lt;script&gt;",
        "1 < 2、＜b＞",
    ],
)
def test_html_of_the_source_may_stand_anywhere_in_the_target(target: str) -> None:
    assert found(HTML, subject(SOURCE, target)) == []


@pytest.mark.parametrize(
    ("target", "messages"),
    [
        ("<img src=x onerror=alert(1)>", ["`<img src=x onerror=alert(1)>` is not in the source"]),
        ('<kbd class="K">C</kbd>', ['`<kbd class="K">` is not in the source']),
        ("<KBD>C</kbd>", ["`<KBD>` is not in the source"]),
        ("<!-- y -->", ["`<!-- y -->` is not in the source"]),
        ("a <script", ["`<script` begins a tag that is not in the source"]),
        ("a </kbd <i x", ["`<i` begins a tag that is not in the source"]),
        ('<kbd class="k">Ctrl', ["`<kbd>` is not closed"]),
        ("Ctrl</kbd>", ["`</kbd>` closes nothing"]),
        ('</kbd>C<kbd class="k">', ["`</kbd>` closes nothing", "`<kbd>` is not closed"]),
        ('<kbd class="k"><kbd class="k">C', ["`<kbd>` is not closed (2 times)"]),
    ],
)
def test_html_of_the_targets_own_is_refused(target: str, messages: list[str]) -> None:
    assert found(HTML, subject(SOURCE, target)) == messages


def test_a_source_that_is_not_balanced_asks_for_no_more() -> None:
    assert found(HTML, subject("a</b> c<i>", "あ</b> い<i>")) == []
    assert found(HTML, subject("<b><i>x</i></b>", "<b><i>x</b></i>")) == [
        "`<i>` is not closed",
        "`</i>` closes nothing",
    ]


def test_plain_text_has_no_code_spans_to_hide_html_in() -> None:
    one = subject("A model.", "`<script>`<b", markdown=False)
    assert found(HTML, one) == [
        "`<script>` is not in the source",
        "`<b` begins a tag that is not in the source",
    ]
