"""A report as JSON: schema `i18n/1`, sorted, without dates, safe for logs (ASCII only)."""

from __future__ import annotations

import json
from dataclasses import asdict

from i18n_pipeline.errors import Problem
from i18n_pipeline.reports.report import Issue, LocaleReport, Report

SCHEMA = "i18n/1"


def as_json(report: Report) -> str:
    """The report as one JSON document with a final newline."""
    document = {
        "schema": SCHEMA,
        "command": report.command,
        "changed": report.changed,
        "exit": report.exit_code,
        "errors": [problem_as_json(problem) for problem in sorted(report.errors)],
        "locales": [_locale(locale) for locale in report.locales],
    }
    return json.dumps(document, indent=2) + "\n"


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
        "providers": list(locale.providers),
        "units": asdict(locale.units),
        "terms": asdict(locale.terms),
        "leveraged": {"exact": locale.exact, "fuzzy": locale.fuzzy},
        "billed": asdict(locale.billed),
        "drafts": asdict(locale.drafts),
        "written": sorted(locale.written),
        "issues": [_issue(issue) for issue in locale.issues],
        "notes": list(locale.notes),
    }
    if locale.fixes:
        document["fixes"] = [asdict(fix) for fix in locale.fixes]
    if locale.estimate is not None:
        document["estimate"] = asdict(locale.estimate)
    if locale.planned is not None:
        document["planned"] = {
            "reasons": dict(sorted(locale.planned.reasons.items())),
            "saved": dict(sorted(locale.planned.saved.items())),
            "to": dict(sorted(locale.planned.to.items())),
        }
    return document


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
