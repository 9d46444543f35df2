"""What shows that a text translates a very text of its source, and not merely stands where it does.

A pair is sure of itself where both texts share what no other two of the page do. One that is not
rests on its place: between two that are sure, with nothing missing there, and with no other text
that could stand there as well. A page on which too little shows that it is a translation of its
source at all has no sure pair. Kind, place and length are no evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from i18n_pipeline.model import Kind
from i18n_pipeline.stages.adopting.clues import PROSE, Clues
from i18n_pipeline.stages.adopting.doubts import doubts_about
from i18n_pipeline.stages.adopting.likeness import Likeness
from i18n_pipeline.stages.adopting.pairing import Pair
from i18n_pipeline.stages.adopting.rivals import WORSE, Rivals, at
from i18n_pipeline.values import dataclass, replace

_SURE = 1.0
"""The evidence of a pair that is sure of itself."""
_SOME = 0.5
"""That of one beside a gap, where no other text fits nearly as well."""
_NONE = 0.3
"""Up to here a pair says nothing about its page, down to 0; below it speaks against it."""
_LITTLE = 0.4
"""How much a pair counts for its page that says something, and is not sure."""
_AGAINST = -0.3
"""Below it a pair is doubted wherever it stands."""
_BETTER = 0.2
"""How much evidence an exchange may bring: more, and the pair is doubted wherever it stands."""
_BELIEVED = 0.5
"""The share of the pairs that say something that has to speak for a page, to believe it."""
_SAME_BLOCK = 1.5
"""What a block without texts has to score to hold its place: two thirds of it are the same."""
_CONTRADICTED = -0.5
"""The evidence of a text that is certainly another one."""
_JOINED = 0.05
"""How much better the length has to fit with a neighbour, for the neighbour to belong to it."""

NO_EVIDENCE = "too little shows that this page translates its source"
_GAP = "something is missing beside it"
_OTHER = "another text fits as well"
_BETTER_ELSEWHERE = "it fits another text better"
_GOES_ON = "it may go on in the text beside it"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a person should look at a pair; `placed` where its place alone says that it is one."""

    doubts: tuple[str, ...] = ()
    placed: bool = False


@dataclass(frozen=True)
class Judged:
    """Whether enough shows that a page translates its source, and what is held of each pair.

    Blocks without texts have no verdict; a page without texts is believed.
    """

    believed: bool
    verdicts: Mapping[Pair, Verdict]


def judged(
    pairs: Sequence[Pair], sources: Sequence[Clues], targets: Sequence[Clues], like: Likeness
) -> Judged:
    """Judge the pairs of a page."""
    page = _Page(pairs, sources, targets, like)
    there = any(one.kind for one in sources) and any(one.kind for one in targets)
    return Judged(page.believed or not there, {pair: page.verdict(pair) for pair in page.texts})


