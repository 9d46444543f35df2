from __future__ import annotations

import pytest
from hypothesis import given

from i18n_pipeline.markdown import DEFAULT_EXTENSIONS, EXTENSIONS, Leaf, outline, parse
from i18n_pipeline.model import Kind
from tests.stubs.documents import documents, extensions, scraps

NO_MDX = EXTENSIONS - {"mdx"}


def leaves(text: str, known: frozenset[str] = NO_MDX) -> tuple[Leaf, ...]:
    return outline(parse(text.encode(), known)).leaves


def sources(text: str, known: frozenset[str] = NO_MDX) -> list[str]:
    return [leaf.source for leaf in leaves(text, known)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\\*not bold\\* to the end\\\\\n", ["\\*not bold\\* to the end\\\\"]),
        ("&alpha; and &copy;\n", ["&alpha; and &copy;"]),
        ("a\\\n", ["a\\"]),
        ("\\# no heading\n", ["\\# no heading"]),
        ("1\\. no list\n", ["1\\. no list"]),
        ("a\n2. no list\n", ["a 2. no list"]),
        ("[a\n](u) b\n", ["[a ](u) b"]),
        ("> [a\n> b](u) c\n", ["[a b](u) c"]),
        ("a [ref][]\n\n[ref]: /u\n", ["a [ref][]"]),
        ("x <b\n     >y</b>\n", ["x <b >y</b>"]),
        ("> x <b\n> id=a>y</b>\n", ["x <b id=a>y</b>"]),
        ("`a  \n  b` c\n", ["`a b` c"]),
        ("a  \n  b\\\n  c\n", ["a  \nb\\\nc"]),
        ("a\r\nb  \r\nc\r\n", ["a b  \nc"]),
        ("日本\n語と\nabc\n日本\n", ["日本語と abc 日本"]),
        ("a\nb\nc\n", ["a b c"]),
        ("Title\nof two lines\n===\n", ["Title of two lines"]),
        ("### Closed ###\n", ["Closed"]),
        ("# With id {#id .c}\n", ["With id"]),
        ('[x]({{< ref "a" >}}) word\n', ['[x]({{< ref "a" >}}) word']),
        ("`{{ x }}` word\n", ["`{{ x }}` word"]),
        ("https://example.org/をご覧\n", ["https://example.org/をご覧"]),
        ("> [!NOTE]\n> text\n> more\n", ["text more"]),
        ("> [!info]- \n> text\n", ["text"]),
        ("> [!info] Title\n> text\n", ["[!info] Title text"]),
    ],
)
def test_a_text_is_read_as_written_with_its_soft_breaks_folded(
    text: str, expected: list[str]
) -> None:
    assert sources(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2026 – 100 %\n",
        "&nbsp;\n",
        "🎉\n",
        "https://example.org/a\n",
        "<https://example.org/a>\n",
        "www.example.org\n",
        "someone@example.org\n",
        "`code`\n",
        "![](image.png)\n",
        "<br/>\n",
        "{{ variable }}\n",
        "{{< a >}} 1 {{< b >}}\n",
        "$x$\n",
        "[^1]\n\n[^1]: 1\n",
        "```\ncode\n```\n",
        "    code\n",
        "<div>raw</div>\n",
        "<!-- remark -->\n",
        "---\n",
        "$$\nformula\n$$\n",
        '[ref]: /u "1"\n',
    ],
)
def test_what_holds_no_words_is_no_segment(text: str) -> None:
    assert sources(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n  b\n\n  - c\n\n  after\n", ["a b", "c", "after"]),
        ("- tight\n  - nested\n- more\n", ["tight", "nested", "more"]),
        ("1. > - deep\n   >   er\n", ["deep er"]),
        ("- [ ] open\n- [x] done\n  long\n\n- [ ] loose\n", ["open", "done long", "loose"]),
        ("* a\n\n      code\n* b\n", ["a", "b"]),
        ("- a\n<!-- c -->\n- b\n", ["a", "b"]),
        ("- a\n\n  <!-- c -->\n\n- b\n", ["a", "b"]),
        ("| a | `b` |\n|---|---|\n| `x\\|y` | c\\|d |\n", ["a", "c\\|d"]),
        ("x[^1]\n\n[^1]: one\n    more\n\n    two\n", ["x[^1]", "one more", "two"]),
        ("term\n: one\n  more\n: two\n", ["term", "one more", "two"]),
        ("<div>\n\ntext\n\n</div>\n", ["text"]),
        ("a\n{{< x >}}\nb\n", ["a", "b"]),
        ("![alt *x*](i.png 'title')\n", ["![alt *x*](i.png 'title')"]),
        ('a\n\n[r]: /u \'one\'\n[s]: /v "t\\"wo"\n', ["a", "one", 't\\"wo']),
        ("> a\n>\n> [r]: /u (one)\n", ["a", "one"]),
    ],
)
def test_nothing_is_lost_in_containers(text: str, expected: list[str]) -> None:
    assert sources(text) == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("# h\n\np\n\n- i\n\n> q\n", [Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTE]),
        ("> - i\n", [Kind.ITEM]),
        ("- > q\n", [Kind.QUOTE]),
        ("- # h\n", [Kind.HEADING]),
        ("|c|\n|-|\n", [Kind.CELL]),
        ("t\n: d\n", [Kind.DEFINITION_TITLE, Kind.DEFINITION]),
        ("[^1]: f\n", [Kind.FOOTNOTE]),
        ("[r]: /u 'title'\n", [Kind.LINK_TITLE]),
    ],
)
def test_the_innermost_block_names_the_kind(text: str, kinds: list[Kind]) -> None:
    assert [leaf.kind for leaf in leaves(text)] == kinds


