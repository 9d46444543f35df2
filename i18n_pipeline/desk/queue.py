"""The queue of a review: which units are in it, the riskiest first, as many as fit into a time."""

from __future__ import annotations

from i18n_pipeline.desk.looking import Looking, origin_of
from i18n_pipeline.model import State, Unit
from i18n_pipeline.stages.risk import fitting
from i18n_pipeline.values import dataclass


@dataclass(frozen=True, slots=True)
class Filter:
    """Which units are asked for; what is empty narrows nothing down.

    Without `states`, those in which a unit waits, and reviewed ones in which a check is an error
    or people disagree. `minutes` is how long the queue may take, None for any time.
    """

    slugs: tuple[str, ...] = ()
    states: tuple[State, ...] = ()
    checks: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    minutes: float | None = None


def queue_of(look: Looking, chosen: Filter) -> list[str]:
    """The names of the units of a queue, the riskiest first; equal ones as the pages have them."""
    found = [
        (name, look.risk(name))
        for name, unit in look.opened.units.items()
        if is_asked(look, unit, chosen)
    ]
    in_order = sorted(found, key=lambda one: -one[1].points)
    if chosen.minutes is None:
        return [name for name, _ in in_order]
    return fitting([(name, risk.seconds) for name, risk in in_order], 60 * chosen.minutes)


def is_asked(look: Looking, unit: Unit, chosen: Filter) -> bool:
    """Whether a unit is one of those that are asked for, were there time for all of them."""
    if chosen.slugs and unit.slug not in chosen.slugs:
        return False
    issues = look.opened.issues.get(unit.key, ())
    if chosen.checks and not any(issue.check in chosen.checks for issue in issues):
        return False
    if chosen.origins and origin_of(unit) not in chosen.origins:
        return False
    if chosen.states:
        return unit.state in chosen.states
    return bool(chosen.checks) or look.waits(unit)
