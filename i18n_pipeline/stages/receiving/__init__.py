"""Receiving: what came back in a work package meets the units as they are now, three ways.

The package says what each unit was exported from. So a translation never goes silently onto another
source, or over a text that a person wrote meanwhile: it waits beside it, and the report says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from i18n_pipeline.formats.packages import Returned
from i18n_pipeline.formats.po.syntax import CONTROL
from i18n_pipeline.model import Key, Segment, Unit
from i18n_pipeline.stages.receiving.current import take_current
from i18n_pipeline.stages.receiving.gone import Gone
from i18n_pipeline.stages.receiving.places import Places
from i18n_pipeline.stages.receiving.values import (
    WAITING,
    Desk,
    Fate,
    Received,
    Reception,
    Trust,
)

__all__ = ["WAITING", "Desk", "Fate", "Received", "Reception", "Trust", "receive"]


def receive(
    returned: Sequence[Returned],
    units: Sequence[Unit],
    segments: Mapping[Key, Segment],
    desk: Desk,
) -> Reception:
    """Take what came back into the units of a locale, which are up to their sources."""
    places = Places(units, desk.slugs, returned)
    current: list[tuple[Key, Returned]] = []
    old: list[tuple[Key, Returned]] = []
    received: list[Received] = []
    for one in returned:
        key = places.key_of(one)
        if isinstance(key, str):
            received.append(_unknown(one, key))
        elif fault := _fault(key, one, desk):
            received.append(Received(one, Fate.REFUSED, key[0], fault))
        else:
            (current if key in places.active else old).append((key, one))
    received += (take_current(places, key, one, desk) for key, one in current)
    worked_on = frozenset(key for key, _ in current)
    received += Gone(places, segments, desk).take(old, worked_on)
    received.sort(key=lambda one: (one.returned.line, one.context))
    return Reception(places.units, tuple(received))


def _unknown(one: Returned, reason: str) -> Received:
    """A unit that nobody knows: nothing is lost with it where it says nothing new."""
    if not one.target.strip():
        return Received(one, Fate.EMPTY, one.context)
    if one.is_untouched:
        return Received(one, Fate.SAME, one.context)
    return Received(one, Fate.UNKNOWN, one.context, reason)


def _fault(key: Key, one: Returned, desk: Desk) -> str:
    """Why a translation cannot be used, whatever the unit says now; "" where it can."""
    if Unit(*key).slug in desk.held:
        return "its term is left alone for now: i18n status says why"
    if CONTROL.search(one.target):
        return "the translation holds a control character"
    return one.fault
