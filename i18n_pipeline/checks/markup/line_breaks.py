"""Quality: hard line breaks are kept."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.checks.rule import Finding, Rule, Subject
from i18n_pipeline.markdown import Mark
from i18n_pipeline.model import Severity


def _find(subject: Subject) -> Iterator[Finding]:
    source, target = (sum(counts.values()) for counts in subject.counts(Mark.BREAK))
    if source != target:
        yield Finding(f"has {target} line breaks, the source {source}")
    if _ends(subject.target) != _ends(subject.unit.source):
        yield Finding(
            "a line break at its beginning or end that the source has not, or the reverse"
        )


def _ends(text: str) -> tuple[bool, bool]:
    """Whether a text begins and ends with a line break: msgfmt wants both sides to agree."""
    return text.startswith("\n"), text.endswith("\n")


LINE_BREAKS = Rule(
    "line-breaks",
    Severity.WARNING,
    safety=False,
    find=_find,
    purpose="hard line breaks that were lost or added",
)
