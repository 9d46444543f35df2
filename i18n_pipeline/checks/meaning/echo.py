"""Quality: an answer is no translation where it is a whole sentence of the source again.

A few words may be the same in two languages: that is for `untranslated` to tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.checks.meaning.untranslated import LABELS, is_foreign, is_same, is_sentence
from i18n_pipeline.checks.rule import Finding, Rule, Subject
from i18n_pipeline.model import Kind, Severity


def _find(subject: Subject) -> Iterator[Finding]:
    if is_echo(subject):
        yield Finding("is the source again: translate it", (0, len(subject.target)))


def is_echo(subject: Subject) -> bool:
    """Whether a text is its source but for case and marks, and long enough to be translated."""
    if subject.segment.kind in LABELS or subject.segment.kind is Kind.LIST:
        return False
    if not is_foreign(subject.source_locale, subject.locale):
        return False
    return is_same(subject.source, subject.target) and is_sentence(subject.source_prose)


ECHO = Rule(
    "echo",
    Severity.ERROR,
    safety=False,
    find=_find,
    purpose="a sentence that is the source again, with five words or more to translate",
)
