"""Where two texts differ, word by word: for those who have to look at an edit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby

from i18n_pipeline.stages.alignment import aligned, gaps
from i18n_pipeline.stages.edits.pieces import Text
from i18n_pipeline.values import dataclass

_MOST = 6_000
"""Pieces up to which two texts are compared closely; of longer ones only the ends are."""

_Range = tuple[int, int, int, int]


class Side(StrEnum):
    """Where a run of words stands: in both texts, in the old one, in the new one."""

    BOTH = "both"
    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that both texts have in a place, or one of them."""

    side: Side
    text: str


def hunks(old: Sequence[str], new: Sequence[str]) -> Sequence[_Range]:
    """The ranges (old from, old to, new from, new to) in which two sequences differ.

    In time that grows with their length: long ones differ from the first to the last difference.
    """
    if len(old) == len(new):
        pairs = enumerate(zip(old, new, strict=True))
        single = [at for at, (one, other) in pairs if one != other]
        if len(single) <= 1 or max(len(old), len(new)) > _MOST:
            return [(at, at + 1, at, at + 1) for at in single]
    if max(len(old), len(new)) > _MOST:
        return [_middle(old, new)]
    return gaps(aligned(old, new), len(old), len(new))


def _middle(old: Sequence[str], new: Sequence[str]) -> _Range:
    head = 0
    most = min(len(old), len(new))
    while head < most and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, len(old) - tail, head, len(new) - tail


def differing(old: Text, new: Text) -> tuple[Run, ...]:
    """Two texts as runs of words: joined, the old and common ones are the old text."""
    left = [piece.text for piece in old.pieces]
    right = [piece.text for piece in new.pieces]
    return tuple(_runs(left, right))


def _runs(left: Sequence[str], right: Sequence[str]) -> Iterator[Run]:
    i = 0
    for i1, i2, j1, j2 in [*_wide(hunks(left, right), left), (len(left), 0, len(right), 0)]:
        parts = (
            (Side.BOTH, "".join(left[i:i1])),
            (Side.OLD, "".join(left[i1:i2])),
            (Side.NEW, "".join(right[j1:j2])),
        )
        yield from (Run(side, text) for side, text in parts if text)
        i = i2


def _wide(found: Iterable[_Range], left: Sequence[str]) -> Iterator[_Range]:
    """Ranges, those joined between which there are only blanks."""
    last: _Range | None = None
    for one in found:
        if last is not None and not "".join(left[last[1] : one[0]]).strip():
            last = (last[0], one[1], last[2], one[3])
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def shortened(runs: Sequence[Run], words: int = 4) -> tuple[Run, ...]:
    """Runs without the middle of what both texts have: so many words stay beside a difference."""
    found: list[Run] = []
    for at, run in enumerate(runs):
        parts = run.text.split(" ")
        first, last = at == 0, at == len(runs) - 1
        if run.side is not Side.BOTH or len(parts) <= words * 2 + 1:
            found.append(_narrow(run, first=first, last=last))
            continue
        before = "" if first else " ".join(parts[:words]) + " "
        after = "" if last else " " + " ".join(parts[-words:])
        found.append(_narrow(Run(run.side, f"{before}…{after}"), first=first, last=last))
    return tuple(found)


_WIDE = 60
"""Characters of a common run that are shown at most; of scripts without blanks, say."""


def _narrow(run: Run, *, first: bool, last: bool) -> Run:
    if run.side is not Side.BOTH or len(run.text) <= _WIDE:
        return run
    half = _WIDE // 2
    before = "" if first else run.text[:half]
    after = "" if last else run.text[-half:]
    return Run(run.side, f"{before}…{after}")


def as_words(runs: Iterable[Run]) -> str:
    """Runs in one line of plain text: `a [-small-]{+large+} model`."""
    shown = {Side.BOTH: "{}", Side.OLD: "[-{}-]", Side.NEW: "{{+{}+}}"}
    joined = ((side, "".join(run.text for run in some)) for side, some in groupby(runs, _side))
    return "".join(shown[side].format(text) for side, text in joined)


def _side(run: Run) -> Side:
    return run.side
