"""The pairs of a page beside each other: which texts would fit as well in another's place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import inf

from i18n_pipeline.stages.adopting.clues import Clues
from i18n_pipeline.stages.adopting.likeness import Likeness
from i18n_pipeline.stages.adopting.pairing import Pair

WORSE = 0.7
"""How much less likely two pairs have to be with their texts exchanged."""
_NEAR = 40
"""How far away other texts are looked at."""


class Rivals:
    """The pairs of a page, and the texts of both sides that have no partner (`alone`)."""

    def __init__(
        self,
        pairs: Sequence[Pair],
        sources: Sequence[Clues],
        targets: Sequence[Clues],
        like: Likeness,
    ) -> None:
        self._sources, self._targets, self._like = sources, targets, like
        self._known: dict[tuple[int, int], float] = {}
        self.alone = (
            _without(sources, (pair.source for pair in pairs)),
            _without(targets, (pair.target for pair in pairs)),
        )

    def _kin(self, pair: Pair, others: Iterable[Pair]) -> Iterator[Pair]:
        """Other pairs of texts of the same kind, not too far away, that do not say the same."""
        kind, said = self._sources[pair.source].kind, self._targets[pair.target]
        for other in others:
            near = other is not pair and abs(other.source - pair.source) <= _NEAR
            alike = near and self._sources[other.source].kind is kind
            if alike and self._targets[other.target] != said:
                yield other

    def has_no_rival(self, pair: Pair) -> bool:
        """Whether no text without a partner would take the place of one of both."""
        source, target = at(pair)
        enough = self._fit(source, target) - WORSE
        sources, targets = self.alone
        kinds = self._sources[source].kind, self._targets[target].kind
        return not any(
            self._sources[one].kind is kinds[0] and self._fit(one, target) > enough
            for one in sources
        ) and not any(
            self._targets[one].kind is kinds[1] and self._fit(source, one) > enough
            for one in targets
        )

    def loss(self, pair: Pair, others: Iterable[Pair]) -> float:
        """How much less likely two pairs are with their texts exchanged: the least of all."""
        return min(
            (self._changed(self._fit, pair, other) for other in self._kin(pair, others)),
            default=inf,
        )

    def gain(self, pair: Pair, others: Iterable[Pair]) -> float:
        """How much more evidence two pairs have with their texts exchanged: the most of all."""
        return max(
            (-self._changed(self.evidence, pair, other) for other in self._kin(pair, others)),
            default=-inf,
        )

    def _changed(self, of: Callable[[int, int], float], one: Pair, other: Pair) -> float:
        """How much two pairs have more of something than with their texts exchanged."""
        now = of(*at(one)) + of(*at(other))
        return now - of(one.source, other.target) - of(other.source, one.target)

    def evidence(self, source: int, target: int) -> float:
        """What two texts, by their positions, have in common and what not."""
        key = source, target
        if key not in self._known:
            one, other = self._sources[source], self._targets[target]
            self._known[key] = self._like.evidence(one, other)
        return self._known[key]

    def _fit(self, source: int, target: int) -> float:
        one, other = self._sources[source], self._targets[target]
        return self.evidence(source, target) + self._like.form(one, other)


def at(pair: Pair) -> tuple[int, int]:
    """The positions of both texts."""
    return pair.source, pair.target


def _without(row: Sequence[Clues], paired: Iterable[int]) -> frozenset[int]:
    """The positions of texts that have no partner."""
    return frozenset(at for at, one in enumerate(row) if one.kind) - frozenset(paired)
