from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import given

from i18n_pipeline.errors import Problem
from i18n_pipeline.model import Severity
from i18n_pipeline.reports.as_github import COMMANDS, as_github
from i18n_pipeline.reports.escaping import spelled
from i18n_pipeline.reports.report import Issue, LocaleReport, Report
from tests.reports.hostile import all_issues, reports

REGISTERED = {
    *("error", "warning", "notice", "debug", "group", "endgroup", "echo", "add-mask"),
    *("set-output", "save-state", "set-env", "add-path", "stop-commands"),
    *("add-matcher", "remove-matcher", "internal-set-repo-path"),
}
PROPERTY = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}


@dataclass(frozen=True)
class Command:
    name: str
    properties: Mapping[str, str]
    data: str


def command(line: str) -> Command | None:
    """A line of a log as the runner reads it: a command in the new way, in the old way, or none."""
    start = line.lstrip()
    info, separator, data = start[2:].partition("::")
    name, _, pairs = info.partition(" ")
    if start.startswith("::") and separator and name in REGISTERED:
        split = (pair.split("=", 1) for pair in pairs.strip().split(",") if pair)
        return Command(name, {pair[0]: unescaped(pair[1], PROPERTY) for pair in split}, data)
    assert "##[" not in line
    return None


def unescaped(text: str, escapes: Mapping[str, str]) -> str:
    for escape, meant in escapes.items():
        text = text.replace(escape, meant)
    return text.replace("%25", "%")


def data_of(one: Command) -> str:
    return unescaped(one.data, {"%0D": "\r", "%0A": "\n"})


def issue(severity: str, message: str, line: int = 7) -> Issue:
    return Issue("links", severity, "locales/ja/terms.po", line, "token", "body", message)


def test_errors_come_first_and_files_that_cannot_be_read_before_them() -> None:
    found = (
        issue("note", "a note"),
        issue("warning", "100 % of it", 0),
        Issue("html", "error", "a,b:c.po", 3, "token", "body", "wrong", text="x<b>y", at=(1, 4)),
    )
    problem = Problem("terms/en/bad.md", 2, 5, "bad-yaml", "cannot be read", "close it")
    report = Report("check", (LocaleReport("ja", issues=found),), (problem,))
    assert as_github(report) == (
        "::error file=terms/en/bad.md,line=2,col=5,title=bad-yaml::cannot be read (close it)\n"
        "::error file=a%2Cb%3Ac.po,line=3,title=html%3A token/body::wrong%0Ax⟦<b>⟧y\n"
        "::warning file=locales/ja/terms.po,title=links%3A token/body::100 %25 of it\n"
        "::notice file=locales/ja/terms.po,line=7,title=links%3A token/body::a note\n"
        "i18n check: 2 errors, 1 warning, 1 note\n"
    )


def test_a_clean_report_says_so() -> None:
    assert as_github(Report("check", (LocaleReport("ja"),))) == (
        "i18n check: 0 errors, 0 warnings, 0 notes\n"
    )


def test_the_last_line_says_where_the_others_are() -> None:
    report = Report("check", (LocaleReport("ja", issues=(issue("warning", "x"),) * 11),))
    assert as_github(report).endswith(
        "\ni18n check: 0 errors, 11 warnings, 0 notes; "
        "GitHub shows 10 of each in a step, and all of them in its log\n"
    )


def _title(issue: Issue) -> str:
    return f"{issue.check}: {issue.unit}" if issue.unit else issue.check


@given(reports())
def test_the_runner_reads_exactly_what_was_found(report: Report) -> None:
    *lines, last = as_github(report).encode("utf-8").decode("utf-8").splitlines()
    found = [one for one in map(command, lines) if one is not None]
    assert len(found) == len(lines)
    assert command(last) is None
    by_severity = [one for kind in Severity for one in all_issues(report) if one.severity == kind]
    expected = [("error", p.path, p.line, p.code) for p in sorted(report.errors)]
    expected += [(COMMANDS[one.severity], one.path, one.line, _title(one)) for one in by_severity]
    assert [name_and_place(one) for one in found] == [
        (kind, spelled(path), str(line or ""), spelled(title).strip())
        for kind, path, line, title in expected
    ]
    mends = [(one.message, f" ({one.mend})" if one.mend else "") for one in sorted(report.errors)]
    told = [spelled(f"{message}{mend}") for message, mend in mends]
    for one in by_severity:
        shown = [one.message, *([str(one.excerpt)] if one.excerpt else [])]
        told.append("\n".join(map(spelled, shown)))
    assert [data_of(one) for one in found] == told


def name_and_place(one: Command) -> tuple[str, str, str, str]:
    place = one.properties
    title = place.get("title", "").strip()
    return one.name, place.get("file", ""), place.get("line", ""), title
