"""Which texts that wait for a translation may be filled from a memory that has changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from i18n_pipeline.model import Segment, Unit
from i18n_pipeline.stages.leverage import Filler
from i18n_pipeline.stages.recall.index import Index
from i18n_pipeline.stages.recall.wording import wording_of
from i18n_pipeline.values import dataclass


@dataclass(frozen=True)
class Change:
    """What changed in a memory since texts found nothing in it.

    `sources` are the texts of which it holds something else, `before` makes an index of what it
    held then; None where that had the same wordings.
    """

    sources: frozenset[str]
    before: Callable[[], Index] | None


def fillable(
    waiting: Iterable[tuple[Unit, Segment]], filler: Filler, change: Change
) -> Iterator[Unit]:
    """The units for which a memory has a text, and that the change concerns.

    What is found depends on the whole memory: also a text like none of them may change it.
    """
    asked = _Asked(filler, change)
    for unit, segment in waiting:
        if asked.anew(unit, segment) and filler.offers(unit, segment):
            yield unit


class _Asked:
    """What a memory answers now, beside what it answered before."""

    def __init__(self, filler: Filler, change: Change) -> None:
        self._filler, self._change = filler, change

    def anew(self, unit: Unit, segment: Segment) -> bool:
        """Whether a unit may be told something else than before."""
        if unit.source in self._change.sources:
            return True
        least = self._filler.least(unit, segment)
        if not least:
            return False
        wording = wording_of(unit.source)
        found = self._filler.alike(wording, least)
        before = found if self._before is None else self._before.alike(wording, least)
        return found != before or any(text in self._wordings for text, _ in found)

    @cached_property
    def _wordings(self) -> frozenset[str]:
        return frozenset(map(wording_of, self._change.sources))

    @cached_property
    def _before(self) -> Index | None:
        """An index of the memory as it was; None where it had the same wordings."""
        return None if self._change.before is None else self._change.before()
