"""Which new segment took over from which vanished unit, told by how alike their sources are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from heapq import heapify, heappop, heappush

from i18n_pipeline.model import Key, Kind, Segment, Unit
from i18n_pipeline.values import dataclass

_SIMILAR = 0.4
"""Least similarity (0–1) at which an edited segment is taken for another's successor."""
_REACH = 50
"""How many places apart an edited segment is looked for, when there are many."""
_PAIRS = 200_000
"""How many pairs are looked at: keeps a rewritten file linear."""
_COMPARED = 20_000
"""How many pairs are compared closely; the most promising ones come first."""
_SINGLE = frozenset({Kind.NAME, Kind.TEXT, Kind.LIST, Kind.EXTRA})
"""Kinds of which a field of a term mostly holds one, so that no likeness is needed."""

_Candidate = tuple[float, bool, int, int, int]
"""Minus the similarity, whether that is only a bound, the distance, and both positions."""


def successors(
    vanished: Sequence[Unit], waiting: Sequence[Key], segments: Mapping[Key, Segment]
) -> Mapping[Key, Key]:
    """The new key by the vanished one, within one field of one term; the most similar first.

    A localized list has a successor only where it is the only one: it is one text per field.
    """
    if len(vanished) == 1 and len(waiting) == 1 and segments[waiting[0]].kind in _SINGLE:
        return {vanished[0].key: waiting[0]}
    open_keys = [key for key in waiting if segments[key].kind is not Kind.LIST]
    old = [_Words.of(unit.source) for unit in vanished]
    new = [_Words.of(source) for _, source in open_keys]
    return {vanished[i].key: open_keys[j] for i, j in _matched(old, new)}


@dataclass(frozen=True, slots=True)
class _Words:
    """A text's words in order (or its letters, where it has few), and as a set.

    In the set a word that comes again is another one, so that common words count as often as
    they are common.
    """

    order: tuple[str, ...]
    counted: frozenset[tuple[str, int]]

    @classmethod
    def of(cls, text: str) -> _Words:
        words = text.lower().split()
        order = tuple(words if len(words) > 3 else text.lower())
        seen: Counter[str] = Counter()
        counted = []
        for word in order:
            seen[word] += 1
            counted.append((word, seen[word]))
        return cls(order, frozenset(counted))

    def at_most(self, other: _Words) -> float:
        """What the similarity cannot exceed, whatever the order."""
        both = len(self.order) + len(other.order)
        return 2 * len(self.counted & other.counted) / both if both else 0.0

    def similarity(self, other: _Words) -> float:
        """0–1."""
        return SequenceMatcher(None, self.order, other.order, autojunk=False).ratio()


def _matched(old: Sequence[_Words], new: Sequence[_Words]) -> Iterator[tuple[int, int]]:
    """The best pairs first; the costly comparison only for those whose turn has come."""
    queue = list(_candidates(old, new))
    heapify(queue)
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    left = _COMPARED
    while queue and left:
        _, bound, distance, i, j = heappop(queue)
        if i in taken_old or j in taken_new:
            continue
        if bound:
            left -= 1
            exact = old[i].similarity(new[j])
            if exact >= _SIMILAR:
                heappush(queue, (-exact, False, distance, i, j))
            continue
        taken_old.add(i)
        taken_new.add(j)
        yield i, j


def _candidates(old: Sequence[_Words], new: Sequence[_Words]) -> Iterator[_Candidate]:
    shift = abs(len(old) - len(new))
    reach = max(_REACH, min(shift, _PAIRS // max(1, len(old))))
    for i, words in enumerate(old):
        for j in range(max(0, i - reach), min(len(new), i + reach + 1)):
            bound = words.at_most(new[j])
            if bound >= _SIMILAR:
                yield -bound, True, abs(i - j), i, j
