"""What was found in a locale, each finding with the place where it can be mended."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.po import UnitLines
from i18n_pipeline.model import QualityIssue, Severity
from i18n_pipeline.pipeline.told import Told
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.reports.report import (
    Fix,
    Issue,
)


def fixes_of(work: Work) -> Iterator[Fix]:
    """The edits that checks proposed, by the place of their unit."""
    places = Places(work)
    for one in work.mended:
        issue = QualityIssue("", Severity.NOTE, False, "", one.before.context, one.before.source)
        path, line = places.of(issue)
        unit = one.before.context.partition("#")[0]
        yield Fix(path, line, unit, one.checks, one.before.target, one.after.target)


def issues_of(told: Told) -> Iterator[Issue]:
    """What checks found; what is only noted is for who asks what checks say."""
    places, checks = Places(told.work), told.order.does.compares
    for issue in (*told.work.issues, *_against_policy(told)):
        if issue.severity is Severity.NOTE and not checks:
            continue
        slug, _, field = issue.context.rpartition("/")
        path, line = places.of(issue)
        yield Issue(
            check=issue.check,
            severity=str(issue.severity),
            path=path,
            line=line,
            slug=slug,
            field=field.partition("#")[0],
            message=issue.message,
            safety=issue.safety,
            text=issue.target,
            at=issue.at,
        )


def _against_policy(told: Told) -> Iterator[QualityIssue]:
    """Each unit that is one too many; it is no fault of its text, so that it is no error's 65."""
    for violation in told.violations:
        for unit in violation.units:
            words, place = str(violation), (unit.context, unit.source)
            yield QualityIssue("policy", Severity.ERROR, False, words, *place)


class Places:
    """Where what was found can be mended: in the review file, or where the source is at fault."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._terms = {term.path: term for term in work.terms}
        self._lines: dict[str, UnitLines] = {}

    def of(self, issue: QualityIssue) -> tuple[str, int]:
        """Path and line of an issue; the line is 0 where the file does not have the unit yet."""
        if issue.line:
            return issue.path, issue.line
        key = (issue.context, issue.source)
        if issue.check.startswith("source-"):
            term, segment = self._terms.get(issue.path), self._work.segments.get(key)
            return issue.path, term.file.line_of(segment) if term and segment else 0
        work = self._work
        home = work.homes.get(key[0].rpartition("/")[0])
        path = home or work.files.homes.get(key, work.homes[""])  # of a term that is gone
        try:
            if path not in self._lines:
                data = self._work.project.workspace.read_optional(path)
                self._lines[path] = UnitLines(data or b"")
            return path, self._lines[path].of(key)
        except BadFile:
            return path, 0  # it was reported when it was read; here only its lines are missing
