"""A report as JSON: schema `i18n/1`, sorted, without dates, safe for logs (ASCII only)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from i18n_pipeline.errors import Problem
from i18n_pipeline.reports.escaping import json_of
from i18n_pipeline.reports.report import Adoption, Issue, LocaleReport, Report
from i18n_pipeline.reports.standing import standing_as_json
from i18n_pipeline.values import asdict

SCHEMA = "i18n/1"


def first_fields(
    command: str, code: int, errors: Iterable[Problem], *, changed: bool
) -> dict[str, object]:
    """What every report begins with; `code` is the exit code."""
    return {
        "schema": SCHEMA,
        "command": command,
        "changed": changed,
        "exit": code,
        "errors": [problem_as_json(problem) for problem in sorted(errors)],
    }


def document_of(fields: Mapping[str, object]) -> str:
    """The fields as one JSON document with a final newline."""
    return json_of(fields)


def as_json(report: Report) -> str:
    """The report as one JSON document with a final newline."""
    document = {
        **first_fields(report.command, report.exit_code, report.errors, changed=report.changed),
        "locales": [_locale(locale) for locale in report.locales],
        "notes": list(report.notes),
    }
    return document_of(document)


def problem_as_json(problem: Problem) -> dict[str, object]:
    """A problem as every report shows it."""
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "message": f"{problem.message} ({problem.mend})" if problem.mend else problem.message,
    }


def _locale(locale: LocaleReport) -> dict[str, object]:
    document: dict[str, object] = {
        "locale": locale.locale,
        "known": locale.known,
        "providers": list(locale.providers),
        "units": asdict(locale.units),
        "terms": asdict(locale.terms),
        "edits": asdict(locale.edits),
        "leveraged": {"exact": locale.exact, "fuzzy": locale.fuzzy},
        "billed": asdict(locale.billed),
        "drafts": asdict(locale.drafts),
        "live_again": list(locale.live_again),
        "written": sorted(locale.written),
        "issues": [_issue(issue) for issue in locale.issues],
        "notes": list(locale.notes),
    }
    if locale.edited:
        document["edited"] = [asdict(page) for page in locale.edited]
    if locale.conflicts:
        document["conflicts"] = [asdict(conflict) for conflict in locale.conflicts]
    if locale.standings:
        document["standings"] = [standing_as_json(one) for one in locale.standings]
    if locale.details.treated:
        document["treated"] = [asdict(one) for one in locale.details.treated]
    if locale.fixes:
        document["fixes"] = [asdict(fix) for fix in locale.fixes]
    if locale.adoption is not None:
        document |= _adoption(locale.adoption)
    if locale.estimate is not None:
        document["estimate"] = asdict(locale.estimate)
    if locale.planned is not None:
        document["planned"] = {
            "reasons": dict(sorted(locale.planned.reasons.items())),
            "saved": dict(sorted(locale.planned.saved.items())),
            "to": dict(sorted(locale.planned.to.items())),
        }
    return document


def _adoption(adoption: Adoption) -> dict[str, object]:
    counts = ("files", "segments", "reviewed", "needs_review", "left", "older")
    return {
        "adopted": {name: getattr(adoption, name) for name in counts},
        "left": [asdict(one) for one in adoption.remaining],
    }


def _issue(issue: Issue) -> dict[str, object]:
    return {
        "check": issue.check,
        "severity": issue.severity,
        "path": issue.path,
        "line": issue.line,
        "slug": issue.slug,
        "field": issue.field,
        "message": issue.message,
        "text": str(issue.excerpt or ""),
        "at": list(issue.at) if issue.at else None,
    }
