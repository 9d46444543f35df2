from __future__ import annotations

import pytest

from i18n_pipeline.markdown import EXTENSIONS, outline, parse
from i18n_pipeline.markdown.masks import expression_spans, mask, outside, template_spans


def _cut(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text.encode()[start:end].decode() for start, end in spans]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ('a {{< ref "x_y" >}} b', ['{{< ref "x_y" >}}']),
        ("{{ a }}{{ b }}", ["{{ a }}", "{{ b }}"]),
        ("{% if a %}words{% endif %}", ["{% if a %}", "{% endif %}"]),
        ("{{ a {{ b }}", ["{{ b }}"]),
        ("{{ two\nlines }}", ["{{ two\nlines }}"]),
        ("{{ two\n\nblocks }}", []),
        ("{{ 日本語 }}", ["{{ 日本語 }}"]),
        ("{ a } {{ b", []),
    ],
)
def test_template_tags_are_found_within_one_block(text: str, tags: list[str]) -> None:
    assert _cut(text, template_spans(text.encode())) == tags


@pytest.mark.parametrize(
    ("text", "expressions"),
    [
        ("a {b} c", ["{b}"]),
        ("{a {b} c}", ["{a {b} c}"]),
        ("{/* c */}", ["{/* c */}"]),
        ("\\{a} {b}", ["{b}"]),
        ("{a\n\nb}", []),
        ("# Title {#id}", []),
        ("{.class} {a}", ["{a}"]),
    ],
)
def test_expressions_have_balanced_braces(text: str, expressions: list[str]) -> None:
    assert _cut(text, expression_spans(text.encode(), [])) == expressions


def test_braces_in_code_belong_to_no_expression() -> None:
    text = "```js\nif (x) {\n```\ntext {a}\n"
    assert parse(text.encode(), EXTENSIONS).tags == ((24, 27),)


def test_spans_that_begin_or_end_in_a_hole_are_dropped() -> None:
    holes = [(10, 20), (30, 40)]
    spans = [(0, 5), (5, 15), (8, 25), (12, 14), (20, 30), (25, 50), (45, 50)]
    assert outside(spans, holes) == [(0, 5), (8, 25), (20, 30), (25, 50), (45, 50)]


@pytest.mark.parametrize(
    "text",
    [
        "{{ a }}",
        "{{ a }} {% b %}",
        "  {{< a\n     b >}}  ",
        "> {{< a\n> b >}}",
        "words {{ a }}",
        "{{\r\nx\r\n}}",
        "{a}",
        "{}",
        "{{}}",
        "日{{ 本 }}語",
    ],
)
def test_filler_has_the_length_and_the_lines_of_what_it_hides(text: str) -> None:
    data = text.encode()
    spans = expression_spans(data, [])
    masked = mask(data, spans or template_spans(data), lines=True)
    assert len(masked) == len(data)
    assert b"{" not in masked


def test_a_tag_on_its_own_line_is_a_block_between_two_paragraphs() -> None:
    data = b"above\n{{< a\n  b >}}\nbelow\n"
    leaves = outline(parse(data, frozenset({"shortcode"}))).leaves
    assert [leaf.source for leaf in leaves] == ["above", "below"]


def test_a_tag_of_several_lines_stays_in_its_container() -> None:
    data = b"- above\n  {{< a\n    b >}}\n  below\n"
    leaves = outline(parse(data, frozenset({"shortcode"}))).leaves
    assert [leaf.source for leaf in leaves] == ["above", "below"]
    assert leaves[1].continuation == b"  "


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("import A from 'a'\nimport B from 'b'\n\nwords\n", ["words"]),
        ("\nexport const a = {b: 1}\n\nwords\n", ["words"]),
        ("<Tabs>\nwords\n</Tabs>\n", ["words"]),
        ("<Tabs\n  a='b'\n  c={d => e}\n/>\n\nwords\n", ["words"]),
        ("words <Tab a={1}/> more\n", ["words <Tab a={1}/> more"]),
        ("{a}\n\n{a} words\n", ["{a} words"]),
        ("important words\n", ["important words"]),
        ("- import duties\n", ["import duties"]),
    ],
)
def test_mdx_is_no_text(text: str, sources: list[str]) -> None:
    leaves = outline(parse(text.encode(), frozenset({"mdx"}))).leaves
    assert [leaf.source for leaf in leaves] == sources
