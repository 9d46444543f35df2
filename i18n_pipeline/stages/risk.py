"""What of a locale a reviewer should see first: how likely it is wrong, and how much that harms.

A unit gets points for each reason there is to look at it, and some for how many terms link to its
own. All reasons are told in words. How long a look takes is reckoned from the source's words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from i18n_pipeline.expressions import expression
from i18n_pipeline.model import Kind, QualityIssue, Segment, Severity, State, Unit
from i18n_pipeline.origins import OriginKind, kind_of
from i18n_pipeline.stages.conflicts import parked
from i18n_pipeline.stages.deciding import is_sent_back
from i18n_pipeline.stages.edits import EditKind
from i18n_pipeline.stages.pretranslate import was_refused
from i18n_pipeline.values import dataclass

_CONFLICT, _ERROR, _SENT_BACK = 100, 90, 70
_MEANING, _WARNING, _NOTE = 55, 20, 5
_REFUSED, _WEIGHTY_EDIT, _EDIT = 45, 50, 15
_MACHINE, _EMPTY = 30, 25
_SIMILAR = 20
"""The most that a draft made of a similar text gets, less what it is alike."""
_LINKED = 20
"""The most that links to a term add."""

_OF_MEANING = frozenset({"negation", "numbers", "echo", "leaks"})
"""Checks whose findings say that the text may mean something else."""
_WEIGHTY = {
    EditKind.NUMBER: "a number in the source changed",
    EditKind.NEGATION: "the source now denies what it said, or the other way round",
}
_PERCENT = expression(r"fuzzy match (\d+) %")
_WORD = expression(r"[\u3040-\u30ff\u3400-\u9fff]{2}|[^\W\u3040-\u30ff\u3400-\u9fff]+")

_SECONDS_A_LOOK = 5.0
_SECONDS_A_WORD = {State.REVIEWED: 1.0, State.NEEDS_REVIEW: 2.5, State.UNTRANSLATED: 8.0}
"""Of a source's words: reading both texts, reading and mending, writing anew."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to look at a unit, in words, and what it weighs."""

    points: int
    words: str


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of a unit when its place in the queue is found.

    `edit` are the kinds of edit that its source had since it was translated, `links` how many
    terms link to its own.
    """

    unit: Unit
    segment: Segment
    issues: Sequence[QualityIssue] = ()
    edit: frozenset[EditKind] = frozenset()
    links: int = 0


@dataclass(frozen=True, slots=True)
class Risk:
    """How urgently a unit wants to be looked at, why, the weightiest first, and for how long."""

    points: int
    reasons: tuple[str, ...]
    seconds: float


def risk_of(look: Look) -> Risk:
    """The risk of one unit."""
    reasons = sorted(_reasons(look), key=lambda one: -one.points)
    linked = min(_LINKED, round(5 * math.log2(1 + look.links)))
    points = sum(one.points for one in reasons) + (linked if reasons else 0)
    return Risk(points, tuple(dict.fromkeys(one.words for one in reasons)), seconds_for(look.unit))


def seconds_for(unit: Unit) -> float:
    """How many seconds a person needs for a unit, as translators reckon: by the source's words."""
    words = len(_WORD.findall(unit.source))
    return _SECONDS_A_LOOK + words * _SECONDS_A_WORD[unit.state]


def _reasons(look: Look) -> Iterator[Reason]:
    unit = look.unit
    if parked(unit):
        yield Reason(_CONFLICT, "people disagree about it")
    yield from map(_of_issue, look.issues)
    if is_sent_back(unit):
        yield Reason(_SENT_BACK, "sent back by a reviewer")
    if unit.state is State.UNTRANSLATED:
        yield from _of_nothing(look)
    elif unit.state is State.NEEDS_REVIEW:
        yield from _of_text(look)


def _of_issue(issue: QualityIssue) -> Reason:
    words = f"check: {issue.check}"
    if issue.severity is Severity.ERROR:
        return Reason(_ERROR, words)
    if issue.severity is Severity.NOTE:
        return Reason(_NOTE, words)
    return Reason(_MEANING if issue.check in _OF_MEANING else _WARNING, words)


def _of_nothing(look: Look) -> Iterator[Reason]:
    if was_refused(look.unit):
        yield Reason(_REFUSED, "a draft failed a check and was not used")
    elif look.segment.kind not in (Kind.LIST, Kind.EXTRA):
        yield Reason(_EMPTY, "untranslated")


def _of_text(look: Look) -> Iterator[Reason]:
    unit, kind = look.unit, kind_of(look.unit.origin)
    weighty = [words for kind_of_edit, words in _WEIGHTY.items() if kind_of_edit in look.edit]
    yield from (Reason(_WEIGHTY_EDIT, words) for words in weighty)
    if kind is OriginKind.FUZZY and unit.origin is not None:
        found = _PERCENT.match(unit.origin.words)
        percent = int(found[1]) if found else 0
        yield Reason(max(1, _SIMILAR - percent // 5), f"made of a text {percent} % alike")
    elif unit.previous is not None and not weighty:
        yield Reason(_EDIT, "the source was edited")
    if kind is OriginKind.MACHINE and unit.is_draft:
        yield Reason(_MACHINE, "a machine's draft, with no memory behind it")
    elif unit.by_person:
        yield Reason(_EDIT, "a person's text waits for approval")


Item = TypeVar("Item")


def fitting(items: Iterable[tuple[Item, float]], seconds: float) -> list[Item]:
    """Of items in order, each with how many seconds it takes, the first ones that fit into a time.

    None is passed over for a shorter one after it, and the first is there however long it takes.
    """
    left, chosen = seconds, list[Item]()
    for item, needed in items:
        if chosen and needed > left:
            break
        left -= needed
        chosen.append(item)
    return chosen
