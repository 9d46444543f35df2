"""Three ways: of a value, of lines and of named fields, given what both sides began with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")
K = TypeVar("K")


def changed_one(base: T, ours: T, theirs: T) -> T:
    """The value of the side that changed it; ours where both did."""
    return theirs if ours == base else ours


def merged_lines(base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]) -> tuple[T, ...]:
    """Our lines without those that they took out, and behind them those that they added."""
    if ours == base:
        return tuple(theirs)
    kept = [line for line in ours if line in theirs or line not in base]
    added = (line for line in theirs if line not in base and line not in ours)
    return (*kept, *added)


def merged_fields(base: Mapping[K, T], ours: Mapping[K, T], theirs: Mapping[K, T]) -> Mapping[K, T]:
    """Fields by name, in our order, then theirs; one that a side changed outlives a removal."""
    found: dict[K, T] = {}
    for name in dict.fromkeys((*ours, *theirs)):
        there = [side[name] for side in (ours, theirs) if name in side]
        value = changed_one(base.get(name), ours.get(name), theirs.get(name))
        if value is None and there != [base.get(name)]:
            value = there[0]
        if value is not None:
            found[name] = value
    return found


def in_order(ours: Sequence[K], theirs: Sequence[K], wanted: Iterable[K]) -> list[K]:
    """What is wanted of both, in our order; what only they have stands behind its neighbour."""
    left = set(wanted)
    order = [key for key in ours if key in left]
    after: dict[K, list[K]] = {}
    first: list[K] = []
    known, behind = set(order), None
    for key in theirs:
        if key not in left:
            continue
        if key in known:
            behind = key
        else:
            (first if behind is None else after.setdefault(behind, [])).append(key)
    return [*first, *(one for key in order for one in (key, *after.get(key, ())))]
