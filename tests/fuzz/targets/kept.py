"""What a program kept for itself in `.i18n/`: junk in it is known to be junk, and ends nothing."""

from __future__ import annotations

import json

from i18n_pipeline.checks.rule import Subject
from i18n_pipeline.config import Style
from i18n_pipeline.errors import BadFile
from i18n_pipeline.markdown import EXTENSIONS
from i18n_pipeline.model import Unit
from i18n_pipeline.pipeline.by_hand.surveyed import Survey
from i18n_pipeline.pipeline.by_hand.surveyed import _read as survey_of
from i18n_pipeline.pipeline.idle import _report as idle_of
from i18n_pipeline.pipeline.shelved import findings_of
from i18n_pipeline.pipeline.verdicts import Verdicts, _key
from i18n_pipeline.reports.as_github import as_github
from i18n_pipeline.reports.as_json import as_json
from i18n_pipeline.reports.as_junit import as_junit
from i18n_pipeline.reports.as_sarif import as_sarif
from i18n_pipeline.reports.as_summary import summary
from i18n_pipeline.reports.as_text import as_text
from i18n_pipeline.reports.dashboard import dashboard
from i18n_pipeline.reports.kept import document_of, object_of
from i18n_pipeline.reports.overview import LocaleOverview, Overview
from i18n_pipeline.reports.report import LocaleReport, Report
from i18n_pipeline.reports.site.pages import Facts
from tests.fuzz.given import parts
from tests.fuzz.targets.texts import ADDRESSES, BODY, GLOSSARY

_SUBJECT = Subject(
    Unit("term/body", "A text.", "Ein Text."),
    BODY,
    "de",
    EXTENSIONS,
    ADDRESSES,
    GLOSSARY,
    "en",
    Style(),
)
_JUNK = (ValueError, TypeError, KeyError)
_FORMS = (as_text, as_json, as_sarif, as_junit, as_github, summary)


def reports(data: bytes) -> None:
    """A report that was kept is no report, or one that can be told in every form."""
    idle, survey = parts(data, 2)
    try:
        found = idle_of(object_of(document_of(idle)["report"]))
    except _JUNK:
        pass
    else:
        _told(found)
    try:
        seen = survey_of(document_of(survey))
    except _JUNK:
        return
    _looked_at(seen)


def _told(one: LocaleReport) -> None:
    report = Report("sync", (one,))
    for form in _FORMS:
        assert form(report).endswith("\n")
    assert report.exit_code >= 0


def _looked_at(seen: Survey) -> None:
    for one in seen.locales:
        _told(one)
    looks = tuple(
        LocaleOverview(one, planned.estimate if planned else None)
        for one in seen.locales
        for planned in [seen.planned.get(one.locale)]
    )
    overview = Overview("x", "en", "2026-01-01", looks, seen.sources, notes=seen.notes)
    assert json.loads(dashboard(overview))["project"] == "x"
    facts = Facts(overview)
    tuple(facts.rules), tuple(facts.oldest())
    for look in looks:
        facts.waiting(look), facts.unlike(look), overview.holes(look)


def verdicts(data: bytes) -> None:
    """Findings that were kept are no findings, or some that stand in the text that they are of."""
    try:
        known = {key: findings_of(one) for key, one in json.loads(data).items()}
    except (BadFile, *_JUNK, AttributeError, RecursionError, OverflowError):
        return
    kept = json.dumps(Verdicts("", known).known)
    assert {key: findings_of(one) for key, one in json.loads(kept).items()} == known
    for found in known.values():
        own = {_key(_SUBJECT): found, f"{_key(_SUBJECT)}t": found}
        for issue in Verdicts("", own).judge(_SUBJECT, "t"):
            edit = issue.edit
            for start, end in (issue.at or (0, 0), (edit.start, edit.end) if edit else (0, 0)):
                assert 0 <= start <= end <= len(issue.target), issue
