"""A second Markdown parser as witness: what passes the safety rules renders to nothing foreign."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from i18n_pipeline.checks import RULES, check
from i18n_pipeline.formats.body import read_body
from i18n_pipeline.markdown import folded
from i18n_pipeline.model import Kind
from tests.checks.subjects import subject

SAFETY = [rule for rule in RULES if rule.safety]
SOURCE = "A [token](/glossary/token) <b>bold</b> ![i](/i.png) `code` https://x.example/a *word*"
PIECES = st.sampled_from(
    [
        *("[x](", ")", "[", "]", "](", "<", ">", "/glossary/token", "/evil", "//evil.example"),
        *("https://x.example/a", "https://evil.example", "javascript:alert(1)", "&colon;", "\\"),
        *("java&#115;cript:x", "<b>", "</b>", "<i>", "<img src=x onerror=y>", "<!--", "-->", "`"),
        *("``", "*", "**", "_", "!", '"t"', "'", "(", "\n", "    ", "- ", "# ", "> ", "|", "~~"),
        *("[x]:", "[x]", "[x][x]", "言葉", "word", " ", " ", "\t", "1. ", "---", "```", "<https:"),
        *("<a href='/evil'>", "mailto:a@b.example", "<a@b.example>", "{{ x }}", "&lt;", "&amp;"),
        *("[token](/glossary/token)", "![i](/i.png)", "<b>bold</b>", "<?", "<!", "]]>", "/>"),
    ]
)


class _Foreign(HTMLParser):
    """Collects tags with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[tuple[str, tuple[tuple[str, str | None], ...]]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = [(name, value) for name, value in attrs if name not in ("alt", "title")]
        if tag not in ("em", "strong", "s", "p", "code", "br"):
            self.tags.add((tag, tuple(kept)))


def rendered(text: str, kind: Kind) -> set[tuple[str, tuple[tuple[str, str | None], ...]]]:
    """The tags of a page in which a text stands where its kind does."""
    page = {Kind.PARAGRAPH: "hole\n", Kind.ITEM: "- hole\n", Kind.QUOTE: "> hole\n"}
    heading = "## hole\n"
    body = read_body(page.get(kind, heading).encode())
    data = body.render([body.patch(body.slots[0], text)])
    reader = _Foreign()
    reader.feed(MarkdownIt("commonmark").enable("strikethrough").render(data.decode()))
    reader.close()
    return reader.tags


@given(
    st.lists(PIECES, min_size=1, max_size=10).map("".join),
    st.sampled_from([Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTE, Kind.HEADING]),
)
def test_what_is_called_safe_renders_to_nothing_the_source_does_not_have(
    target: str, kind: Kind
) -> None:
    if target.strip() and not check(subject(SOURCE, target, kind=kind), SAFETY):
        fine = rendered(SOURCE, kind) | {("a", (("href", "/i.png"),))}
        assert rendered(target, kind) <= fine, folded(target)
