"""A check's report for a pull request: what its author can do something about comes first.

A page that was edited by hand is no fault: the next sync takes it in. It is told, and fails
nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from i18n_pipeline.model import Severity
from i18n_pipeline.reports.counting import counted
from i18n_pipeline.reports.report import EditedPage, Issue, LocaleReport, Report
from i18n_pipeline.values import dataclass, replace

EDITED = "edited-page"
"""What the notice about an edited page is called, where a check's code stands otherwise."""

_CONFLICTS = 3


@dataclass(frozen=True)
class Touched:
    """What a pull request changes: files, and the slugs of term files among them."""

    paths: Collection[str] = ()
    slugs: Collection[str] = ()

    def has(self, issue: Issue) -> bool:
        """Whether an issue is in one of the files, or about one of the terms."""
        return issue.path in self.paths or issue.slug in self.slugs


def for_pull_request(report: Report, touched: Touched) -> Report:
    """The report with a notice for each edited page, what was touched first."""
    return replace(report, locales=tuple(_locale(locale, touched) for locale in report.locales))


def _locale(locale: LocaleReport, touched: Touched) -> LocaleReport:
    notices = tuple(_notice(page) for page in locale.edited)
    issues = sorted((*locale.issues, *notices), key=lambda one: not touched.has(one))
    return replace(locale, issues=tuple(issues), codes=_codes(locale))


def _codes(locale: LocaleReport) -> tuple[int, ...]:
    """The exit codes without the one for texts that edited pages say otherwise."""
    pages = {page.path for page in locale.edited}
    others = {text.where for conflict in locale.conflicts for text in conflict.says}
    if not others or not others <= pages or _CONFLICTS not in locale.codes:
        return locale.codes
    codes = list(locale.codes)
    codes.remove(_CONFLICTS)
    return tuple(codes)


def _notice(page: EditedPage) -> Issue:
    line = page.different[0].line if page.different else 0
    words = "; ".join(_words(page))
    return Issue(EDITED, Severity.NOTE, page.path, max(1, line), "", "", words)


def _words(page: EditedPage) -> Iterator[str]:
    """What becomes of the edit, as docs/reference/edits-in-files.md says it at length."""
    if page.left:
        yield f"edited by hand, and left alone: {page.left}"
        yield "put the same texts into the review file, or undo the edit"
        return
    if page.texts:
        count = counted(page.texts, "text")
        yield f"edited by hand: the next sync takes {count} into the review file"
    if page.conflicts:
        count = counted(page.conflicts, "text")
        yield f"in doubt, or otherwise in the review file: {count} (i18n resolve shows both)"
    if not (page.texts or page.conflicts):
        yield "changed by hand or by a formatter, but in no text: kept as it is"
