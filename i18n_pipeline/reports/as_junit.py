"""A report as JUnit's XML: a suite for each locale, a case for each term, a good one too.

CI servers show the first failure of a case and lose the others, so a case has one, which tells of
all its errors. What is no error stands in the case's output.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from xml.etree import ElementTree as Xml

from i18n_pipeline.errors import Problem
from i18n_pipeline.model import Severity
from i18n_pipeline.reports.counting import counted
from i18n_pipeline.reports.escaping import spelled
from i18n_pipeline.reports.finding_lines import issue_lines
from i18n_pipeline.reports.report import Issue, LocaleReport, Report

PROJECT = "project"
"""The suite of what could not be read or done; no locale is called so."""

_SHARED = "(shared)"
"""The case of units that belong to no term: vocabulary."""

_COUNTED = {"tests": "testcase", "failures": "failure", "errors": "error"}


def as_junit(report: Report) -> str:
    """The report as one XML document, in ASCII, with a final newline."""
    root = Xml.Element("testsuites", name=spelled(f"i18n {report.command}".strip()))
    if report.errors:
        root.append(_suite(PROJECT, _broken(report.errors)))
    root.extend(_suite(locale.locale, _cases(locale)) for locale in report.locales)
    _count(root)
    Xml.indent(root)
    document: bytes = Xml.tostring(root, encoding="us-ascii", xml_declaration=True)
    return document.decode("ascii") + "\n"


def _suite(name: str, cases: Iterable[Xml.Element]) -> Xml.Element:
    suite = Xml.Element("testsuite", name=spelled(name))
    suite.extend(cases)
    _count(suite)
    return suite


def _count(element: Xml.Element) -> None:
    for name, tag in _COUNTED.items():
        element.set(name, str(sum(1 for _ in element.iter(tag))))


def _broken(problems: Iterable[Problem]) -> Iterable[Xml.Element]:
    for path, found in groupby(sorted(problems), key=lambda one: one.path):
        listed = list(found)
        case = _case(PROJECT, path or listed[0].code)
        error = Xml.SubElement(case, "error", type=spelled(listed[0].code))
        error.set("message", _headline("error", [one.message for one in listed]))
        error.text = _paragraph(str(one) for one in listed)
        yield case


def _cases(locale: LocaleReport) -> Iterable[Xml.Element]:
    by_slug: dict[str, list[Issue]] = {slug: [] for slug in locale.slugs}
    for issue in locale.issues:
        by_slug.setdefault(issue.slug, []).append(issue)
    return (_judged(locale.locale, slug, by_slug) for slug in sorted(by_slug))


def _judged(locale: str, slug: str, by_slug: Mapping[str, Sequence[Issue]]) -> Xml.Element:
    case = _case(locale, slug or _SHARED)
    errors = [one for one in by_slug[slug] if one.severity == Severity.ERROR]
    others = [one for one in by_slug[slug] if one.severity != Severity.ERROR]
    if errors:
        failure = Xml.SubElement(case, "failure", type=spelled(errors[0].check))
        failure.set("message", _headline("error", [one.message for one in errors]))
        failure.text = _told(errors)
    if others:
        Xml.SubElement(case, "system-out").text = _told(others)
    return case


def _case(suite: str, name: str) -> Xml.Element:
    return Xml.Element("testcase", classname=spelled(suite), name=spelled(name))


def _headline(noun: str, messages: Sequence[str]) -> str:
    """The first message, and how many there are if it is not the only one."""
    count = f"{counted(len(messages), noun)}: " if len(messages) > 1 else ""
    return spelled(f"{count}{messages[0]}")


def _told(issues: Iterable[Issue]) -> str:
    return _paragraph(str(line) for issue in issues for line in issue_lines(issue))


def _paragraph(lines: Iterable[str]) -> str:
    return "\n".join(map(spelled, lines))
