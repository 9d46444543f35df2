"""Reports whose every text tries to break out of the form in which it is shown."""

from __future__ import annotations

from hypothesis import strategies as st

from i18n_pipeline.errors import Problem
from i18n_pipeline.model import Severity
from i18n_pipeline.reports.report import Issue, LocaleReport, Report

ATTACKS = (
    *("\x1b[31m", "\x1b]52;c;cm0gLXJm\x07", "\x9b2J", "\x85", "\x00", "\x7f", "\r", "\n", "\r\n"),
    *("\u202e", "\u2066", "\u200b", "\u2028", "\ufeff", "\ufffe", "\uffff", "\udcff"),
    *("\U000e0041", "::error::", "::set-output name=x::y", "\n::add-mask::a", "##[error]", "##"),
    *("##vso[task.setvariable variable=x]y", "::", ":", ",", "=", "%0A", "%", "%25", "%3A", "[x]("),
    *("</failure>", "]]>", "<!--", "&amp;", '"', "'", "{0}", "}}", "\\", "](https://x.example)"),
    *("⟦", "⟧", "…", " ", "\t", "\u3000", "トークン", "é", "/", "//", "..", "C:\\"),
)

texts = st.lists(st.one_of(st.sampled_from(ATTACKS), st.text(max_size=4)), max_size=8).map("".join)

lines = st.integers(0, 10**6)


@st.composite
def issues(draw: st.DrawFn) -> Issue:
    text = draw(texts)
    places = st.integers(0, len(text))
    at = draw(st.none() | st.tuples(places, places).map(lambda pair: (min(pair), max(pair))))
    return Issue(
        check=draw(st.sampled_from(("html", "emphasis", "source-mojibake")) | texts),
        severity=draw(st.sampled_from(Severity)),
        path=draw(texts),
        line=draw(lines),
        slug=draw(texts),
        field=draw(texts),
        message=draw(texts),
        safety=draw(st.booleans()),
        text=text,
        at=at,
    )


problems = st.builds(Problem, texts, lines, lines, texts, texts, texts)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report of `check` on two locales."""
    each = tuple(
        LocaleReport(
            locale,
            slugs=tuple(sorted(draw(st.sets(texts, max_size=3)))),
            issues=tuple(draw(st.lists(issues(), max_size=4))),
            notes=tuple(draw(st.lists(texts, max_size=2))),
        )
        for locale in ("ja", "de")
    )
    notes = tuple(draw(st.lists(texts, max_size=1)))
    return Report("check", each, tuple(draw(st.lists(problems, max_size=3))), notes, codes=(65,))


def all_issues(report: Report) -> list[Issue]:
    return [issue for locale in report.locales for issue in locale.issues]
