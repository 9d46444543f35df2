from __future__ import annotations

import re

from hypothesis import given

from i18n_pipeline.reports.as_text import as_text, errors_as_text
from i18n_pipeline.reports.report import Issue, LocaleReport, Report
from tests.reports.hostile import all_issues, reports

PLACE = "locales/ja/terms.po:7"
TEXT = "短いテキストのためにトークンを使います。"
FOUND = Issue(
    *("html", "error", "locales/ja/terms.po", 7, "token", "body", "`トークン` is wrong"),
    safety=True,
    text=TEXT,
    at=(10, 14),
)
MISSING = Issue("links", "warning", "locales/ja/terms.po", 0, "", "category", "it is missing")


def bright(words: str, severity: str) -> str:
    return f"\x1b[{severity}m{words}\x1b[0m"


def test_an_issue_is_told_with_the_words_that_show_it() -> None:
    text = as_text(Report("check", (LocaleReport("ja", issues=(FOUND, MISSING)),)))
    assert text.splitlines()[1:] == [
        f"  {PLACE}: error: html: `トークン` is wrong [token/body] (kept out of built files)",
        "    短いテキストのために⟦トークン⟧を使います。",
        "  locales/ja/terms.po: warning: links: it is missing [category]",
    ]


def test_colour_comes_on_top_of_the_marks() -> None:
    report = Report("check", (LocaleReport("ja", issues=(FOUND,)),))
    plain, coloured = as_text(report), as_text(report, paint=bright)
    assert "⟦\x1b[errormトークン\x1b[0m⟧" in coloured
    assert re.sub("\x1b\\[\\w+m", "", coloured) == plain


def test_ten_issues_are_named_and_the_others_counted() -> None:
    report = Report("check", (LocaleReport("ja", issues=(FOUND,) * 12),))
    shown = as_text(report)
    assert shown.count("⟦") == 10
    assert shown.endswith("  … and 2 more issues (--verbose shows all)\n")
    assert as_text(report, verbose=True).count("⟦") == 12


@given(reports())
def test_no_text_drives_a_terminal_or_a_log(report: Report) -> None:
    for text in (as_text(report, verbose=True), errors_as_text(report.errors)):
        assert not any(line.lstrip().startswith("::") for line in text.splitlines())
        assert "##[" not in text
        assert "##vso[" not in text
        assert not any(ord(one) < 32 or 127 <= ord(one) < 160 for one in text.replace("\n", ""))
        assert text.encode("utf-8").decode("utf-8") == text


@given(reports())
def test_every_issue_has_its_line_and_its_excerpt(report: Report) -> None:
    found = all_issues(report)
    told = len(report.locales) + sum(len(locale.notes) for locale in report.locales)
    told += len(found) + sum(issue.at is not None for issue in found) + len(report.notes)
    assert len(as_text(report, verbose=True).splitlines()) == told


@given(reports())
def test_only_our_own_colours_are_in_a_coloured_report(report: Report) -> None:
    shown = as_text(report, verbose=True, paint=bright)
    marked = sum(issue.at is not None for issue in all_issues(report))
    assert len(re.findall("\x1b\\[(?:error|warning|note)m", shown)) == marked
    assert shown.count("\x1b") == 2 * marked