class _Page:
    """The pairs of a page, each looked at beside the others."""

    def __init__(
        self,
        pairs: Sequence[Pair],
        sources: Sequence[Clues],
        targets: Sequence[Clues],
        like: Likeness,
    ) -> None:
        self._pairs, self._sources, self._targets, self._like = pairs, sources, targets, like
        self.texts = tuple(pair for pair in pairs if sources[pair.source].kind)
        self._rivals = Rivals(pairs, sources, targets, like)

    def verdict(self, pair: Pair) -> Verdict:
        """Whether a pair may be believed, and why not."""
        if not self.believed:
            return Verdict((NO_EVIDENCE,))
        if found := self._basic[pair]:
            return Verdict(found)
        if self._goes_on(pair):
            return Verdict((_GOES_ON,))
        if pair in self._sure:
            return Verdict()
        doubt = self._doubt_of_place(pair)
        return Verdict((doubt,) if doubt else (), placed=not doubt)

    @cached_property
    def believed(self) -> bool:
        """Whether the page shows that it translates its source."""
        prose = [pair for pair in self.texts if self._sources[pair.source].kind in PROSE]
        asked = prose or self.texts
        says = [self._rivals.evidence(*at(pair)) for pair in asked]
        speaking = sum(map(self._speaks, asked))
        telling = sum(not 0 <= one < _NONE for one in says)
        enough = speaking >= max(sum(one < 0 for one in says), _BELIEVED * telling)
        return enough and any(pair in self._sure for pair in asked)

    def _speaks(self, pair: Pair) -> float:
        """How much a pair speaks for the page, 0-1."""
        evidence = self._rivals.evidence(*at(pair))
        if evidence >= _SURE and not self._basic[pair]:
            return 1.0
        return _LITTLE if evidence >= _NONE else 0.0

    @cached_property
    def _basic(self) -> Mapping[Pair, tuple[str, ...]]:
        return {
            pair: doubts_about(
                pair, self._sources[pair.source], self._targets[pair.target], self._like
            )
            for pair in self.texts
        }

    @cached_property
    def _sure(self) -> frozenset[Pair]:
        return frozenset(
            pair
            for pair in self.texts
            if not self._basic[pair]
            and self._rivals.evidence(*at(pair)) >= _SURE
            and self._rivals.has_no_rival(pair)
            and self._rivals.loss(pair, self.texts) >= WORSE
        )

    def _doubt_of_place(self, pair: Pair) -> str:
        """Why the place of a pair does not make it one, "" where it does."""
        before, after = self._holding(pair)
        inside = [one for one in self._pairs if before.source < one.source < after.source]
        if not self._is_apart(pair) and self._may_be_another(pair, before, after):
            return _GAP
        if self._rivals.loss(pair, inside) < WORSE:
            return _OTHER
        elsewhere = self._rivals.gain(pair, self.texts) > _BETTER
        if elsewhere or self._rivals.evidence(*at(pair)) < _AGAINST:
            return _BETTER_ELSEWHERE
        return ""

    def _is_apart(self, pair: Pair) -> bool:
        return self._rivals.evidence(*at(pair)) >= _SOME and self._rivals.has_no_rival(pair)

    def _may_be_another(self, pair: Pair, before: Pair, after: Pair) -> bool:
        """Whether a text near it has no partner, and nothing says that it is not its."""
        source, target = at(pair)
        kinds = _like(self._sources[source].kind), _like(self._targets[target].kind)
        return any(
            before.source < one < after.source
            and self._sources[one].kind in kinds[0]
            and self._rivals.evidence(one, target) > _CONTRADICTED
            for one in self._rivals.alone[0]
        ) or any(
            before.target < one < after.target
            and self._targets[one].kind in kinds[1]
            and self._rivals.evidence(source, one) > _CONTRADICTED
            for one in self._rivals.alone[1]
        )

    def _holding(self, pair: Pair) -> tuple[Pair, Pair]:
        """The nearest pairs before and behind that hold their places; the ends of the page do."""
        before = [one for one in self._fixed if one.source < pair.source]
        after = [one for one in self._fixed if one.source > pair.source]
        first = Pair(-1, -1, 0.0, 0.0)
        last = Pair(len(self._sources), len(self._targets), 0.0, 0.0)
        return (before[-1] if before else first), (after[0] if after else last)

    @cached_property
    def _fixed(self) -> Sequence[Pair]:
        return [
            pair
            for pair in self._pairs
            if not pair.moved
            and (
                pair in self._sure if self._sources[pair.source].kind else pair.score >= _SAME_BLOCK
            )
        ]

    def _goes_on(self, pair: Pair) -> bool:
        """Whether one of both texts is too short, and a text without a partner beside it fits."""
        source, target = self._sources[pair.source], self._targets[pair.target]
        alone = self._like.length(source, target) + _JOINED
        if target.length < source.length * self._like.ratio:
            parts = self._beside(self._targets, 1, pair.target)
            return any(
                self._like.length(source, _joined(target, part)) > alone
                for part in parts
                if _adds_nothing(part, source)
            )
        parts = self._beside(self._sources, 0, pair.source)
        return any(
            self._like.length(_joined(source, part), target) > alone
            for part in parts
            if _adds_nothing(part, target)
        )

    def _beside(self, row: Sequence[Clues], side: int, place: int) -> Iterator[Clues]:
        """The texts right before and behind that have no partner."""
        for other in (place - 1, place + 1):
            if other in self._rivals.alone[side] and row[other].kind in PROSE:
                yield row[other]


def _joined(one: Clues, other: Clues) -> Clues:
    return replace(one, length=one.length + other.length)


def _adds_nothing(part: Clues, whole: Clues) -> bool:
    """Whether a text holds no address, code or figure that another does not."""
    return not (
        part.links - whole.links or part.opaque - whole.opaque or part.numbers - whole.numbers
    )


def _like(kind: Kind | None) -> frozenset[Kind | None]:
    """The kinds that a translator may make of one."""
    return PROSE if kind in PROSE else frozenset({kind})
