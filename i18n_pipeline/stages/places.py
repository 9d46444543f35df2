"""Where texts of the source as it is now stand in a body built from an older one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from i18n_pipeline.stages.alignment import aligned, gaps


def places(base: Sequence[str], now: Sequence[str]) -> Mapping[int, int]:
    """Positions now → then: the same text, or what took one text's place alone.

    Both are hashes of source texts in order; "" in `base` stands for a text of the file's own,
    which takes nobody's place.
    """
    known = [at for at, source in enumerate(base) if source]
    sources = [base[at] for at in known]
    found = aligned(sources, now)
    placed = {**found, **_moved(sources, now, found)}
    taken = set(placed.values())
    for i1, i2, j1, j2 in gaps(found, len(sources), len(now)):
        if i2 - i1 == j2 - j1 == 1 and j1 not in placed and i1 not in taken:
            placed[j1] = i1
    return {here: known[there] for here, there in placed.items()}


def _moved(base: Sequence[str], now: Sequence[str], found: Mapping[int, int]) -> dict[int, int]:
    """Texts that stand elsewhere now: those that stood once then and stand once now."""
    left = set(range(len(base))) - set(found.values())
    rest = [at for at in range(len(now)) if at not in found]
    then, here = Counter(base[i] for i in left), Counter(now[j] for j in rest)
    then_at = {base[i]: i for i in left}
    return {j: then_at[now[j]] for j in rest if then[now[j]] == here[now[j]] == 1}