@pytest.mark.parametrize(
    ("text", "continuation"),
    [
        ("a\n", b""),
        ("- a\n", b"  "),
        ("10) a\n", b"    "),
        ("> - a\n", b">   "),
        ("- > a\n", b"  > "),
        ("-\ta\n", b" \t"),
        ("# a\n", None),
        ("|a|\n|-|\n", None),
    ],
)
def test_a_leaf_knows_how_its_further_lines_begin(text: str, continuation: bytes | None) -> None:
    assert leaves(text)[0].continuation == continuation


def test_a_list_mark_in_a_text_is_read_escaped() -> None:
    assert sources("- [ ] 1. x\n") == ["1\\. x"]


def test_references_take_their_definitions_along() -> None:
    text = "[a][r], [s], [{{ x }}][] and[^n]\n\n[r]: </u v> 't'\n[s]: {{ ref }}\n[^n]: x\n"
    first = leaves(text)[0]
    assert first.definitions.splitlines() == ["[r]: </u v>", "[s]: <{{ ref }}>", "[^n]: x"]


def test_only_the_first_definition_of_a_label_is_translated() -> None:
    assert sources("[r]: /u 'one'\n[r]: /v 'two'\n") == ["one"]


def test_blocks_are_the_top_level_ones() -> None:
    cut = outline(parse(b"# h\n\n- a\n\n  b\n\n---\n\n[r]: /u\n\n> [s]: /v\n"))
    assert [block.name for block in cut.blocks] == [
        "Heading",
        "List",
        "Rule",
        "LinkDefinition",
        "BlockQuote",
    ]


def test_comments_are_found_at_any_depth() -> None:
    cut = outline(parse(b"<!-- one -->\n\n- <!-- two -->\n\na <!-- three --> b\n"))
    assert [block.comment for block in cut.comments] == ["one", "two"]
    assert [block.comment for block in cut.inline_comments] == ["three"]


# What pyromark leaves to its callers, one by one.


def test_a_byte_order_mark_is_ordinary_text_to_the_parser() -> None:
    assert leaves("\ufeff# h\n")[0].kind is Kind.PARAGRAPH


def test_offsets_are_bytes_and_on_character_boundaries() -> None:
    text = "é *日本* 🎉 x\n"
    leaf = leaves(text)[0]
    assert text.encode()[leaf.start : leaf.end].decode() == "é *日本* 🎉 x"


def test_entities_come_as_written_and_not_decoded() -> None:
    assert sources("&lt;b&gt; x &#42;\n") == ["&lt;b&gt; x &#42;"]


def test_extensions_are_only_what_is_asked_for() -> None:
    text = "term\n: text ~x~ $a_b$\n"
    assert sources(text, frozenset()) == ["term : text ~x~ $a_b$"]
    assert sources(text, frozenset({"deflist"})) == ["term", "text ~x~ $a_b$"]


def test_bare_addresses_are_no_words_though_the_parser_takes_them_for_text() -> None:
    assert sources("https://example.org/words\n", DEFAULT_EXTENSIONS) == []


@given(documents(), extensions)
def test_leaves_are_in_order_apart_and_inside_the_text(text: str, known: frozenset[str]) -> None:
    _assert_in_order(text, known)


@given(scraps, extensions)
def test_leaves_of_scraps_are_in_order_too(text: str, known: frozenset[str]) -> None:
    _assert_in_order(text, known)


def _assert_in_order(text: str, known: frozenset[str]) -> None:
    data = text.encode()
    position = 0
    for leaf in leaves(text, known):
        assert position <= leaf.start < leaf.end <= len(data)
        assert data[leaf.start : leaf.end].decode().strip(" \t\r\n")
        position = leaf.end
