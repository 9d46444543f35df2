"""Which text of a locale's file translates which text of the source: order kept, gaps allowed.

The best way through both files is found by dynamic programming over what each pair scores
(W. Gale and K. Church, "A Program for Aligning Sentences in Bilingual Corpora", 1993, with more
clues than lengths). How much worse the best other way is that pairs a text otherwise, tells how
sure a pair is. What is left over may have been moved: then only contents count.
"""

from __future__ import annotations

from collections.abc import Sequence

from i18n_pipeline.stages.adopting.clues import Clues
from i18n_pipeline.stages.adopting.likeness import Likeness
from i18n_pipeline.values import dataclass

_GAP = -0.35
"""What a text without a counterpart costs."""
_BAND = 40
"""How far from the diagonal pairs are looked for, beyond the difference of both lengths."""
_MOVED = 2.4
"""What contents have to score for a pair that stands elsewhere."""
CLEAR = 1.0
"""How much better than any other way a pair has to be, to be beyond doubt."""
_NEVER = float("-inf")


@dataclass(frozen=True, slots=True)
class Pair:
    """Positions of a source text and of its translation.

    `score` says how alike they are, `margin` how much better the whole is than the best other
    way that gives one of them another partner or none.
    """

    source: int
    target: int
    score: float
    margin: float
    moved: bool = False


def pair_up(sources: Sequence[Clues], targets: Sequence[Clues], like: Likeness) -> list[Pair]:
    """The pairs of two files, in the order of the source."""
    grid = _Grid(sources, targets, like)
    pairs = grid.pairs()
    return sorted(pairs + _moved(sources, targets, pairs, like), key=lambda pair: pair.source)


def total(pairs: Sequence[Pair], sources: int, targets: int) -> float:
    """What a whole alignment scores: pairs less what has no counterpart."""
    gaps = sources + targets - 2 * len(pairs)
    return sum(pair.score for pair in pairs) + gaps * _GAP


class _Grid:
    """The scores of all pairs near the diagonal, and of the best ways to and from each."""

    def __init__(self, sources: Sequence[Clues], targets: Sequence[Clues], like: Likeness) -> None:
        self._n, self._m = len(sources), len(targets)
        self._reach = _BAND + abs(self._n - self._m)
        self._scores = [
            {j: like.score(source, targets[j]) for j in self._columns(i)}
            for i, source in enumerate(sources)
        ]
        self._to = self._forward()
        self._from = self._backward()

    def _columns(self, row: int) -> range:
        middle = row * self._m // max(1, self._n)
        return range(max(0, middle - self._reach), min(self._m, middle + self._reach + 1))

    def _forward(self) -> list[list[float]]:
        """The best sum of each beginning: `i` source and `j` target texts."""
        best = [[j * _GAP for j in range(self._m + 1)]]
        for i in range(self._n):
            above, scores = best[i], self._scores[i]
            row = [above[0] + _GAP]
            for j in range(self._m):
                paired = above[j] + scores[j] if j in scores else _NEVER
                row.append(max(paired, above[j + 1] + _GAP, row[j] + _GAP))
            best.append(row)
        return best

    def _backward(self) -> list[list[float]]:
        """The best sum of each end: what comes after `i` source and `j` target texts."""
        last = [(self._m - j) * _GAP for j in range(self._m + 1)]
        best = [last]
        for i in reversed(range(self._n)):
            below, scores = best[-1], self._scores[i]
            row = [0.0] * (self._m + 1)
            row[self._m] = below[self._m] + _GAP
            for j in reversed(range(self._m)):
                paired = below[j + 1] + scores[j] if j in scores else _NEVER
                row[j] = max(paired, below[j] + _GAP, row[j + 1] + _GAP)
            best.append(row)
        return best[::-1]

    def _through(self, i: int, j: int) -> float:
        """The best whole that pairs `i` with `j`."""
        score = self._scores[i].get(j, _NEVER)
        return self._to[i][j] + score + self._from[i + 1][j + 1]

    def pairs(self) -> list[Pair]:
        """The pairs of the best whole, each with its margin."""
        best = self._to[self._n][self._m]
        others = self._others()
        return [
            Pair(i, j, self._scores[i][j], best - max(others[0][i], others[1][j]))
            for i, j in self._path()
        ]

    def _path(self) -> list[tuple[int, int]]:
        path: list[tuple[int, int]] = []
        i, j = self._n, self._m
        while i and j:
            here = self._to[i][j]
            score = self._scores[i - 1].get(j - 1, _NEVER)
            if here == self._to[i - 1][j - 1] + score:
                i, j = i - 1, j - 1
                path.append((i, j))
            elif here == self._to[i - 1][j] + _GAP:
                i -= 1
            else:
                j -= 1
        return path[::-1]

    def _others(self) -> tuple[list[float], list[float]]:
        """For each text of both sides, the best whole that treats it in another way."""
        chosen = dict(self._path())
        rows, columns = [_NEVER] * self._n, [_NEVER] * self._m
        for i, scores in enumerate(self._scores):
            rows[i] = max(self._to[i][j] + _GAP + self._from[i + 1][j] for j in range(self._m + 1))
            for j in scores:
                if chosen.get(i) == j:
                    continue
                through = self._through(i, j)
                rows[i], columns[j] = max(rows[i], through), max(columns[j], through)
        return rows, columns


def _moved(
    sources: Sequence[Clues], targets: Sequence[Clues], pairs: Sequence[Pair], like: Likeness
) -> list[Pair]:
    """Pairs of what is left over, wherever it stands: only what contents say for certain."""
    taken_sources = {pair.source for pair in pairs}
    taken_targets = {pair.target for pair in pairs}
    free_sources = [i for i in range(len(sources)) if i not in taken_sources and sources[i].kind]
    free_targets = [j for j in range(len(targets)) if j not in taken_targets and targets[j].kind]
    if len(free_sources) * len(free_targets) > 250_000:
        return []
    scored = sorted(
        (
            (like.content(sources[i], targets[j]), like.score(sources[i], targets[j]), i, j)
            for i in free_sources
            for j in free_targets
        ),
        reverse=True,
    )
    found: list[Pair] = []
    for content, score, i, j in scored:
        if content < _MOVED or score < _MOVED:
            continue
        if i not in taken_sources and j not in taken_targets:
            taken_sources.add(i)
            taken_targets.add(j)
            found.append(Pair(i, j, score, content, moved=True))
    return found
