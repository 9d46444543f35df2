"""Mending: the edits that checks propose, put into a translation as far as they make it better."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from i18n_pipeline.model import Edit, QualityIssue, Unit, draft_hash
from i18n_pipeline.values import dataclass, replace

Judge = Callable[[Unit], Sequence[QualityIssue]]
"""Says what is wrong with a unit, as `check` tells it."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A unit before and after, and the checks that are content now."""

    before: Unit
    after: Unit
    checks: tuple[str, ...]


def mended(unit: Unit, judge: Judge) -> Mended | None:
    """The unit with all proposed edits that leave less to complain of, and nothing new.

    Edits are tried together, and one by one where that does not do. A draft stays a draft, and
    what a person has approved stays approved: no edit knows what the words mean.
    """
    before = judge(unit)
    edits = _apart(issue.edit for issue in before if issue.edit is not None)
    if not edits:
        return None
    after = _edited(unit, edits)
    left = judge(after)
    if not _is_better(left, before):
        after, left = _one_by_one(unit, edits, judge, before)
    if after is unit:
        return None
    gone = Counter(issue.check for issue in before) - Counter(issue.check for issue in left)
    return Mended(unit, after, tuple(sorted(gone)))


def _one_by_one(
    unit: Unit, edits: Sequence[Edit], judge: Judge, left: Sequence[QualityIssue]
) -> tuple[Unit, Sequence[QualityIssue]]:
    """The unit with the edits that do good alone; from the end, so that the others' places hold."""
    after = unit
    for edit in reversed(edits):
        changed = _edited(after, [edit])
        found = judge(changed)
        if _is_better(found, left):
            after, left = changed, found
    return after, left


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    """Edits in the order of the text, but for those that touch one before them."""
    found: list[Edit] = []
    for edit in sorted(set(edits), key=lambda one: (one.start, one.end, one.text)):
        if not found or edit.start >= found[-1].end:
            found.append(edit)
    return found


def _edited(unit: Unit, edits: Sequence[Edit]) -> Unit:
    text = unit.target
    for edit in reversed(edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    changed = replace(unit, target=text)
    if unit.is_draft and unit.origin is not None:
        return replace(changed, origin=replace(unit.origin, draft=draft_hash(text)))
    return changed


def _is_better(found: Sequence[QualityIssue], left: Sequence[QualityIssue]) -> bool:
    now, then = Counter(i.check for i in found), Counter(i.check for i in left)
    return now != then and not now - then
