"""Markdown becomes plain nodes: what a reader sees, and nothing that runs, leads or loads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.desk.rendering import Place, document, inline
from i18n_pipeline.errors import BadFile
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS, parse

EXTENSIONS = DEFAULT_EXTENSIONS | {"deflist", "math"}
BLOCKS = {"p", "h", "ul", "ol", "li", "blockquote", "table", "tr", "td", "th", "dl", "dt", "dd"}
SPANS = {"span", "em", "strong", "s", "code", "html", "link", "image", "sup", "br"}
NAMES = BLOCKS | SPANS | {"div", "pre", "hr"}


def rendered(text: str, *places: Place) -> list[object]:
    return document(parse(text.encode(), EXTENSIONS), places)


SCRIPT = "<script>x</script>\n"
FOOTNOTE = ["div", {"class": "footnote", "label": "1"}, [["p", {}, ["b"]]]]
ROWS = [["tr", {}, [["th", {}, ["a"]]]], ["tr", {}, [["td", {}, [["code", {}, ["x"]]]]]]]
ITEMS = [["li", {}, ["a"]], ["li", {}, ["b"]]]
BROKEN = ["a b", ["br", {}, []], "c"]


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("## Two", [["h", {"level": 2}, ["Two"]]]),
        ("3. a\n4. b", [["ol", {"start": 3}, ITEMS]]),
        ("- [x] a\n- [ ] b", [["ul", {}, [["li", {}, ["☑ a"]], ["li", {}, ["☐ b"]]]]]),
        ("<script>x</script>\n", [["pre", {"class": "html"}, [["html", {}, [SCRIPT]]]]]),
        ("<!-- i18n: note x -->\n\na", [["pre", {"class": "html"}, []], ["p", {}, ["a"]]]),
        ("a[^1]\n\n[^1]: b", [["p", {}, ["a", ["sup", {}, ["1"]]]], FOOTNOTE]),
        ("| a |\n|---|\n| $x$ |", [["table", {}, ROWS]]),
        ("a\n: b", [["dl", {}, [["dt", {}, ["a"]], ["dd", {}, ["b"]]]]]),
        ("> a\n\n---", [["blockquote", {}, [["p", {}, ["a"]]]], ["hr", {}, []]]),
    ],
)
def test_what_blocks_come_to(text: str, nodes: list[object]) -> None:
    assert rendered(text) == nodes


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("a *b* **c**", ["a ", ["em", {}, ["b"]], " ", ["strong", {}, ["c"]]]),
        ("~~d~~", [["s", {}, ["d"]]]),
        ("a\nb\\\nc", BROKEN),
        ("`<b>` &amp; \\*", [["code", {}, ["<b>"]], " & *"]),
        ("[a](javascript:alert(1))", [["link", {"title": "javascript:alert(1)"}, ["a"]]]),
        ("![a](https://x/y.png)", [["image", {"title": "https://x/y.png"}, ["a"]]]),
        ("a <img onerror=y> b", ["a ", ["html", {}, ["<img onerror=y>"]], " b"]),
        ('a {{< ref "x" >}} b', ['a {{< ref "x" >}} b']),
    ],
)
def test_what_a_paragraph_comes_to(text: str, nodes: list[object]) -> None:
    assert rendered(text) == [["p", {}, nodes]]


def test_what_stands_in_a_place_is_marked_with_its_unit() -> None:
    text = "- a *b*\n  - c\n"
    places = (Place(2, 7, "one"), Place(12, 13, "two"))
    assert rendered(text, *places) == [
        ["ul", {}, [["li", {}, [
            ["span", {"unit": "one"}, ["a ", ["em", {}, ["b"]]]],
            ["ul", {}, [["li", {}, [["span", {"unit": "two"}, ["c"]]]]]],
        ]]]],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("1. a", ["1. a"]),
        ("# a", ["# a"]),
        ("*a*", [["em", {}, ["a"]]]),
        ("", []),
    ],
)
def test_a_text_is_read_as_it_stands_in_its_block(text: str, nodes: list[object]) -> None:
    assert inline(text, "", EXTENSIONS) == nodes


def test_a_reference_is_read_with_its_definition_which_is_not_shown() -> None:
    assert inline("[a][b]", "[b]: /x", EXTENSIONS) == [["link", {"title": "/x"}, ["a"]]]


def names_of(nodes: list[object]) -> set[str]:
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, list):
            name, _, children = node
            assert isinstance(name, str)
            assert isinstance(children, list)
            found |= {name} | names_of(children)
    return found


@given(st.text(st.sampled_from("ab *_`[]()<>!#-|:\n\\{}^$~&x1.\t")))
def test_no_text_becomes_anything_that_the_page_does_not_know(text: str) -> None:
    try:
        assert names_of(rendered(text)) <= NAMES
        assert names_of(inline(text, "", EXTENSIONS)) <= NAMES
    except BadFile:
        return
