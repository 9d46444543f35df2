"""A report in words, for a terminal or a log; whatever terms contain drives neither."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from i18n_pipeline.errors import Problem
from i18n_pipeline.model import Severity
from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.finding_lines import Line, Paint, found_lines, shown, uncoloured
from i18n_pipeline.reports.locale_lines import LocaleLines, is_of_source
from i18n_pipeline.reports.report import Issue, Report
from i18n_pipeline.reports.view import PLAIN, View

_MOST = 10
"""How many written files or issues are named before the rest is only counted."""


def as_text(
    report: Report, view: View = PLAIN, *, verbose: bool = False, paint: Paint = uncoloured
) -> str:
    """The report in lines, each locale after the other, what to do next last."""
    most = None if verbose else _MOST
    lines = [*_of_sources(report)]
    for locale in report.locales:
        lines += LocaleLines(report, locale, view, most).all()
    notes = map(view.tongue.reworded, report.notes)
    return "".join(f"{shown(line, paint)}\n" for line in (*lines, *notes))


def _of_sources(report: Report) -> Iterator[Line]:
    """What is wrong with sources, once for all locales and before all else: it costs money."""
    issues = (issue for locale in report.locales for issue in locale.issues)
    wrong = {_key_of(issue): issue for issue in issues if is_of_source(issue)}
    if report.command == "plan" and wrong:
        yield "mend these sources first, what is wrong in them would be translated:"
        yield from found_lines(list(wrong.values()))


def _key_of(issue: Issue) -> tuple[str, int, str]:
    return issue.path, issue.line, issue.message


def errors_of_checks(report: Report, *, paint: Paint = uncoloured) -> str:
    """What checks found that is an error, and nothing else."""
    issues = (issue for locale in report.locales for issue in locale.issues)
    lines = found_lines([issue for issue in issues if issue.severity == Severity.ERROR])
    return "".join(f"{shown(line, paint)}\n" for line in lines)


def errors_as_text(errors: Iterable[Problem]) -> str:
    """The problems, one a line: `path:line:column: code: message (mend)`."""
    return "".join(f"{safe(str(problem))}\n" for problem in sorted(errors))
