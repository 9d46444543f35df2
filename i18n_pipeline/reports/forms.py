"""The forms in which machines read a report, by the names that `--format` knows them by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from i18n_pipeline.reports.as_github import as_github
from i18n_pipeline.reports.as_json import as_json
from i18n_pipeline.reports.as_junit import as_junit
from i18n_pipeline.reports.as_sarif import as_sarif
from i18n_pipeline.reports.report import Report

FORMS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {"json": as_json, "sarif": as_sarif, "junit": as_junit, "github": as_github}
)
"""Each gives a whole document with a final newline, whatever the report holds."""
