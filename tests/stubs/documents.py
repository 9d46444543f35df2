"""Markdown documents for property tests: every construct, in every container, broken ones too."""

from __future__ import annotations

from hypothesis import strategies as st

from i18n_pipeline.markdown import DEFAULT_EXTENSIONS, EXTENSIONS

EXTENSION_SETS = (
    DEFAULT_EXTENSIONS,
    EXTENSIONS,
    EXTENSIONS - {"mdx"},
    frozenset[str](),
    EXTENSIONS - {"deflist", "math"},
)

_WORDS = ("word", "two words", "2024. gads", "x", "日本語", "機械学習。", "한국어", "é", "e\u0301")
_MARKUP = (
    "*em*",
    "**strong**",
    "**日本。**です",
    "~~struck~~",
    "`code`",
    "``a`b``",
    "[link](u)",
    '[l *e*](</a b> "A title")',
    "![alt](i.png 'title')",
    "[![alt](i)](u)",
    "[ref]",
    "[ref][]",
    "[text][ref]",
    "note[^1]",
    "<https://x.y>",
    "<a@b.c>",
    "https://e.org/a_b",
    "a@b.de",
    "<b>x</b>",
    "<br/>",
    "<!-- c -->",
    "$x_1$",
    "{{ var }}",
    '{{< ref "a_b" >}}',
    "{% x %}",
    '[x]({{< ref "a" >}})',
    "{expr}",
    "<Tab a={1}>",
    "{#id}",
)
_TROUBLE = (
    "\\*esc\\*",
    "\\\\",
    "\\",
    "&amp;",
    "&#42;",
    "&nbsp;",
    "\u00a0",
    "\u3000",
    "\ufeff",
    "\u2028",
    "a * b",
    "a  b",
    "x<y",
    "a&b",
    "x | y",
    "`a|b`",
    "1. x",
    "- y",
    "# z",
    "> q",
    "| p",
    ": d",
    "===",
    "---",
    "***",
    "+++",
    "[",
    "](",
    "[a](",
    "![",
    "]: x",
    "[ref]: y",
    "[ ]",
    "[x]",
    "[!NOTE]",
    "`",
    "**",
    "~",
    '"q"',
    "</div>",
    "<div>",
    "<http://",
    "\tx",
)
_TWO_LINES = (
    "[a\nb](u)",
    "[a\n](u)",
    "`a\nb`",
    "`x  \n y`",
    "*a\nb*",
    "**a  \nb**",
    '[l](u\n"title")',
    "![a\nb](i 'title')",
    "[ref\nx]",
    "x <i\nid=a>y</i>",
    "{{< a\nb >}}",
    "x <!-- a\nb -->",
    "日\n本",
    "$a\nb$",
)
BREAKS = ("\n", "\n", "\n", "  \n", "\\\n", " \n")

fragments = st.sampled_from((*_WORDS, *_WORDS, *_MARKUP, *_TROUBLE))
lines = st.lists(fragments, min_size=1, max_size=4).map(" ".join)
_cells = st.lists(fragments, min_size=1, max_size=2).map(
    lambda parts: " ".join(parts).replace("|", "\\|")
)


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    """A line or a few, with soft and hard breaks between and inside."""
    text = draw(st.one_of(lines, lines, st.sampled_from(_TWO_LINES)))
    for _ in range(draw(st.sampled_from((0, 0, 1, 2)))):
        text += draw(st.sampled_from(BREAKS)) + draw(lines)
    return text


def indented(text: str, first: str, rest: str) -> str:
    """The text in a container: `first` before its first line, `rest` before the others."""
    head, *tail = text.split("\n")
    return "\n".join([first + head, *(rest + line if line or ">" in rest else "" for line in tail)])


@st.composite
def _tables(draw: st.DrawFn) -> str:
    width = draw(st.integers(1, 3))
    row = st.lists(_cells, min_size=width, max_size=width).map(lambda c: f"| {' | '.join(c)} |")
    head, *body = draw(st.lists(row, min_size=1, max_size=3))
    return "\n".join([head, "|" + "---|" * width, *body])


_fixed = st.sampled_from(
    (
        "```py\n*code*\n```",
        "    indented *code*",
        "<div>\n*raw*\n</div>",
        "<!-- a remark -->",
        "<!-- i18n: note a hint -->",
        '[ref]: /u "A title"',
        "[ref]: /u\n  (title)",
        "---",
        "$$\nx\n$$",
        "{{< fig >}}",
        "{{< fig\n  a=1 >}}",
        "import X from 'y'",
        "{/* c */}",
        "> [!NOTE]\n> text",
        "> [!info] Words\n> text",
    )
)
_wrapped = paragraphs().flatmap(
    lambda text: st.sampled_from(
        (
            f"{text}\n===",
            f"{text}\n---",
            f"term\n: {indented(text, '', '  ')}",
            f"[^1]: {indented(text, '', '    ')}",
            f"<!-- i18n: skip -->\n\n{text}\n\n<!-- i18n: end -->",
            f"{{{{% n %}}}}\n{text}\n{{{{% /n %}}}}",
            f"<Tabs>\n\n{text}\n\n</Tabs>",
        )
    )
)
_headings = st.builds(
    "{} {}{}".format,
    st.sampled_from(("#", "##", "####")),
    lines,
    st.sampled_from(("", " #", " {#id}")),
)


def _contained(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=2).map("\n\n".join)
    marks = st.sampled_from(("- ", "* ", "1. ", "10) ", "-   ", "- [ ] ", "> ", ">", "[^1]: "))
    return st.builds(_put, several, marks)


def _put(text: str, mark: str) -> str:
    if mark.startswith(">"):
        return indented(text, mark, mark)
    return indented(text, mark, " " * len(mark.removesuffix("[ ] ")))


_leaves = st.one_of(paragraphs(), paragraphs(), _headings, _tables(), _fixed, _wrapped)
blocks = st.recursive(_leaves, _contained, max_leaves=4)
_gaps = st.sampled_from(("\n\n", "\n\n", "\n\n", "\n", "\n\n\n"))


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A few blocks, with LF or CRLF, with or without an end to the last line."""
    parts = draw(st.lists(st.tuples(blocks, _gaps), min_size=1, max_size=4))
    text = "".join(block + gap for block, gap in parts)
    text = draw(st.sampled_from((text, text.rstrip("\n"))))
    return draw(st.sampled_from((text, text, text.replace("\n", "\r\n"))))


_SCRAPS = (
    *"a b*_`[]()<>!#-+|:\\~$&;'\"{}%=1.x/\t@^。日本",
    "\n",
    "\n",
    "\n\n",
    "  \n",
    "[a]",
    "](u)",
    "[^1]",
    "{{",
    "}}",
    "<!--",
    "-->",
    "```\n",
    "&amp;",
    "- ",
    "> ",
    "1. ",
    "| a |\n|--|\n",
)
scraps = st.lists(st.sampled_from(_SCRAPS), max_size=60).map("".join)
"""Markdown as no person writes it: characters and marks in any order."""

extensions = st.sampled_from(EXTENSION_SETS)
