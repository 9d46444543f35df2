"""The title and text of a pull request: what they say, and that no text of a term steers them."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from i18n_pipeline.errors import Problem
from i18n_pipeline.reports.delivery.contents import Contents, Fate, Page, Pair, Part
from i18n_pipeline.reports.delivery.proposal import (
    LONGEST,
    body_of,
    is_unasked,
    joined,
    shown,
    state_in,
    title_after,
    title_of,
)
from i18n_pipeline.reports.escaping import spelled
from i18n_pipeline.reports.report import Issue, LocaleReport, Report, Units

PAIR = Pair("lora/body", "Only small layers.", "小さな層だけ。")
PAGE = Page("lora", "terms/ja/lora.md", Fate.NEW, (PAIR,))
PART = Part(
    "ja",
    "Japanese",
    "ltr",
    "locales/ja/terms.po",
    LocaleReport("ja", units=Units(1, 2, 3)),
)


UNREVIEWED = replace(PAGE, pairs=(PAIR, replace(PAIR, draft=True)))


def contents(*pages: Page, drafts: int = 0, **more: object) -> Contents:
    part = replace(PART, pages=pages, drafts=drafts)
    made = Contents((part,), Report("sync"), Report("check"), "0a1b")
    return replace(made, **more)  # type: ignore[arg-type]  # the tests name fields


@pytest.mark.parametrize(
    ("brought", "words"),
    [
        (contents(PAGE), "publishes 1 page"),
        (contents(PAGE, PAGE, drafts=3), "publishes 2 pages"),
        (contents(PAGE, UNREVIEWED), "publishes 2 pages (1 with drafts)"),
        (contents(replace(PAGE, fate=Fate.GONE)), "takes 1 page away"),
        (contents(PAGE, replace(PAGE, fate=Fate.GONE)), "publishes 1 page, takes 1 page away"),
        (contents(drafts=1), "drafts only"),
        (contents(), "review files only"),
    ],
)
def test_the_title_says_whether_readers_will_see_anything(brought: Contents, words: str) -> None:
    assert title_of(brought) == f"Japanese (ja): {words}"


def test_the_text_begins_with_what_it_brings_and_has_the_pairs() -> None:
    body = body_of(contents(PAGE, drafts=4), "A title")
    assert body.splitlines()[1] == "**Publishes 1 page.**"
    assert "| Japanese | 1 | 4 | 2 | 1 | – |" in body
    assert "| Only small layers. | 小さな層だけ。 |" in body


def test_a_draft_among_what_is_published_is_called_one() -> None:
    page = replace(PAGE, pairs=(replace(PAIR, draft=True),))
    assert "小さな層だけ。 <i>(draft)</i> |" in body_of(contents(page), "A title")


def test_a_language_written_from_right_to_left_is_shown_so() -> None:
    made = contents(PAGE)
    part = replace(made.parts[0], direction="rtl")
    assert '<span dir="rtl">小さな層だけ。</span>' in body_of(replace(made, parts=(part,)), "T")


def test_errors_of_checks_are_named_and_why_not_all_was_done() -> None:
    issue = Issue("links", "error", "locales/ja/terms.po", 7, "lora", "body", "is missing")
    found = Report("check", (LocaleReport("ja", issues=(issue,)),))
    body = body_of(contents(PAGE, check=found, why=("ja: the cap was reached",)), "T")
    assert "Checks: 1 error, 0 warnings." in body
    assert "- locales/ja/terms.po&#58;7: links: is missing" in body
    assert "**Not all could be done:**\n\n- ja&#58; the cap was reached\n" in body


def test_a_text_is_never_longer_than_services_take() -> None:
    pairs = tuple(replace(PAIR, unit=f"lora/{n}", target="あ|" * 900) for n in range(12))
    pages = [replace(PAGE, slug=f"term-{n}", pairs=pairs) for n in range(40)]
    body = body_of(contents(*pages), "T")
    assert len(body) <= LONGEST
    assert re.search(r"… and \d+ more pages: the files show them\.", body)
    assert body.endswith("<!-- i18n: end -->")


def test_nothing_that_went_wrong_is_longer_than_services_take() -> None:
    long = "::error::@all `fixes` #1 " * 5000
    problems = tuple(Problem(f"{n}{long}", 1, 1, "bad", long) for n in range(9))
    issues = tuple(Issue("links", "error", long, 7, long, "body", long) for _ in range(9))
    check = Report("check", (LocaleReport("ja", issues=issues),))
    sync = Report("sync", errors=problems)
    brought = contents(PAGE, sync=sync, check=check, why=(long,) * 9)
    assert len(body_of(brought, "T")) <= LONGEST


def test_what_people_wrote_around_our_part_stays() -> None:
    first, second = body_of(contents(PAGE), "One"), body_of(contents(), "Two")
    assert joined(f"Before.\n\n{first}\nAfter.", second) == f"Before.\n\n{second}\nAfter."
    assert joined("Mine alone.\n", second) == f"Mine alone.\n\n{second}"
    assert joined("", second) == second


@given(st.text(), st.text())
def test_joining_twice_is_joining_once(before: str, after: str) -> None:
    ours = body_of(contents(PAGE), "One")
    once = joined(f"{before}{ours}{after}", ours)
    assert joined(once, ours) == once
    assert ours in once


def test_a_title_is_changed_where_it_is_still_ours() -> None:
    body = body_of(contents(PAGE), "Ours")
    assert title_after("Ours", body, "New") == "New"
    assert title_after("A person's", body, "New") == "A person's"
    assert title_after("A person's", "no part of ours", "New") == "A person's"


def test_the_text_says_of_which_state_it_tells() -> None:
    assert state_in(body_of(contents(PAGE), "T")) == "0a1b"
    assert state_in("somebody's own") == ""


def cell(markdown: str) -> str:
    """What a reader sees in a cell of a table."""
    page = MarkdownIt("commonmark").enable("table").render(f"| a |\n|---|\n| x {markdown} x |\n")
    found = re.search(r"<tbody>.*<td>x (.*) x</td>", page, re.DOTALL)
    assert found, page
    return unescape(found[1].replace("<br>", "\n")).replace("\u200b", "")


LINES = st.text(
    st.one_of(st.sampled_from("|\\`*_[]()<>&#!@~$:-+=1.\n"), st.characters(codec="utf-8"))
)


@given(LINES)
def test_any_text_is_shown_as_it_is(text: str) -> None:
    wanted = "\n".join(spelled(line) for line in text.strip("\n").split("\n"))
    # Blanks are no matter of markup: a page shows several as one.
    assert cell(shown(text)).split() == wanted.replace("\ufffc", "").split()


@pytest.mark.parametrize(
    "text",
    [
        *("@hana", "fixes #12", "GH-12", "https://evil.example", "www.evil.example", "!12", "~bug"),
        *("<img src=x>", "[x](https://evil.example)", "a | b", "`code", "**bold**", ":smile:"),
        *("<!-- i18n: end -->", "<!-- i18n: begin x y -->", "hana@example.org", "[ ] task"),
        *("Closes https://github.com/acme/glossary/issues/3", "acme/glossary#3", "%12", '%"a b"'),
        *("[issue:acme/a/3]", "*iteration:3", "&3", "$3", "^alert#3", "::error::x", "/close"),
        *("</details></td></table><details open>", "a\n/merge\n@all", "&#64;hana", "\\@hana"),
    ],
)
def test_nothing_in_a_text_calls_somebody_is_a_link_or_markup(text: str) -> None:
    told = shown(text)
    lines = unescaped(told.replace("<br>", " "))
    assert not re.search(r"[<>\[\]`*|\n]|@\w|#\d|://|www\.|!\d|~\w|:\w+:|GH-\d", lines)
    assert cell(told) == text
    assert not CALLS.search(rendered(text))


@given(LINES)
def test_nothing_that_is_rendered_calls_somebody(text: str) -> None:
    assert not CALLS.search(rendered(text))


def rendered(text: str) -> str:
    """What stands in the page where a text is shown."""
    return unescape(shown(text).replace("<br>", "\n"))


CALLS = re.compile(
    r"[@#!%~$&][\w\"]|GH-\d|\w+://|(?<!\w):[\w+-]+:|\[[a-z_]+:|\*iteration:", re.IGNORECASE
)
"""What services look for in a page that is rendered: names, numbers, addresses."""


def unescaped(told: str) -> str:
    """A text without our entities: what is left is what a parser of Markdown acts on."""
    return re.sub(r"&(?:#\d+|lt|gt|amp);", " ", told)


def test_several_locales_are_one_proposal_that_names_them() -> None:
    german = replace(PART, locale="de", name="German", catalog="locales/de/terms.po")
    done = replace(german, report=LocaleReport("de", units=Units(0, 0, 6)))
    both = contents(PAGE, parts=(replace(PART, pages=(PAGE,)), done))
    assert title_of(both) == "Translations (ja, de): publishes 1 page"
    body = body_of(both, title_of(both))
    assert "texts to review in `locales/ja/terms.po`." in body
    assert "to review in `locales/de/terms.po`" not in body


def test_a_page_that_goes_shows_no_texts() -> None:
    gone = replace(PAGE, fate=Fate.GONE, pairs=())
    lines = body_of(contents(gone), "Title").splitlines()
    assert any(line.startswith("- <b>lora</b> (") for line in lines)
    assert not any("<details><summary><b>lora" in line for line in lines)


def test_what_a_night_brings_is_counted_over_its_locales() -> None:
    issues = tuple(Issue("links", one, "a.po", 3, "a", "body", "m") for one in ("error", "warning"))
    check = Report("check", (LocaleReport("ja", issues=issues), LocaleReport("de", issues=issues)))
    both = contents(parts=(replace(PART, pages=(PAGE, PAGE), drafts=2), PART), check=check)
    assert (both.pages, both.drafts, both.found("error"), both.found("note")) == (2, 2, 2, 0)


def test_a_proposal_says_whether_anybody_was_asked_for_a_review() -> None:
    asked, unasked = (body_of(contents(PAGE), "Title", asked=one) for one in (True, False))
    assert [is_unasked(body) for body in (asked, unasked, "words of a person")] == [
        False, True, False,
    ]  # fmt: skip
