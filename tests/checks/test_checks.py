from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.checks import ERRORS, RULES, WARNINGS, check, source_issues
from i18n_pipeline.checks.rule import rest_of
from i18n_pipeline.glossary import Entry, Glossary
from i18n_pipeline.model import Kind, Severity
from tests.checks.subjects import subject

SOURCE = "A [token](/glossary/token) is a *small* piece of `text`."
GLOSSARY = Glossary((Entry("piece", "piece"),), ("small",))

WORDS = st.text("abcé漢字 かな.,!?。「」-", min_size=1, max_size=12)
MARKS = (
    "**b** *e* ~~s~~ `c` [l](/glossary/token) ![i](/i.png) <https://a.example> <kbd>k</kbd> "
    "&amp; \\* {{< x >}} https://b.example/c www.d.example [^1] [r][lab] a@b.example <!--c--> "
    "**「x」**y \\\n * _ ** [ ] ( ) ` < > | # + 1. === {x} }} \u200b \u202e ~ javascript:x"
)
PIECES = st.one_of(WORDS, st.sampled_from(MARKS.split(" ")))
TEXTS = st.lists(PIECES, min_size=1, max_size=8).map(" ".join)
KINDS = st.sampled_from(Kind)


@given(TEXTS, KINDS, st.booleans())
def test_a_target_equal_to_its_source_has_no_issues(text: str, kind: Kind, markdown: bool) -> None:
    one = subject(
        text,
        text,
        kind=kind,
        markdown=markdown,
        definitions="[lab]: </glossary/llm>\n[^1]: x",
        glossary=GLOSSARY,
    )
    expected = ["empty"] if not text.strip() else []
    found = [issue.check for issue in check(one)]
    assert [code for code in found if code not in ("untranslated", "echo")] == expected


@given(TEXTS, TEXTS, KINDS, st.booleans())
def test_any_target_can_be_judged(source: str, target: str, kind: Kind, markdown: bool) -> None:
    one = subject(source, target, kind=kind, markdown=markdown, glossary=GLOSSARY)
    for issue in check(one):
        assert issue.message
        assert "\n" not in issue.message


# Promise P14: what a hostile review file could bring into a page.
HOSTILE = [
    "[x](javascript:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](<javascript\t:alert(1)>)",
    "[x](JAVASCRIPT:alert(1))",
    "[x](ｊａｖａｓｃｒｉｐｔ:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](//evil.example)",
    "[x](\\\\evil.example)",
    "[x](/glossary/../../evil)",
    "[x](https://evil.example)",
    "[x]( <https://evil.example> 'title' )",
    "![x](https://evil.example/pixel.gif)",
    "<https://evil.example>",
    "<javascript:alert(1)>",
    "<mailto:mallory@evil.example>",
    "https://evil.example",
    "テキストhttps://evil.example",
    "www.evil.example",
    "HTTPS://evil.example",
    "[x]: https://evil.example",
    "[x]: javascript:alert(1)",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)",
    "<a href='https://evil.example'>x</a>",
    "<svg/onload=alert(1)>",
    "<!-- x --><b>",
    "<!-- i18n: skip -->",
    "</div>",
    "{{ site.key }}",
    "{{< evil >}}",
    "{% include evil %}",
    "`{{ site.key }}`",
    "&#123;&#123; constructor &#125;&#125;",
    "見出し {onclick=alert(1)}",
    "{: onclick=alert(1)}",
    "a\u202ecipsxe.txt",
    "a\u2066b\u2069",
    "a\u200bb",
    "a\x1b]52;c;eA==\x07",
    "a\x00b",
    "a\u2028b",
    "---",
    "```\nx",
    "~~~",
    "<div>",
    "***",
]


@pytest.mark.parametrize("markdown", [True, False])
@pytest.mark.parametrize("target", HOSTILE)
def test_hostile_text_never_passes(target: str, markdown: bool) -> None:
    safe_as_plain = ("---", "```", "~~~", "***")
    one = subject(SOURCE, target, markdown=markdown, kind=Kind.PARAGRAPH if markdown else Kind.TEXT)
    issues = [issue for issue in check(one) if issue.safety]
    if markdown or not target.startswith(safe_as_plain):
        assert issues
    assert all(issue.severity is Severity.ERROR for issue in issues)


def test_an_issue_says_where_it_was_found() -> None:
    issue, *_ = check(subject(SOURCE, "[x](//evil.example)"))
    assert (issue.check, issue.context, issue.source, issue.path) == (
        "destinations",
        "llm/body",
        SOURCE,
        "terms/en/llm.md",
    )


def test_an_untranslated_unit_has_no_issues() -> None:
    assert check(subject(SOURCE, "")) == ()


def test_only_the_rules_asked_for_are_run() -> None:
    one = subject("`a` [b](/c)", "x")
    assert {issue.check for issue in check(one)} == {"placeholders", "links"}
    assert {issue.check for issue in check(one, RULES[:6])} == {"placeholders"}


def test_rules_have_codes_of_their_own_and_safety_is_always_an_error() -> None:
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes)
    assert all(rule.severity is Severity.ERROR for rule in RULES if rule.safety)
    assert [rule.code for rule in RULES if rule.safety] == [
        "destinations",
        "html",
        "template",
        "control-characters",
        "structure",
    ]


@pytest.mark.parametrize(
    "text",
    [
        *("{{", "{%", "{=", "<!--", "<b>", "</b>", "<b", "[a](", "https://.", "www.)", "â€", "。"),
        *("a@", "1 000 ", "1 million ", "5 pm ", "一", "&amp;amp;", "(Note: ", "as an AI ", "1%"),
    ],
)
def test_a_long_hostile_text_is_judged_too(text: str) -> None:
    one = subject("Words", text * 20_000 + "x", markdown=False, kind=Kind.TEXT, glossary=GLOSSARY)
    assert len(check(one)) < 10


def test_errors_are_found_without_terminology() -> None:
    one = subject("A model", "Ein Modell", glossary=GLOSSARY)
    assert {issue.severity for issue in check(one, WARNINGS)} <= {Severity.WARNING}
    assert {*ERRORS, *WARNINGS} == {*RULES}
    for rule in ERRORS:
        assert list(rule.find(one)) == list(rule.find(replace(one, glossary=None)))


def test_what_stands_in_a_locale_alone_has_no_source_to_be_wrong() -> None:
    one = subject("cafÃ©", "コーヒー", kind=Kind.EXTRA)
    assert source_issues(one.unit, one.segment) == ()
    assert source_issues(one.unit, replace(one.segment, kind=Kind.PARAGRAPH))


def test_what_is_left_of_a_text_stands_outside_of_all_ranges() -> None:
    assert rest_of("one two three", [(0, 7), (4, 5), (8, 10)]) == "   ree"
