"""Arabic script: its own comma, semicolon and question mark."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.checks.rule import Finding, Subject, quoted
from i18n_pipeline.checks.writing import scripts
from i18n_pipeline.expressions import expression
from i18n_pipeline.model import Edit

_LATIN = expression(rf"(?<=[{scripts.ARABIC}]) *(?P<mark>[,;?])(?=\s*(?:[{scripts.ARABIC}]|\Z))")
_OWN = {",": "،", ";": "؛", "?": "؟"}


def arabic(subject: Subject) -> Iterator[Finding]:
    """Latin marks after an Arabic letter and before another, or at the end."""
    for found in _LATIN.finditer(subject.target_prose):
        own = _OWN[found["mark"]]
        message = f"{quoted(found['mark'])} is the Latin mark: write {quoted(own)}"
        yield Finding(message, found.span(), Edit(*found.span(), own))
