from __future__ import annotations

from xml.etree import ElementTree as Xml

from hypothesis import given

from i18n_pipeline.errors import Problem
from i18n_pipeline.model import Severity
from i18n_pipeline.reports.as_junit import as_junit
from i18n_pipeline.reports.escaping import spelled
from i18n_pipeline.reports.report import Issue, LocaleReport, Report
from tests.reports.hostile import reports

PATH = "locales/ja/terms.po"


def read(text: str) -> Xml.Element:
    assert text.isascii()
    return Xml.fromstring(text)  # noqa: S314  # we wrote it ourselves


def test_a_term_is_a_test_and_its_errors_are_one_failure() -> None:
    found = (
        Issue("html", "error", PATH, 3, "lora", "body", "`<b>` is new", text="あ<b>い", at=(1, 4)),
        Issue("links", "error", PATH, 9, "lora", "body", "a link is missing"),
        Issue("terminology", "warning", PATH, 9, "token", "body", "say トークン"),
        Issue("kept-names", "note", PATH, 1, "", "category", "keep it"),
    )
    problem = Problem("terms/en/bad.md", 2, 5, "bad-yaml", "cannot be read", "close it")
    slugs = ("fine-tuning", "lora", "token")
    report = Report("check", (LocaleReport("ja", slugs=slugs, issues=found),), (problem,))
    assert Xml.canonicalize(as_junit(report)) == (
        '<testsuites errors="1" failures="1" name="i18n check" tests="5">\n'
        '  <testsuite errors="1" failures="0" name="project" tests="1">\n'
        '    <testcase classname="project" name="terms/en/bad.md">\n'
        '      <error message="cannot be read" type="bad-yaml">'
        "terms/en/bad.md:2:5: bad-yaml: cannot be read (close it)</error>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        '  <testsuite errors="0" failures="1" name="ja" tests="4">\n'
        '    <testcase classname="ja" name="(shared)">\n'
        "      <system-out>"
        "locales/ja/terms.po:1: note: kept-names: keep it [category]</system-out>\n"
        "    </testcase>\n"
        '    <testcase classname="ja" name="fine-tuning"></testcase>\n'
        '    <testcase classname="ja" name="lora">\n'
        '      <failure message="2 errors: `&lt;b>` is new" type="html">'
        "locales/ja/terms.po:3: error: html: `&lt;b&gt;` is new [lora/body]\n"
        "  あ⟦&lt;b&gt;⟧い\n"
        "locales/ja/terms.po:9: error: links: a link is missing [lora/body]</failure>\n"
        "    </testcase>\n"
        '    <testcase classname="ja" name="token">\n'
        "      <system-out>"
        "locales/ja/terms.po:9: warning: terminology: say トークン [token/body]</system-out>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>"
    )


@given(reports())
def test_exactly_the_cases_there_are_come_out_whatever_texts_hold(report: Report) -> None:
    root = read(as_junit(report))
    suites = {str(suite.get("name")): suite for suite in root}
    assert list(suites) == ["project"] * bool(report.errors) + ["ja", "de"]
    for locale in report.locales:
        slugs = sorted({*locale.slugs, *(issue.slug for issue in locale.issues)})
        cases = suites[locale.locale].findall("testcase")
        assert [case.get("name") for case in cases] == [spelled(s or "(shared)") for s in slugs]
        for slug, case in zip(slugs, cases, strict=True):
            assert_tells(case, [issue for issue in locale.issues if issue.slug == slug])
    told = ["".join(error.itertext()) for error in root.iter("error")]
    assert sorted("\n".join(told).splitlines()) == sorted(spelled(str(p)) for p in report.errors)


def assert_tells(case: Xml.Element, found: list[Issue]) -> None:
    errors = [issue.message for issue in found if issue.severity == Severity.ERROR]
    others = [issue.message for issue in found if issue.severity != Severity.ERROR]
    assert [child.tag for child in case] == ["failure"] * bool(errors) + ["system-out"] * bool(
        others
    )
    for tag, messages in (("failure", errors), ("system-out", others)):
        text = case.findtext(tag) or ""
        assert [message for message in messages if spelled(message) not in text] == []


@given(reports())
def test_the_numbers_are_those_of_the_elements(report: Report) -> None:
    root = read(as_junit(report))
    for element in (root, *root):
        for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
            assert element.get(name) == str(len(element.findall(f".//{tag}")))
