"""The summary for a pull request: whatever texts hold, it is shown and does nothing."""

from __future__ import annotations

from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from i18n_pipeline.errors import Problem
from i18n_pipeline.reports.as_summary import summary
from i18n_pipeline.reports.changes import Details, PageChange, TextChange
from i18n_pipeline.reports.escaping import spelled
from i18n_pipeline.reports.report import LocaleReport, Report

MARKDOWN = MarkdownIt("gfm-like", {"linkify": False, "html": True})


def cell(source: str) -> str:
    page = PageChange("x", "X", "terms/ja/x.md", texts=(TextChange("body", source, "訳"),))
    said = summary(Report("sync", (LocaleReport("ja", details=Details((page,))),)))
    return next(line for line in said.splitlines() if line.endswith(" | <code>訳</code> |"))


def test_what_looks_like_markup_or_a_mention_is_neither() -> None:
    text = "@octocat #1 [x](https://evil.example) | <img src=x> `$a$` www.x.y"
    shown = cell(text).split(" | ")[1]
    assert not set(shown.removeprefix("<code>").removesuffix("</code>")) & set("@[]|`$<>*")
    assert shown.startswith("<code>&#64;octocat &#35;1 &#91;x&#93;(https&#58;//evil.example)")
    assert "www&#46;x.y" in shown


@given(st.text("ab @#[]()|<>`*_~\\$&;:.!-+=\"'\n/w日", max_size=40))
def test_a_reader_sees_the_text_as_it_is(text: str) -> None:
    row = cell(text)
    rendered = MARKDOWN.render(f"| | a | b |\n|---|---|---|\n{row}\n")
    (shown,) = rendered.split("<td><code>")[2:3]
    seen = shown.partition("</code>")[0].replace("<br>", "\n")
    assert "<" not in seen
    # what a log would take for a command is spelled out here too
    assert unescape(seen) == "\n".join(map(spelled, text.split("\n")))


def test_errors_come_first_and_are_data_too() -> None:
    problem = Problem("terms/en/<x>.md", 3, 1, "yaml-syntax", "no `value`")
    said = summary(Report("sync", (LocaleReport("ja"),), errors=(problem,)))
    assert "**Needs a person**\n\n- <code>terms/en/&#60;x&#62;.md&#58;3&#58;1&#58; " in said


def test_an_address_leads_where_it_should_and_does_nothing_else() -> None:
    page = PageChange(
        "x", "X", "terms/ja/a#b（\u202e).md", "https://a.b/ja/（)\u2028##[error]?q=1#c"
    )
    said = summary(Report("sync", (LocaleReport("ja", details=Details((page,))),)), "https://g.it/")
    links = [
        str(child.attrs["href"])
        for token in MARKDOWN.parse(said)
        for child in token.children or ()
        if child.type == "link_open"
    ]
    assert links == [
        "https://g.it/terms/ja/a%23b%EF%BC%88%E2%80%AE%29.md",
        "https://a.b/ja/%EF%BC%88%29%E2%80%A8##%5Berror%5D?q=1#c",
    ]
    assert "\u202e" not in said
    assert "\u2028" not in said
