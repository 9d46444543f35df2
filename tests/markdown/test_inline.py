from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from i18n_pipeline.errors import BadFile
from i18n_pipeline.markdown import (
    EXTENSIONS,
    Mark,
    Token,
    inline_tokens,
    opaque_ranges,
    plain_tokens,
)
from tests.stubs.documents import extensions, fragments, paragraphs, scraps

NO_MDX = EXTENSIONS - {"mdx"}
WITHOUT_SIGNS = st.characters(
    exclude_characters="*_`~[]<>\\&$^{}|@#\n\r\t", exclude_categories=["Cs"]
)
REFERENCES = "[ref]: </u>\n[^1]: x"


def cut(text: str, tokens: tuple[Token, ...]) -> list[tuple[Mark, str]]:
    return [(token.mark, text[token.start : token.end]) for token in tokens]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("plain words", []),
        ("a `b` c", [(Mark.CODE, "`b`")]),
        ("``a`b``", [(Mark.CODE, "``a`b``")]),
        ("*a* _b_", [(Mark.EMPHASIS, "*a*"), (Mark.EMPHASIS, "_b_")]),
        ("**a**", [(Mark.STRONG, "**a**")]),
        ("~a~ ~~b~~", [(Mark.STRIKE, "~a~"), (Mark.STRIKE, "~~b~~")]),
        ("$a$ $$b$$", [(Mark.MATH, "$a$"), (Mark.MATH, "$$b$$")]),
        ("<b>a</b>", [(Mark.HTML, "<b>"), (Mark.HTML, "</b>")]),
        ("a <!-- b --> c", [(Mark.HTML, "<!-- b -->")]),
        ("a[^1]", [(Mark.FOOTNOTE, "[^1]")]),
        ("a[^2]", []),
        ("{{ a | b }} {% c %}", [(Mark.TEMPLATE, "{{ a | b }}"), (Mark.TEMPLATE, "{% c %}")]),
        ("`{{ a }}`", [(Mark.CODE, "`{{ a }}`")]),
        ("Title {#id .c}", [(Mark.TEMPLATE, "{#id .c}")]),
        ("Title {:.c}", [(Mark.TEMPLATE, "{:.c}")]),
        ("a  \nb\\\nc", [(Mark.BREAK, "  \n"), (Mark.BREAK, "\\\n")]),
        ("\\* &amp; &#42;", [(Mark.ESCAPE, "\\*"), (Mark.ENTITY, "&amp;"), (Mark.ENTITY, "&#42;")]),
        ("<https://a.b> x", [(Mark.AUTOLINK, "<https://a.b>")]),
        ("<a@b.c> x", [(Mark.AUTOLINK, "<a@b.c>")]),
        ("see https://a.b/c_d.", [(Mark.AUTOLINK, "https://a.b/c_d")]),
        ("(https://a.b/c_(d))", [(Mark.AUTOLINK, "https://a.b/c_(d)")]),
        ("はhttps://a.b です", [(Mark.AUTOLINK, "https://a.b")]),
        ("メールはa@b.deへ", [(Mark.AUTOLINK, "a@b.de")]),
        ("[*a*](u)", [(Mark.LINK, "[*a*](u)"), (Mark.EMPHASIS, "*a*")]),
        ("[![a](i)](u)", [(Mark.LINK, "[![a](i)](u)"), (Mark.IMAGE, "![a](i)")]),
        ("[a](b {{ c }})", [(Mark.TEMPLATE, "{{ c }}")]),
        ("1. a", []),
        ("- a", []),
        ("# a", []),
        ("a\\\n- b", [(Mark.BREAK, "\\\n")]),
        ("a\\\n<!-- b -->", [(Mark.BREAK, "\\\n"), (Mark.HTML, "<!-- b -->")]),
        ("a\n\nb `c`", [(Mark.CODE, "`c`")]),
        ("", []),
    ],
)
def test_tokens_are_what_is_no_plain_word(text: str, tokens: list[tuple[Mark, str]]) -> None:
    assert cut(text, inline_tokens(text, REFERENCES, NO_MDX)) == tokens


