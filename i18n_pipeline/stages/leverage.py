"""Leverage: fill untranslated units from what people reviewed elsewhere, exact before similar."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from i18n_pipeline.errors import BadFile
from i18n_pipeline.model import Key, Kind, Origin, Segment, Unit
from i18n_pipeline.origins import exact, fuzzy
from i18n_pipeline.stages.recall.carrying import carried
from i18n_pipeline.stages.recall.entries import (
    NEVER,
    SENTENCES,
    Entry,
    Memory,
    entries_of,
)
from i18n_pipeline.stages.recall.index import Found
from i18n_pipeline.stages.recall.likeness import likeness
from i18n_pipeline.stages.recall.wording import tokens_of, wording_of
from i18n_pipeline.values import dataclass, field, replace

_NEVER_SIMILAR = NEVER | {Kind.NAME, Kind.DEFINITION_TITLE}
"""A name that is nearly another one is the name of something else."""
_NEAR = 5
"""Percent that a text in a neighbouring variety of the language loses."""
_FEWEST = 3
"""Tokens of a text that anything may be similar to: of fewer words each is half of the text."""

_Offer = tuple[int, bool, int, str, str, str]
"""Minus how alike in percent, whether from an import, minus how frequent, source, target, where."""


@dataclass(frozen=True)
class Leveraged:
    """The units after the reuse, and how many were filled with the same and with similar texts."""

    units: tuple[Unit, ...]
    exact: int
    fuzzy: int = 0


@dataclass(frozen=True)
class Reuse:
    """How texts are used again.

    `reviewed`: renderings that agree need no review; `imported`: nor do those of imports alone.
    `stands` says whether a text may stand in its unit's place, `rejected` whether a person took it
    back there: that makes no other one agreed upon. `least` says for a unit how many
    percent alike a similar text must be, 0 for none at all. `source` is the source locale,
    `extensions` are those of its Markdown.
    """

    reviewed: bool = True
    imported: bool = False
    stands: Callable[[Unit], bool] = lambda _unit: True
    rejected: Callable[[Unit], bool] = lambda _unit: False
    least: Callable[[Unit], int] = lambda _unit: 0
    source: str = "en"
    extensions: frozenset[str] = field(default_factory=frozenset)


def leverage(
    units: tuple[Unit, ...],
    segments: Mapping[Key, Segment],
    reuse: Reuse | None = None,
    imports: Callable[[], Iterable[Entry]] = tuple,
) -> Leveraged:
    """Fill untranslated units whose text was translated elsewhere for the same kind of segment.

    Only renderings count that may stand in the unit's place. Where those of this project agree the
    unit becomes reviewed, if `reuse` allows it; otherwise it gets one as a draft: the one with the
    same text before and behind it, else the most frequent. A similar text is always a draft.
    `imports` are entries of other programs, asked for when something is to be filled.
    """

    def filler() -> Filler:
        entries = (*entries_of(units, segments), *imports())
        return Filler(reuse or Reuse(), Memory(entries, units))

    return fill(units, segments, filler)


def fill(
    units: tuple[Unit, ...], segments: Mapping[Key, Segment], filling: Callable[[], Filler]
) -> Leveraged:
    """Fill untranslated units from one memory, which is asked for when there are any."""
    wanting = [unit for unit in units if wants(unit, segments.get(unit.key))]
    if not wanting:
        return Leveraged(units, 0)
    filler = filling()
    if not filler.memory:
        return Leveraged(units, 0)
    same: dict[Key, Unit] = {}
    similar: dict[Key, Unit] = {}
    for unit in wanting:
        segment = segments[unit.key]
        if found := filler.exact(unit, segment):
            same[unit.key] = found
        elif found := filler.similar(unit, segment):
            similar[unit.key] = found
    filled = same | similar
    placed = tuple(unit if unit.obsolete else filled.get(unit.key, unit) for unit in units)
    return Leveraged(placed, len(same), len(similar))


def wants(unit: Unit, segment: Segment | None) -> bool:
    """Whether a unit waits for a text that may be one from elsewhere."""
    return not (segment is None or unit.obsolete or unit.target or segment.kind in NEVER)


class Filler:
    """Fills one unit after the other from one memory."""

    def __init__(self, reuse: Reuse, memory: Memory) -> None:
        self._reuse, self.memory = reuse, memory
        self._alike: dict[tuple[str, int], Sequence[Found]] = {}

    def exact(self, unit: Unit, segment: Segment) -> Unit | None:
        """The unit with what its text became elsewhere; None where nothing of it may stand."""
        entries = self.memory.of(unit.source, segment.kind)
        own = [entry for entry in entries if entry.own]
        for renderings in (own, [entry for entry in entries if not entry.own]):
            offered = list(self._offered(unit, renderings))
            standing = [one for one in offered if self._reuse.stands(one)]
            if standing:
                said = [one for one in offered if one in standing or self._reuse.rejected(one)]
                agreed = len(said) == 1 and self._decides(renderings, segment.kind)
                self.memory.confirm(one for one in renderings if one.target == standing[0].target)
                return _filled(standing[0], reviewed=agreed)
        return None

    def _offered(self, unit: Unit, entries: Iterable[Entry]) -> Iterator[Unit]:
        """The unit with each rendering: in the same surroundings first, then by frequency."""
        renderings: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            renderings[entry.target].append(entry)
        several = len(renderings) > 1
        ranked = sorted(
            (-self._alike_around(unit, each) if several else 0, -len(each), target)
            for target, each in renderings.items()
        )
        for _, _, target in ranked:
            where = min(entry.where for entry in renderings[target])
            yield replace(unit, target=target, origin=exact(where, target), previous=None)

    def _alike_around(self, unit: Unit, entries: Iterable[Entry]) -> int:
        """How many entries stand between the same texts as a unit."""
        around = self.memory.around(unit.context, unit.source)
        known = (one.around or self.memory.around(one.where, one.source) for one in entries)
        return sum(one == around for one in known) if around else 0

    def _decides(self, entries: Sequence[Entry], kind: Kind) -> bool:
        """Whether renderings that agree are taken as reviewed, own or all imported.

        One that is its source's is a name there, and may be a text that nobody translated here.
        """
        if entries[0].target == entries[0].source:
            return False
        if entries[0].own:
            sure = any(one.sure for one in entries) or len({one.where for one in entries}) > 1
            return self._reuse.reviewed and sure
        known = all(entry.sort or kind in SENTENCES for entry in entries)
        return self._reuse.imported and known and all(entry.exact for entry in entries)

    def similar(self, unit: Unit, segment: Segment) -> Unit | None:
        """The unit with the translation of the most similar text as a draft; None without one."""
        for offer in sorted(self._offers(unit, segment)):
            made = self._draft(unit, segment, offer)
            if made is not None and self._reuse.stands(made):
                said, entries = offer[-3:], self.memory.of(offer[-3], segment.kind)
                self.memory.confirm(one for one in entries if (one[0], one[1], one[3]) == said)
                return made
        return None

    def offers(self, unit: Unit, segment: Segment) -> bool:
        """Whether there is any text for a unit, whatever may be said against it."""
        return bool(self.memory.of(unit.source, segment.kind)) or any(self._offers(unit, segment))

    def least(self, unit: Unit, segment: Segment) -> int:
        """How many percent alike a text must be to be proposed for a unit; 0 for none at all."""
        few = len(tokens_of(wording_of(unit.source))) < _FEWEST
        return 0 if few or segment.kind in _NEVER_SIMILAR else self._reuse.least(unit)

    def _offers(self, unit: Unit, segment: Segment) -> Iterator[_Offer]:
        """Translations of similar texts; sorted, the best comes first."""
        least = self.least(unit, segment)
        if not least:
            return
        for source, letters in self._similar(wording_of(unit.source), least):
            percent = likeness(unit.source, source, letters, self._reuse.source)
            entries = self.memory.of(source, segment.kind)
            frequent = Counter(entry.target for entry in entries)
            for one in entries:
                worth = percent if one.exact else percent - _NEAR
                if worth >= least:
                    rank = (-worth, not one.own, -frequent[one.target])
                    yield *rank, source, one.target, one.where

    def alike(self, wording: str, least: int) -> Sequence[Found]:
        """Remembered wordings that are alike letter by letter, and how much in percent."""
        if (wording, least) not in self._alike:
            self._alike[wording, least] = self.memory.index.alike(wording, least)
        return self._alike[wording, least]

    def _similar(self, wording: str, least: int) -> Iterator[tuple[str, float]]:
        """Remembered texts that are alike letter by letter, and how much in percent."""
        for alike, letters in self.alike(wording, least):
            for source in self.memory.sources(alike):
                yield source, letters

    def _draft(self, unit: Unit, segment: Segment, offer: _Offer) -> Unit | None:
        """The unit with a similar text's translation, its placeholders put right, as a draft."""
        percent, _, _, source, rendering, where = offer
        try:
            target = carried(segment, source, rendering, self._reuse.extensions)
        except BadFile:  # the parser gave up on one of the texts
            return None
        if target is None:
            return None
        origin = fuzzy(-percent, where, target)
        return replace(unit, target=target, origin=origin, previous=source)


def _filled(unit: Unit, *, reviewed: bool) -> Unit:
    """A unit with its text as reviewed, or as a draft."""
    if not reviewed or unit.origin is None:
        return unit
    return replace(unit, reviewed=True, origin=Origin(unit.origin.words))
