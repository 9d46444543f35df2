"""Which items of one sequence are which of another: order kept, in time that stays near linear."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from difflib import SequenceMatcher

_SMALL = 250_000
"""Product of two lengths up to which the exact comparison is affordable."""

_Range = tuple[int, int, int, int]
_Pairs = list[tuple[int, int]]


def aligned(old: Sequence[Hashable], new: Sequence[Hashable]) -> Mapping[int, int]:
    """For positions in `new` the position of the equal item in `old`; neither side crosses.

    Anchors are what stands once on both sides; only what lies between them is compared closely.
    """
    found: dict[int, int] = {}
    open_ranges: list[_Range] = [(0, len(old), 0, len(new))]
    while open_ranges:
        rest = _trim(old, new, open_ranges.pop(), found)
        if rest[0] == rest[1] or rest[2] == rest[3]:
            continue
        anchors = _anchors(old, new, rest)
        if anchors:
            found |= {j: i for i, j in anchors}
            open_ranges += _between(anchors, rest)
        else:
            found |= {j: i for i, j in _compared(old, new, rest)}
    return found


def gaps(found: Mapping[int, int], old: int, new: int) -> Sequence[_Range]:
    """The ranges (old from, old to, new from, new to) between aligned items, given both lengths."""
    return _between([(found[j], j) for j in sorted(found)], (0, old, 0, new))


def _between(pairs: Sequence[tuple[int, int]], within: _Range) -> list[_Range]:
    i1, i2, j1, j2 = within
    ranges: list[_Range] = []
    for i, j in [*pairs, (i2, j2)]:
        if i > i1 or j > j1:
            ranges.append((i1, i, j1, j))
        i1, j1 = i + 1, j + 1
    return ranges


def _trim(
    old: Sequence[Hashable], new: Sequence[Hashable], within: _Range, found: dict[int, int]
) -> _Range:
    """Take equal items off both ends of a range."""
    i1, i2, j1, j2 = within
    while i1 < i2 and j1 < j2 and old[i1] == new[j1]:
        found[j1] = i1
        i1, j1 = i1 + 1, j1 + 1
    while i1 < i2 and j1 < j2 and old[i2 - 1] == new[j2 - 1]:
        i2, j2 = i2 - 1, j2 - 1
        found[j2] = i2
    return i1, i2, j1, j2


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], within: _Range) -> _Pairs:
    """The longest rising run of items that stand once on each side of the range."""
    i1, i2, j1, j2 = within
    here, there = _once(old, i1, i2), _once(new, j1, j2)
    return _rising([(i, there[item]) for item, i in here.items() if item in there])


def _once(items: Sequence[Hashable], start: int, end: int) -> dict[Hashable, int]:
    places: dict[Hashable, int] = {}
    repeated: set[Hashable] = set()
    for at in range(start, end):
        if items[at] in places:
            repeated.add(items[at])
        places[items[at]] = at
    return {item: at for item, at in places.items() if item not in repeated}


def _rising(pairs: _Pairs) -> _Pairs:
    """The longest subsequence of pairs, which rise on the left, that rises on the right too."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before.append(ends[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [j]
        ends[pile : pile + 1] = [at]
    run: _Pairs = []
    at = ends[-1] if ends else -1
    while at >= 0:
        run.append(pairs[at])
        at = before[at]
    return run[::-1]


def _compared(old: Sequence[Hashable], new: Sequence[Hashable], within: _Range) -> _Pairs:
    i1, i2, j1, j2 = within
    if (i2 - i1) * (j2 - j1) > _SMALL:
        return _first_come(old, new, within)
    blocks = SequenceMatcher(None, old[i1:i2], new[j1:j2], autojunk=False).get_matching_blocks()
    return [(i1 + b.a + step, j1 + b.b + step) for b in blocks for step in range(b.size)]


def _first_come(old: Sequence[Hashable], new: Sequence[Hashable], within: _Range) -> _Pairs:
    """Each new item with the next equal old one: not the longest run, but linear."""
    i1, i2, j1, j2 = within
    places: dict[Hashable, list[int]] = defaultdict(list)
    for i in range(i1, i2):
        places[old[i]].append(i)
    pairs: _Pairs = []
    last = i1 - 1
    for j in range(j1, j2):
        there = places.get(new[j], [])
        at = bisect_right(there, last)
        if at < len(there):
            last = there[at]
            pairs.append((last, j))
    return pairs
