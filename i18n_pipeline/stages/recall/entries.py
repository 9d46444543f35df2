"""What a memory holds: texts with their translations, and what each of them may stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from i18n_pipeline.formats.body import FIELD
from i18n_pipeline.model import Key, Kind, Segment, State, Unit, digest
from i18n_pipeline.origins import is_placed

NEVER = frozenset({Kind.VOCABULARY, Kind.LIST, Kind.EXTRA})
"""Kinds of which no text is ever taken from elsewhere."""
SENTENCES = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTE, Kind.DEFINITION, Kind.FOOTNOTE})
"""Kinds whose texts may stand for each other."""
PROSE = "PROSE"
ANY = ""
"""The sort of a text whose kind nobody knows: it may be proposed for any, and never decides."""


class Entry(NamedTuple):
    """A text and its translation.

    `where` is the unit's context, or the file of an import. `own` says that people of this project
    reviewed it, `exact` that its languages are ours and not merely near. `around` is what an import
    knows of the texts before and behind it: their hash, or "". `sure` is false where a text was
    adopted for its place alone: it takes another such to decide for a third.
    """

    source: str
    target: str
    sort: str
    where: str
    own: bool = True
    exact: bool = True
    around: str = ""
    sure: bool = True


def sort_of(kind: Kind) -> str:
    """Kinds whose texts may stand for each other: sentences, wherever they stand.

    Short texts mean what is around them: "In statistics" over a column is no defined word.
    """
    return PROSE if kind in SENTENCES else kind.name


def entries_of(units: Iterable[Unit], segments: Mapping[Key, Segment]) -> Iterator[Entry]:
    """What people reviewed in one locale, obsolete units too."""
    fields = {s.field: (s.kind,) for s in segments.values() if s.field != FIELD}
    for unit in units:
        if unit.state is not State.REVIEWED:
            continue
        for kind in kinds_of(unit, segments.get(unit.key), fields):
            if kind not in NEVER:
                sure = not is_placed(unit.origin)
                yield Entry(unit.source, unit.target, sort_of(kind), unit.context, sure=sure)


def kinds_of(
    unit: Unit, segment: Segment | None, fields: Mapping[str, tuple[Kind, ...]]
) -> tuple[Kind, ...]:
    """What a unit's text may serve as.

    What kind a body's obsolete unit was is no longer known: it serves as a sentence, where words
    alone decide what is meant.
    """
    if segment is not None:
        return (segment.kind,)
    return (Kind.PARAGRAPH,) if unit.field == FIELD else fields.get(unit.field, ())


def surroundings(units: Iterable[Unit]) -> Mapping[Key, str]:
    """Hashes of what stands before and behind each active unit of a term, by its key."""
    return {key: _hash_of(texts) for key, texts in _neighbours(units).items()}


def _neighbours(units: Iterable[Unit]) -> Mapping[Key, tuple[str, str]]:
    """The texts before and behind each active unit of a term; "" where it is the first or last."""
    by_slug: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        if not unit.obsolete and unit.slug:
            by_slug[unit.slug].append(unit)
    found: dict[Key, tuple[str, str]] = {}
    for row in by_slug.values():
        sources = ["", *(unit.source for unit in row), ""]
        found |= {unit.key: (sources[at], sources[at + 2]) for at, unit in enumerate(row)}
    return found


def _hash_of(texts: tuple[str, str]) -> str:
    return digest("\0".join(texts), 6)


class Memory:
    """Entries by their texts. The same entries in whatever order are the same memory.

    `units` are those of the locale in order, reviewed or not: they say what stands around a text.
    """

    def __init__(self, entries: Iterable[Entry], units: Iterable[Unit]) -> None:
        self._units = units
        self._by_source: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            self._by_source[entry.source].append(entry)

    @property
    def sources(self) -> Collection[str]:
        """Every text that is remembered, once."""
        return self._by_source.keys()

    def of(self, source: str, kind: Kind) -> list[Entry]:
        """The entries of a text that may stand where a segment of this kind does."""
        sorts = (sort_of(kind), ANY)
        return [entry for entry in self._by_source.get(source, ()) if entry.sort in sorts]

    def around(self, context: str, source: str) -> str:
        """A hash of what stands around a unit; "" where that is not known."""
        texts = self._around.get((context, source))
        return "" if texts is None else _hash_of(texts)

    @cached_property
    def _around(self) -> Mapping[Key, tuple[str, str]]:
        return _neighbours(self._units)
