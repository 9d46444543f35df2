"""Spaces that stand there twice, or before a mark that follows its word at once."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.checks.rule import Finding, Subject, quoted
from i18n_pipeline.expressions import expression
from i18n_pipeline.model import Edit

_BEFORE_MARK = expression(r"(?<=\S) +(?=(?P<mark>[,.、。，])(?:\s|\Z))")
_GAPS = (" ,", " .", " 、", " 。", " ，")
_TWICE = expression(r"(?<=\S) {2,}(?=\S)")


def spaces(subject: Subject) -> Iterator[Finding]:
    """What the source has as well is taken for meant."""
    prose = subject.target_prose
    if any(gap in prose for gap in _GAPS):
        yield from _before_marks(subject)
    if "  " in prose and "  " not in subject.source_prose:
        for found in _TWICE.finditer(prose):
            yield Finding("more than one space: write one", found.span(), Edit(*found.span(), " "))


def _before_marks(subject: Subject) -> Iterator[Finding]:
    for found in _BEFORE_MARK.finditer(subject.target_prose):
        if f" {found['mark']}" not in subject.source:
            message = f"a space before {quoted(found['mark'])}: take it out"
            yield Finding(message, found.span(), Edit(*found.span(), ""))
