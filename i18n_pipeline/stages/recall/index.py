"""The index of a memory: which of many wordings may be like a new one, without comparing all.

A wording is found by its rarest tokens, among those of a length that can be as alike as asked; a
short one, which has few tokens, is compared with all of its length. What is found depends on the
set of wordings alone: an index made of others, and told what is gone and what is new, finds the
same.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nsmallest
from itertools import accumulate, chain

from i18n_pipeline.stages.recall.wording import tokens_of
from i18n_pipeline.values import dataclass, field

# Measured with 100,000 wordings of 124 characters on average: docs/performance.md
_ASKED = 8
"""How many tokens of a wording, the rarest, it is looked for by."""
_POSTINGS = 6_000
"""A token that more wordings have tells them apart badly: it is used only where no other is."""
_COMPARED = 100
"""How many wordings are compared letter by letter: those with the most tokens in common."""
_SHORT = 24
"""Characters of a wording that is compared with all others of its length."""
_ALL = 30_000
"""How many that may be."""
_SHORT_COMPARED = 3_000
"""As many as are compared of a short one where they are more: few tokens say little about it."""

Found = tuple[str, float]
"""A wording, and how alike it is in percent."""

_Range = tuple[int, int]


def _order(wording: str) -> tuple[int, str]:
    return len(wording), wording


@dataclass(frozen=True)
class Postings:
    """Wordings in the order of their lengths, and by token the numbers of those that have it.

    `rows` are the numbers of tokens; row n has the postings `numbers[starts[n] : starts[n + 1]]`.
    """

    wordings: tuple[str, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    starts: array[int] = field(default_factory=lambda: array("I", [0]))
    numbers: array[int] = field(default_factory=lambda: array("I"))

    @cached_property
    def lengths(self) -> Sequence[int]:
        """The length of each wording, in characters."""
        return [len(wording) for wording in self.wordings]

    def within(self, least: int, most: int) -> _Range:
        """From which number on, and before which, wordings have `least` to `most` characters."""
        return bisect_left(self.lengths, least), bisect_right(self.lengths, most)

    def count(self, token: str) -> int:
        """How many wordings have a token."""
        start, end = self._of(token)
        return end - start

    def window(self, token: str, numbers: _Range) -> _Range:
        """Where in `numbers` the postings of a token begin and end that lie in a range."""
        start, end = self._of(token)
        first, behind = (bisect_left(self.numbers, one, start, end) for one in numbers)
        return first, behind

    def _of(self, token: str) -> _Range:
        row = self.rows.get(token)
        return (0, 0) if row is None else (self.starts[row], self.starts[row + 1])


def postings_of(wordings: Iterable[str]) -> Postings:
    """The postings of a set of wordings, whatever their order."""
    ordered = tuple(sorted(set(wordings), key=_order))
    lists: defaultdict[str, list[int]] = defaultdict(list)
    for number, wording in enumerate(ordered):
        for token in tokens_of(wording):
            lists[token].append(number)
    tokens = sorted(lists)
    starts = array("I", accumulate((len(lists[token]) for token in tokens), initial=0))
    numbers = array("I", chain.from_iterable(lists[token] for token in tokens))
    return Postings(ordered, {token: row for row, token in enumerate(tokens)}, starts, numbers)


@dataclass(frozen=True)
class Index:
    """Postings of an earlier memory, and what is new and what is gone since."""

    base: Postings = field(default_factory=Postings)
    new: Postings = field(default_factory=Postings)
    gone: Postings = field(default_factory=Postings)

    @classmethod
    def of(cls, wordings: frozenset[str], base: Postings | None = None) -> Index:
        """An index of exactly these wordings; quickly made from postings of nearly the same."""
        if base is None:
            return cls(postings_of(wordings))
        known = frozenset(base.wordings)
        return cls(base, postings_of(wordings - known), postings_of(known - wordings))

    @property
    def drift(self) -> int:
        """How many wordings its postings know too many, or too few."""
        return len(self.new.wordings) + len(self.gone.wordings)

    def alike(self, wording: str, least: float, most: int = 5) -> list[Found]:
        """At most so many wordings that are `least` percent alike or more, the best first."""
        candidates = self._candidates(wording, least)
        if not candidates:  # a library that nobody needs is not loaded
            return []
        from rapidfuzz import fuzz, process

        ratio = fuzz.ratio
        scored = process.extract(wording, candidates, scorer=ratio, score_cutoff=least, limit=None)
        found = sorted(((text, score) for text, score, _ in scored), key=_best_first)
        return found[:most]

    def _candidates(self, wording: str, least: float) -> list[str]:
        """The wordings to compare: most tokens in common, then nearest in length, then by text."""
        length = len(wording)
        # of two texts that are r alike the shorter has at least r / (2 - r) of the longer's length
        share = least / (200 - least)
        reach = int(length * share), int(length / share) + 1
        if length <= _SHORT and (every := self._every(reach)) is not None:
            return every
        chosen: list[str] = []
        most = _COMPARED if length > _SHORT else _SHORT_COMPARED
        for level in _levels(self._hits(tokens_of(wording), reach), most):
            room = most - len(chosen)
            chosen += _nearest([*map(self._wording, level)], length, room)
        return chosen

    def _every(self, reach: _Range) -> list[str] | None:
        """All wordings of these lengths; None where they are too many to compare."""
        base, new, gone = (one.wordings[slice(*one.within(*reach))] for one in self._parts)
        if len(base) + len(new) - len(gone) > _ALL:
            return None
        away = frozenset(gone)
        return [one for one in chain(base, new) if one not in away]

    def _hits(self, tokens: Iterable[str], reach: _Range) -> Counter[int]:
        """How many of the rarest tokens the wordings of these lengths have, by their numbers.

        The numbers of new ones follow those of the base.
        """
        within = [one.within(*reach) for one in self._parts]
        windows = [
            [one.window(token, numbers) for one, numbers in zip(self._parts, within, strict=True)]
            for token in self._rarest(tokens)
        ]
        size, hits = len(self.base.wordings), Counter[int]()
        for base, new, _ in [one for one in windows if _size(one) <= _POSTINGS] or windows[:1]:
            hits.update(self.base.numbers[slice(*base)])
            hits.update(size + number for number in self.new.numbers[slice(*new)])
        for number in self._away:
            hits.pop(number, None)
        return hits

    def _rarest(self, tokens: Iterable[str]) -> list[str]:
        counts = ((self._count(token), token) for token in tokens)
        return [token for count, token in sorted(counts) if count][:_ASKED]

    def _count(self, token: str) -> int:
        return self.base.count(token) + self.new.count(token) - self.gone.count(token)

    def _wording(self, number: int) -> str:
        size = len(self.base.wordings)
        return self.base.wordings[number] if number < size else self.new.wordings[number - size]

    @property
    def _parts(self) -> tuple[Postings, Postings, Postings]:
        return self.base, self.new, self.gone

    @cached_property
    def _away(self) -> Sequence[int]:
        """The numbers of wordings that are gone."""
        known = self.base.wordings
        return [bisect_left(known, _order(one), key=_order) for one in self.gone.wordings]


def _size(windows: Sequence[_Range]) -> int:
    """How many postings a token has in windows of the base, of what is new, of what is gone."""
    base, new, gone = (end - start for start, end in windows)
    return base + new - gone


def _levels(hits: Counter[int], most: int) -> Iterator[list[int]]:
    """Numbers of wordings with equally many tokens in common: those with the most come first.

    So many levels as it takes for `most` of them; of the others, which are nearly all, no list is
    made.
    """
    sizes = sorted(Counter(hits.values()).items(), reverse=True)
    sums = accumulate(size for _, size in sizes)
    needed = [count for (count, size), sum_ in zip(sizes, sums, strict=True) if sum_ - size < most]
    least = needed[-1] if needed else 0
    levels: dict[int, list[int]] = {count: [] for count in needed}
    for number in [number for number, count in hits.items() if count >= least]:
        levels[hits[number]].append(number)
    return iter(levels.values())


def _nearest(wordings: list[str], length: int, most: int) -> list[str]:
    """At most so many, the nearest in length first where they are more."""
    if len(wordings) <= most:
        return wordings
    return nsmallest(most, wordings, key=lambda one: (abs(len(one) - length), one))


def _best_first(found: Found) -> tuple[float, str]:
    return -found[1], found[0]
