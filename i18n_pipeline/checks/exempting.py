"""Checks that are switched off, by configuration or by a translator's comment, and the reasons.

Safety rules cannot be: what they look for is allowed by name (`[links] allow`) or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase

from i18n_pipeline.config import CHECKS, Exempt
from i18n_pipeline.expressions import expression
from i18n_pipeline.model import QualityIssue, Unit
from i18n_pipeline.values import dataclass, field

_COMMENT = expression(r"\s*i18n:\s*off\s+(?P<check>[a-z-]+)\s*(?::\s*(?P<reason>.*\S))?\s*")

_SEEMS = expression(r"\s*i18n:\s*off\s+(?P<check>[^\s:]+)")


@dataclass(frozen=True, slots=True)
class Hidden:
    """A finding that is not told, and why; in the text of which term makes it no other one."""

    check: str
    reason: str
    slug: str = field(default="", compare=False)


def sorted_out(
    issues: Iterable[QualityIssue], unit: Unit, off: Sequence[Exempt]
) -> tuple[tuple[QualityIssue, ...], tuple[Hidden, ...]]:
    """What is told of a unit's issues, and what is hidden."""
    told: list[QualityIssue] = []
    hidden: list[Hidden] = []
    for issue in issues:
        reason = "" if issue.safety else _reason(issue, unit, off)
        if reason:
            hidden.append(Hidden(issue.check, reason, unit.slug))
        else:
            told.append(issue)
    return tuple(told), tuple(hidden)


def may_hide(unit: Unit, off: Sequence[Exempt]) -> bool:
    """Whether something that is found in a unit may be hidden."""
    return any(map(_COMMENT.fullmatch, unit.comments)) or any(_is_about(one, unit) for one in off)


def without_effect(units: Iterable[Unit]) -> Iterator[tuple[Unit, str]]:
    """Units whose comments switch nothing off though they seem to, and what is wrong there."""
    for unit in units:
        for comment in unit.comments if not unit.obsolete else ():
            seems = _SEEMS.match(comment)
            if seems:
                wrong = _wrong(comment, seems["check"])
                if wrong:
                    yield unit, wrong


def _wrong(comment: str, check: str) -> str:
    """What keeps a comment from switching a check off; "" where it does."""
    if check not in CHECKS:
        return f"there is no check `{check}` that can be switched off"
    found = _COMMENT.fullmatch(comment)
    return "" if found and found["reason"] else f"it needs a reason: `i18n: off {check}: …`"


def _reason(issue: QualityIssue, unit: Unit, off: Sequence[Exempt]) -> str:
    """Why an issue is not told; "" where it is."""
    for comment in unit.comments:
        found = _COMMENT.fullmatch(comment)
        if found and found["check"] == issue.check and found["reason"]:
            return found["reason"]
    return next((one.reason for one in off if _concerns(one, issue, unit)), "")


def _concerns(one: Exempt, issue: QualityIssue, unit: Unit) -> bool:
    return one.check == issue.check and _is_about(one, unit)


def _is_about(one: Exempt, unit: Unit) -> bool:
    return (
        one.field in ("", unit.field)
        and (not one.slug or fnmatchcase(unit.slug, one.slug))
        and unit.source.startswith(one.text)
    )
