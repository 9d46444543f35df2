"""Quality: a text that stands in several places is translated alike in all of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from i18n_pipeline.checks.rule import quoted
from i18n_pipeline.checks.whole.rule import Whole, WholeRule, issue_of_unit
from i18n_pipeline.glossary import plain
from i18n_pipeline.model import Kind, QualityIssue, Severity, Unit

_RULE = ("same-source", Severity.WARNING)
_NAMED = 3
"""How many other places are named."""


def _find(whole: Whole) -> Iterator[QualityIssue]:
    for units in _groups(whole):
        targets = Counter(plain(unit.target) for unit in units)
        if len(targets) > 1:
            yield from _compared(units, targets)


def _groups(whole: Whole) -> Iterable[Sequence[Unit]]:
    """Units of one kind and source; those of a place of its own differ because people say so."""
    groups: dict[tuple[Kind, str], list[Unit]] = defaultdict(list)
    for unit in whole.units:
        kind = whole.segments[unit.key].kind
        if unit.reviewed and kind is not Kind.LIST and "#" not in unit.context:
            groups[kind, plain(unit.source)].append(unit)
    return (units for units in groups.values() if len(units) > 1)


def _compared(units: Sequence[Unit], targets: Counter[str]) -> Iterator[QualityIssue]:
    """A finding for each unit that says it otherwise than most; the first wins where none is."""
    usual, count = targets.most_common(1)[0]
    alike = [unit for unit in units if plain(unit.target) == usual]
    places = ", ".join(unit.context for unit in alike[:_NAMED]) + ("…" if count > _NAMED else "")
    for unit in units:
        if plain(unit.target) != usual:
            message = f"{quoted(unit.source)} is {quoted(alike[0].target)} in {places}"
            yield issue_of_unit(_RULE, message, unit)


SAME_SOURCE = WholeRule(
    *_RULE, find=_find, purpose="a text that is translated otherwise elsewhere, both reviewed"
)
