"""A report as workflow commands of GitHub Actions: annotations beside the lines they are about.

GitHub shows the first ten of each kind in a step, so errors come first, and the last line counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from i18n_pipeline.errors import Problem
from i18n_pipeline.model import Severity
from i18n_pipeline.reports.counting import counted
from i18n_pipeline.reports.escaping import safe, spelled
from i18n_pipeline.reports.report import Issue, Report

SHOWN = 10
"""How many annotations of each kind GitHub shows of one step."""

COMMANDS: Mapping[str, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}

_Place: TypeAlias = Mapping[str, str | int]

_NOUNS: Mapping[str, str] = {"error": "error", "warning": "warning", "notice": "note"}


def as_github(report: Report) -> str:
    """The report in lines: a command for each problem and issue, errors first, then a count."""
    issues = [issue for locale in report.locales for issue in locale.issues]
    by_kind = {
        kind: [_issue(kind, issue) for issue in issues if issue.severity == severity]
        for severity, kind in COMMANDS.items()
    }
    by_kind["error"] = [*map(_problem, sorted(report.errors)), *by_kind["error"]]
    commands = [command for kind in by_kind.values() for command in kind]
    summary = _summary(report, Counter({kind: len(told) for kind, told in by_kind.items()}))
    return "".join(f"{line}\n" for line in (*commands, safe(summary)))


def warning(title: str, words: str) -> str:
    """A line that shows a warning about no file."""
    return _command("warning", {"title": title}, (words,))


def _summary(report: Report, counts: Counter[str]) -> str:
    told = ", ".join(counted(counts[kind], noun) for kind, noun in _NOUNS.items())
    more = any(count > SHOWN for count in counts.values())
    rest = f"; GitHub shows {SHOWN} of each in a step, and all of them in its log" if more else ""
    return f"i18n {report.command}".rstrip() + f": {told}{rest}"


def _issue(kind: str, issue: Issue) -> str:
    title = f"{issue.check}: {issue.unit}" if issue.unit else issue.check
    place: _Place = {"file": issue.path, "line": issue.line, "title": title}
    return _command(kind, place, (issue.message, *_shown(issue)))


def _shown(issue: Issue) -> Iterator[str]:
    if issue.excerpt:
        yield str(issue.excerpt)


def _problem(problem: Problem) -> str:
    place: _Place = {
        "file": problem.path,
        "line": problem.line,
        "col": problem.column,
        "title": problem.code,
    }
    mend = f" ({problem.mend})" if problem.mend else ""
    return _command("error", place, (f"{problem.message}{mend}",))


def _command(kind: str, place: _Place, lines: tuple[str, ...]) -> str:
    """One line that the runner reads as this command and as no other."""
    properties = ",".join(f"{name}={_property(value)}" for name, value in place.items() if value)
    return f"::{kind} {properties}::" + "%0A".join(map(_data, lines))


def _data(text: str) -> str:
    return spelled(text).replace("%", "%25")


def _property(value: str | int) -> str:
    return _data(str(value)).replace(":", "%3A").replace(",", "%2C")
