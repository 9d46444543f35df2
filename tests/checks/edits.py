"""What the edits of a rule make of a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from i18n_pipeline.checks import Rule, Subject
from i18n_pipeline.checks.rule import HIDDEN
from i18n_pipeline.model import Edit


def edits(rule: Rule, one: Subject) -> list[Edit]:
    """The edits of a rule, first ones first; they touch prose alone and not each other."""
    made = [finding.edit for finding in rule.find(one) if finding.edit]
    for edit in made:
        assert HIDDEN not in one.target_prose[edit.start : edit.end]
        assert one.target[edit.start : edit.end] != edit.text
    ordered = sorted(made, key=lambda edit: (edit.start, edit.end))
    for first, second in pairwise(ordered):
        assert first.end <= second.start
        assert (first.start, first.end) != (second.start, second.end)
    return ordered


def edited(rule: Rule, one: Subject) -> Subject:
    """The subject with the edits of a rule done."""
    target = mended(one.target, edits(rule, one))
    return replace(one, unit=replace(one.unit, target=target))


def mended(text: str, ordered: Sequence[Edit]) -> str:
    """A text with edits done."""
    for edit in reversed(ordered):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