@pytest.mark.parametrize(
    ("text", "destination", "at", "title", "label"),
    [
        ("[a](u)", "u", "u", None, ""),
        ("[a](<u v>)", "u v", "<u v>", None, ""),
        ('[a](u "T")', "u", "u", "T", ""),
        ("[a](u 'T \"x\"')", "u", "u", 'T "x"', ""),
        ("[a](u (T))", "u", "u", "T", ""),
        ("[a](b(c)d)", "b(c)d", "b(c)d", None, ""),
        ("[a](b\\)c)", "b)c", "b\\)c", None, ""),
        ("[a]()", "", "", None, ""),
        ("[a \\] `]` b](u)", "u", "u", None, ""),
        ("![a](i)", "i", "i", None, ""),
        ('[a]({{< ref "b" >}})', '{{< ref "b" >}}', '{{< ref "b" >}}', None, ""),
        ('[a](/{{ b }}/c "T")', "/{{ b }}/c", "/{{ b }}/c", "T", ""),
        ("[a][ref]", "/u", None, None, "ref"),
        ("[ref][]", "/u", None, None, "ref"),
        ("[ref]", "/u", None, None, "ref"),
        ("<https://a.b>", "https://a.b", "<https://a.b>", None, ""),
        ("https://a.b", "https://a.b", "https://a.b", None, ""),
    ],
)
def test_a_link_knows_where_it_points_and_where_that_is_written(
    text: str, destination: str, at: str | None, title: str | None, label: str
) -> None:
    token = inline_tokens(text, REFERENCES)[0]
    assert token.destination == destination
    assert (token.at and text[slice(*token.at)]) == at
    assert (token.title and text[slice(*token.title)]) == title
    assert token.label == label
    assert (token.start, token.end) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("[a b](u)", "a b"),
        ("![](i)", ""),
        ("[ref][]", "ref"),
        ("[`]` \\]](u)", "`]` \\]"),
        ("**日本**", "日本"),
        ("~~a~~", "a"),
        ("[日本 *語*](u)", "日本 *語*"),
    ],
)
def test_a_pair_knows_what_it_wraps(text: str, inner: str) -> None:
    token = inline_tokens(text, REFERENCES)[0]
    assert token.inner
    assert text[slice(*token.inner)] == inner


def test_emphasis_that_japanese_punctuation_keeps_open_is_no_token() -> None:
    assert inline_tokens("**「重要」**な点") == ()


@pytest.mark.parametrize(
    ("text", "expressions"),
    [
        ("a {b} c", ["{b}"]),
        ("<Tab a={1}>x</Tab>", ["<Tab a={1}>", "</Tab>"]),
        ("[a]({b})", ["[a]({b})"]),
    ],
)
def test_expressions_of_mdx_are_one_with_what_holds_them(text: str, expressions: list[str]) -> None:
    assert [part for _, part in cut(text, inline_tokens(text, "", EXTENSIONS))] == expressions


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("a *b* [c](d)", []),
        ("{{ a }} and {% b %}", ["{{ a }}", "{% b %}"]),
        ("the `a` and ``b`c``", ["`a`", "``b`c``"]),
        ("<b>a</b><!-- c -->", ["<b>", "</b>", "<!-- c -->"]),
        ("a < b and b > c", []),
        ("https://a.b, a@b.de!", ["https://a.b", "a@b.de"]),
        ("a &amp; b & c", ["&amp;"]),
        ("C:\\*.txt", []),
    ],
)
def test_plain_text_has_tags_code_addresses_and_references(text: str, tokens: list[str]) -> None:
    assert [part for _, part in cut(text, plain_tokens(text))] == tokens


@given(st.one_of(paragraphs(), scraps, st.text()), extensions)
@example("\n\n<A0\n>", frozenset({"mdx"}))
def test_tokens_lie_in_the_text_and_their_ends_do_not_overlap(
    text: str, known: frozenset[str]
) -> None:
    for tokens in (inline_tokens(text, REFERENCES, known), plain_tokens(text)):
        position = 0
        for start, end in opaque_ranges(tokens):
            assert position <= start <= end <= len(text)
            position = end


@given(st.lists(fragments, min_size=1, max_size=3).map(" ".join))
def test_a_text_behind_another_has_the_same_tokens(text: str) -> None:
    alone = inline_tokens(f"Words {text}", REFERENCES, NO_MDX)
    behind = inline_tokens(f"日本 {text}", REFERENCES, NO_MDX)
    assert [(t.mark, t.start - 6, t.end - 6) for t in alone] == [
        (t.mark, t.start - 3, t.end - 3) for t in behind
    ]


@given(st.text(WITHOUT_SIGNS))
def test_what_needs_no_parser_would_get_no_tokens_from_it(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("i18n_pipeline.markdown.inline._SIGN", re.compile(""))
        try:
            parsed = inline_tokens(text, extensions=EXTENSIONS)
        except BadFile:
            return
    assert inline_tokens(text, extensions=EXTENSIONS) == parsed


def test_a_component_over_several_lines_is_one_token() -> None:
    (token,) = inline_tokens("a\n<Box\nb={1}\n/>", "", frozenset({"mdx"}))
    assert (token.mark, token.start, token.end) == (Mark.TEMPLATE, 2, 15)
