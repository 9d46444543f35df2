"""Checks that are switched off, by configuration or by a translator's comment, and the reasons.

Safety rules cannot be: what they look for is allowed by name (`[links] allow`) or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from i18n_pipeline.config import Exempt
from i18n_pipeline.model import QualityIssue, Unit

_COMMENT = re.compile(r"\s*i18n:\s*off\s+(?P<check>[a-z-]+)\s*(?::\s*(?P<reason>.*\S))?\s*")


@dataclass(frozen=True, slots=True)
class Hidden:
    """A finding that is not told, and why."""

    check: str
    reason: str


def sorted_out(
    issues: Iterable[QualityIssue], unit: Unit, off: Sequence[Exempt]
) -> tuple[tuple[QualityIssue, ...], tuple[Hidden, ...]]:
    """What is told of a unit's issues, and what is hidden."""
    told: list[QualityIssue] = []
    hidden: list[Hidden] = []
    for issue in issues:
        reason = "" if issue.safety else _reason(issue, unit, off)
        if reason:
            hidden.append(Hidden(issue.check, reason))
        else:
            told.append(issue)
    return tuple(told), tuple(hidden)


def unexplained(units: Iterable[Unit]) -> Iterator[tuple[Unit, str]]:
    """Units whose comments switch a check off without a reason, which has no effect."""
    for unit in units:
        for comment in unit.comments if not unit.obsolete else ():
            found = _COMMENT.fullmatch(comment)
            if found and not found["reason"]:
                yield unit, found["check"]


def _reason(issue: QualityIssue, unit: Unit, off: Sequence[Exempt]) -> str:
    """Why an issue is not told; "" where it is."""
    for comment in unit.comments:
        found = _COMMENT.fullmatch(comment)
        if found and found["check"] == issue.check and found["reason"]:
            return found["reason"]
    return next((one.reason for one in off if _concerns(one, issue, unit)), "")


def _concerns(one: Exempt, issue: QualityIssue, unit: Unit) -> bool:
    return (
        one.check == issue.check
        and one.field in ("", unit.field)
        and (not one.slug or fnmatchcase(unit.slug, one.slug))
        and unit.source.startswith(one.text)
    )
