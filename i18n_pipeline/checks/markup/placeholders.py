"""Quality: code, formulas, footnotes, tags and character references are there as often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import unescape

from i18n_pipeline.checks.rule import Finding, Rule, Subject, differences, quoted
from i18n_pipeline.markdown import Mark
from i18n_pipeline.model import Severity

_CARRIED = (Mark.CODE, Mark.MATH, Mark.FOOTNOTE, Mark.TEMPLATE)


def _find(subject: Subject) -> Iterator[Finding]:
    if subject.is_plain:
        return
    yield from map(Finding, differences(*subject.counts(*_CARRIED)))
    yield from map(Finding, _references(subject))


def _references(subject: Subject) -> Iterator[str]:
    """Character references: the character itself will do, and a translation may have its own.

    One that was escaped once more is there, if wrongly: `entities` tells it with its repair.
    """
    source, target = subject.counts(Mark.ENTITY)
    shown = Counter(unescape(subject.target))
    for reference, count in source.items():
        character = unescape(reference)
        if reference in target or character.isspace() or _is_doubled(reference, subject.target):
            continue
        if shown[character] < count:
            yield f"{quoted(reference)} is missing"


def _is_doubled(reference: str, target: str) -> bool:
    return f"&amp;{reference[1:]}" in target


PLACEHOLDERS = Rule(
    "placeholders",
    Severity.ERROR,
    safety=False,
    find=_find,
    purpose="code, a formula, a footnote or a tag that is missing, or there too often",
)
