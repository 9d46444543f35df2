"""Quality: HTML of the source is in the translation, as often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from i18n_pipeline.checks.rule import Finding, Rule, Subject, differences
from i18n_pipeline.markdown import Mark
from i18n_pipeline.model import Severity


def _find(subject: Subject) -> Iterator[Finding]:
    if subject.is_plain:
        return
    source, target = subject.counts(Mark.HTML)
    known = {tag: count for tag, count in target.items() if tag in source}
    yield from map(Finding, differences(source, Counter(known)))


HTML_MISSING = Rule(
    "html-missing",
    Severity.ERROR,
    safety=False,
    find=_find,
    purpose="an HTML tag of the source that is missing, or there too often",
)
