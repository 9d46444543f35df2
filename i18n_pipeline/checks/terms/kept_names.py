"""Quality: names that stay as they are in every locale are in the translation."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.checks.rule import Finding, Rule, Subject, quoted
from i18n_pipeline.model import Severity


def _find(subject: Subject) -> Iterator[Finding]:
    if subject.glossary is None or not subject.glossary.keep:
        return
    spans = subject.glossary.kept_spans(subject.source, subject.source_tokens)
    for name in dict.fromkeys(subject.source[start:end] for start, end in spans):
        if name not in subject.target:
            yield Finding(f"the name {quoted(name)} is missing")


KEPT_NAMES = Rule(
    "kept-names",
    Severity.WARNING,
    safety=False,
    find=_find,
    purpose="a name from the keep list that is missing",
    reads_glossary=True,
)
