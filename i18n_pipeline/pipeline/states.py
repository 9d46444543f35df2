"""How many units of a locale there are in each state, and of which no answer was good."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from i18n_pipeline.model import Kind, State, Unit
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.stages.pretranslate import was_refused, was_rejected
from i18n_pipeline.stages.term import Standing


def is_left_empty(work: Work, unit: Unit) -> bool:
    """Whether it is a field of the locale's own without a text: nobody waits for it."""
    segment = work.segments.get(unit.key)
    return segment is not None and segment.kind is Kind.EXTRA and not unit.target


def counted_states(work: Work) -> Mapping[State, int]:
    """Active units of the locale by state, without those of terms that are people's alone."""
    counts = dict(work.files.rest.states)
    for unit in _counted(work):
        counts[unit.state] += 1
    return counts


def waiting_drafts(work: Work) -> int:
    """How many texts to review nobody touched since a machine, or the memory, put them there."""
    return work.files.rest.drafts + sum(unit.is_draft for unit in _counted(work))


def _counted(work: Work) -> Iterator[Unit]:
    foreign = work.taken.of(Standing.FOREIGN) | work.manual
    for unit in work.units:
        if not unit.obsolete and unit.slug not in foreign and not is_left_empty(work, unit):
            yield unit


def turned_down(work: Work) -> Sequence[Unit]:
    """Units whose answer was turned down, and not by a person; nor is their source damaged."""
    refused = (unit for unit in work.units if was_refused(unit) and not was_rejected(unit))
    return [unit for unit in refused if unit.key not in work.damaged]
