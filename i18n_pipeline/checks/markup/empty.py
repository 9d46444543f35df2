"""Quality: a translation says something."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.checks.rule import Finding, Rule, Subject
from i18n_pipeline.model import Severity


def _find(subject: Subject) -> Iterator[Finding]:
    if subject.target and not subject.target.strip():
        yield Finding("is only white space")


EMPTY = Rule(
    "empty",
    Severity.ERROR,
    safety=False,
    find=_find,
    purpose="a translation of white space alone",
)
