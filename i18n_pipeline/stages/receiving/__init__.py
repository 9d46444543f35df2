"""Receiving: what came back in a work package meets the units as they are now, three ways.

The package says what each unit was exported from. So a translation never goes silently onto another
source, or over a text that a person wrote meanwhile: it waits beside it, and the report says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.packages import Returned
from i18n_pipeline.formats.po.syntax import CONTROL
from i18n_pipeline.model import Key, Segment, Unit
from i18n_pipeline.stages.receiving.current import take_current
from i18n_pipeline.stages.receiving.gone import Gone
from i18n_pipeline.stages.receiving.misfits import Moved, misfit
from i18n_pipeline.stages.receiving.places import Places
from i18n_pipeline.stages.receiving.values import (
    WAITING,
    Desk,
    Fate,
    Received,
    Reception,
    Trust,
)
from i18n_pipeline.values import replace

_MARKER = expression(r"^(?:<{7,}|>{7,}|\|{7,})(?: |$)", re.MULTILINE)

__all__ = ["WAITING", "Desk", "Fate", "Received", "Reception", "Trust", "receive"]


def receive(
    returned: Sequence[Returned],
    units: Sequence[Unit],
    segments: Mapping[Key, Segment],
    desk: Desk,
) -> Reception:
    """Take what came back into the units of a locale, which are up to their sources."""
    places = Places(units, desk.slugs, returned)
    moved = Moved(returned)
    current: list[tuple[Key, Returned]] = []
    old: list[tuple[Key, Returned]] = []
    received: list[Received] = []
    for one in returned:
        key = places.key_of(one)
        if one.fault:
            context = one.context if isinstance(key, str) else key[0]
            received.append(Received(one, Fate.REFUSED, context, one.fault))
        elif isinstance(key, str):
            received.append(_nothing_new(one, Received(one, Fate.UNKNOWN, one.context, key)))
        elif reason := misfit(key, one) or moved.reason(one):
            received.append(_nothing_new(one, Received(one, Fate.REFUSED, key[0], reason)))
        elif fault := _fault(key, one, desk):
            received.append(Received(one, Fate.REFUSED, key[0], fault))
        else:
            (current if key in places.active else old).append((key, one))
    received += (take_current(places, key, one, desk) for key, one in current)
    worked_on = frozenset(key for key, _ in current)
    received += Gone(places, segments, desk).take(old, worked_on)
    received.sort(key=lambda one: (one.returned.line, one.context))
    return Reception(places.units, tuple(received))


def _nothing_new(one: Returned, waiting: Received) -> Received:
    """What is left out has nobody look at it where it says nothing new: nothing is lost with it."""
    if not one.target.strip():
        return replace(waiting, fate=Fate.EMPTY, reason="")
    return replace(waiting, fate=Fate.SAME, reason="") if one.is_untouched else waiting


def _fault(key: Key, one: Returned, desk: Desk) -> str:
    """Why a translation cannot be used, whatever the unit says now; "" where it can."""
    if Unit(*key).slug in desk.held:
        return "its term is left alone for now: i18n status says why"
    if CONTROL.search(one.target):
        return "the translation holds a control character"
    return "the translation holds git's conflict markers" if _MARKER.search(one.target) else ""
