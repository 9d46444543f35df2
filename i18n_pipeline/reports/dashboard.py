"""The report of a project as JSON, for dashboards: schema `i18n/1`, sorted."""

from __future__ import annotations

from collections import Counter

from i18n_pipeline.reports.as_json import document_of, first_fields, problem_as_json
from i18n_pipeline.reports.overview import LocaleOverview, Overview
from i18n_pipeline.reports.standing import standing_as_json
from i18n_pipeline.values import asdict


def dashboard(overview: Overview) -> str:
    """The overview as one JSON document with a final newline."""
    document = {
        **first_fields("report", overview.exit_code, overview.errors, changed=False),
        "project": overview.name,
        "source": overview.source,
        "day": overview.day,
        "currency": overview.currency,
        "reviewed_percent": None if overview.share is None else round(overview.share, 2),
        "locales": [_locale(overview, one) for one in overview.locales],
        "terms": [asdict(term) for term in overview.terms],
        "history": {
            "missing": overview.past,
            "moments": [
                {
                    "commit": one.commit,
                    "day": one.day,
                    "locales": {tag: asdict(counts) for tag, counts in sorted(one.counts.items())},
                }
                for one in overview.moments
            ],
        },
    }
    return document_of(document)


def _locale(overview: Overview, one: LocaleOverview) -> dict[str, object]:
    report = one.report
    return {
        "locale": one.locale,
        "known": not one.is_unknown,
        "problems": [problem_as_json(problem) for problem in sorted(report.problems)],
        "reviewed_percent": None if one.share is None else round(one.share, 2),
        "states": {str(state): count for state, count in sorted(one.states.items())},
        "units": None if one.is_unknown else asdict(report.units),
        "terms": {"total": one.total} if one.is_unknown else asdict(report.terms),
        "categories": _categories(overview, one),
        "standings": [standing_as_json(term) for term in one.by_slug.values()],
        "issues": dict(sorted(Counter(issue.check for issue in report.issues).items())),
        "renderings": [asdict(rendering) for rendering in report.renderings],
        "holes": [asdict(hole) for hole in overview.holes(one)],
        "stale": [asdict(page) for page in one.stale],
        "spent": [asdict(spent) for spent in one.spent],
        "providers": list(one.providers),
        "estimate": None if one.estimate is None else asdict(one.estimate),
        "notes": list(report.notes),
    }


def _categories(overview: Overview, one: LocaleOverview) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for name, terms in overview.by_category.items():
        states = Counter(str(one.by_slug[t.slug].state) for t in terms if t.slug in one.by_slug)
        found.append({"category": name, "states": dict(sorted(states.items()))})
    return found
