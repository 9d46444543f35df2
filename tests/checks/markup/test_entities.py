from __future__ import annotations

import pytest

from i18n_pipeline.checks.markup.entities import ENTITIES
from i18n_pipeline.checks.markup.placeholders import PLACEHOLDERS
from i18n_pipeline.model import Kind
from tests.checks.subjects import found, mended, subject


@pytest.mark.parametrize(
    ("source", "target", "better"),
    [
        ("R &amp; D", "研究&amp;amp;開発", "研究&amp;開発"),
        ("a &lt; b", "a &amp;lt; b", "a &lt; b"),
        ("a &lt; b", "a &#38;lt; b", "a &lt; b"),
        ("a &lt; b", "a &amp;amp;lt; b", "a &lt; b"),
        ("Write &lt;b&gt; for bold", "太字は<b>と書く", "太字は&lt;b&gt;と書く"),
        ("Write &lt;/p&gt; last", "Por último, </p>", "Por último, &lt;/p&gt;"),
    ],
)
def test_references_that_say_something_else_now_are_mended(
    source: str, target: str, better: str
) -> None:
    assert mended(ENTITIES, subject(source, target)) == better


@pytest.mark.parametrize(
    ("source", "target", "better"),
    [
        ('the "thinking" model', "das &quot;denkende&quot; Modell", 'das "denkende&quot; Modell'),
        ("It's R & D", "C'est la R &amp; D", "C'est la R & D"),
        ("It's R & D", "C&#39;est la R & D", "C'est la R & D"),
        ("a < b", "أ &lt; ب", "أ < ب"),
    ],
)
def test_in_a_plain_text_readers_see_references_as_they_are(
    source: str, target: str, better: str
) -> None:
    one = subject(source, target, markdown=False, kind=Kind.TEXT)
    assert mended(ENTITIES, one) == better


@pytest.mark.parametrize("markdown", [True, False])
@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("R &amp; D", "研究&amp;開発"),
        ("R &amp; D", "研究と開発"),
        ("Write `&amp;lt;`", "Escribe `&amp;lt;`"),
        ("Write &amp;lt; for &lt;", "用 &amp;lt; 表示 &lt;"),
        ("a & b; c", "a & b; c"),
        ("AT&T; and more", "AT&T; 및 기타"),
        ("word", "слово &nbsp;"),
    ],
)
def test_what_the_source_has_or_a_text_needs_is_fine(
    source: str, target: str, markdown: bool
) -> None:
    assert found(ENTITIES, subject(source, target, markdown=markdown)) == []


def test_in_markdown_a_reference_is_as_good_as_its_character() -> None:
    assert found(ENTITIES, subject('a "b" c', "a &quot;b&quot; c")) == []


def test_a_tag_of_the_source_is_no_undone_reference() -> None:
    one = subject("<b>x</b> and &lt;b&gt;", "<b>あ</b>と&lt;b&gt;")
    assert found(ENTITIES, one) == []


def test_code_shows_its_references_as_they_are() -> None:
    assert found(ENTITIES, subject("Write `&lt;`", "写作 `&amp;lt;`")) == []


def test_one_fault_is_told_once() -> None:
    one = subject("a &lt; b", "a &amp;lt; b")
    assert found(PLACEHOLDERS, one) == []
    assert found(ENTITIES, one) == ["`&amp;lt;` is escaped twice; write `&lt;`"]
