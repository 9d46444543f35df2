"""Greek: a question ends in `;`."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.checks.rule import Finding, Subject
from i18n_pipeline.checks.writing import scripts
from i18n_pipeline.expressions import expression
from i18n_pipeline.model import Edit

_QUESTION = expression(rf"(?<=[{scripts.GREEK}])\?(?=[\s»)]|\Z)")


def greek(subject: Subject) -> Iterator[Finding]:
    """Latin question marks after a Greek letter."""
    for found in _QUESTION.finditer(subject.target_prose):
        edit = Edit(*found.span(), ";")
        yield Finding("`?` is the Latin question mark: write `;`", found.span(), edit)
