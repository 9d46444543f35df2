"""Which entries of another glossary are new here, which are known, and which say otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from i18n_pipeline.glossary import Entry, Status
from i18n_pipeline.values import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry that is in force, and where it stands, in words."""

    entry: Entry
    where: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """An entry that cannot be taken, and the one it contradicts."""

    entry: Entry
    standing: Standing


@dataclass(frozen=True)
class Incoming:
    """Entries sorted: `new` ones in the order they came, how many were known, what disagrees."""

    new: tuple[Entry, ...] = ()
    known: int = 0
    conflicts: tuple[Conflict, ...] = ()


def sort_incoming(found: Iterable[Entry], standing: Sequence[Standing], name: str) -> Incoming:
    """Sort entries by what is in force; what was new becomes so, under `name`.

    An entry is known where its target stands with the same status, and contradicts where it
    stands with another, or where both prefer different targets. Without a part of speech on
    either side, both are taken for the same word.
    """
    index: defaultdict[str, list[Standing]] = defaultdict(list)
    for one in standing:
        index[_found_by(one.entry)].append(one)
    new: list[Entry] = []
    known = 0
    conflicts: list[Conflict] = []
    for entry in found:
        others = [one for one in index[_found_by(entry)] if _same_word(entry, one.entry)]
        if any(_same(entry, one.entry) for one in others):
            known += 1
        elif against := next((one for one in others if _contradicts(entry, one.entry)), None):
            conflicts.append(Conflict(entry, against))
        else:
            new.append(entry)
            index[_found_by(entry)].append(Standing(entry, name))
    return Incoming(tuple(new), known, tuple(conflicts))


def _found_by(entry: Entry) -> str:
    """What entries about one term have in common, whether or not case counts for each."""
    return entry.source.casefold()


def _same_word(one: Entry, other: Entry) -> bool:
    """Whether two entries are about one word: where case counts for one of them, spelled alike."""
    if (one.exact or other.exact) and one.source != other.source:
        return False
    return one.pos == other.pos or not one.pos or not other.pos


def _same(one: Entry, other: Entry) -> bool:
    return one.target == other.target and one.status is other.status


def _contradicts(one: Entry, other: Entry) -> bool:
    if one.target == other.target:
        return one.status is not other.status
    return one.status is other.status is Status.PREFERRED
