"""What a memory holds: texts with their translations, and what each of them may stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from i18n_pipeline.formats.body import FIELD
from i18n_pipeline.model import Key, Kind, Segment, State, Unit, digest
from i18n_pipeline.origins import is_placed
from i18n_pipeline.stages.recall.index import Index
from i18n_pipeline.stages.recall.wording import wording_of

NEVER = frozenset({Kind.VOCABULARY, Kind.LIST, Kind.EXTRA})
"""Kinds of which no text is ever taken from elsewhere."""
SENTENCES = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTE, Kind.DEFINITION, Kind.FOOTNOTE})
"""Kinds whose texts may stand for each other."""
Fields = Mapping[str, Kind]
"""Of what kind the texts of a field of the front matter are, by its name."""
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


def entries_of(
    units: Iterable[Unit], segments: Mapping[Key, Segment], fields: Fields | None = None
) -> Iterator[Entry]:
    """What people reviewed in one locale, obsolete units too.

    `fields` are those of all terms of the locale, where `segments` are not of all.
    """
    known = fields_of(segments.values()) if fields is None else fields
    for unit in units:
        if unit.state is not State.REVIEWED:
            continue
        kind = _kind_of(unit, segments.get(unit.key), known)
        if kind is not None and kind not in NEVER:
            sure = not is_placed(unit.origin)
            yield Entry(unit.source, unit.target, sort_of(kind), unit.context, sure=sure)


def fields_of(segments: Iterable[Segment]) -> Fields:
    """The fields that some segments are of."""
    return {one.field: one.kind for one in segments if one.field != FIELD}


def _kind_of(unit: Unit, segment: Segment | None, fields: Fields) -> Kind | None:
    """What a unit's text may serve as.

    What kind a body's obsolete unit was is no longer known: it serves as a sentence, where words
    alone decide what is meant.
    """
    if segment is not None:
        return segment.kind
    return Kind.PARAGRAPH if unit.field == FIELD else fields.get(unit.field)


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


class Elsewhere(Protocol):
    """What a memory has besides the entries that it holds itself."""

    def __bool__(self) -> bool: ...

    def of(self, wording: str) -> Sequence[Entry]:
        """Its entries of all texts of a wording, each with what is around it."""

    def index(self, wordings: frozenset[str]) -> Index:
        """An index of all that it has, and of some wordings besides."""

    def confirm(self, entries: Iterable[Entry]) -> None:
        """Make sure that some of its entries are what files say. Raises where they are not."""


class Memory:
    """Entries by their texts. The same entries in whatever order are the same memory.

    `units` are those of the locale in order, reviewed or not: they say what stands around a text.
    `index` makes an index of wordings, where there is nothing `elsewhere`.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        units: Iterable[Unit],
        index: Callable[[frozenset[str]], Index] = Index.of,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self._units, self._index, self._elsewhere = units, index, elsewhere
        self._by_source: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            self._by_source[entry.source].append(entry)

    def __bool__(self) -> bool:
        return bool(self._by_source) or bool(self._elsewhere)

    def of(self, source: str, kind: Kind) -> list[Entry]:
        """The entries of a text that may stand where a segment of this kind does."""
        sorts = (sort_of(kind), ANY)
        entries = list(self._by_source.get(source, ()))
        if self._elsewhere is not None:
            found = self._elsewhere.of(wording_of(source))
            entries += (entry for entry in found if entry.source == source)
        return [entry for entry in entries if entry.sort in sorts]

    def sources(self, wording: str) -> Collection[str]:
        """The texts of a wording that are remembered."""
        elsewhere = () if self._elsewhere is None else self._elsewhere.of(wording)
        return {*self._by_wording.get(wording, ()), *(entry.source for entry in elsewhere)}

    def confirm(self, entries: Iterable[Entry]) -> None:
        """Make sure that a text may be used as entries say. Raises what `elsewhere` does."""
        known = tuple(entries)
        held = [entry for entry in known if entry in self._by_source.get(entry.source, ())]
        enough = any(entry.sure for entry in held) or len({entry.where for entry in held}) > 1
        others = [entry for entry in known if entry not in held]
        if self._elsewhere is not None and others and not enough:
            self._elsewhere.confirm(others)

    @property
    def wordings(self) -> frozenset[str]:
        """Those of the entries that it holds itself, but for the one that says nothing."""
        return frozenset(self._by_wording) - {""}

    @cached_property
    def index(self) -> Index:
        """What finds wordings that are remembered and like another."""
        return (self._index if self._elsewhere is None else self._elsewhere.index)(self.wordings)

    def around(self, context: str, source: str) -> str:
        """A hash of what stands around a unit; "" where that is not known."""
        texts = self._around.get((context, source))
        return "" if texts is None else _hash_of(texts)

    @cached_property
    def _around(self) -> Mapping[Key, tuple[str, str]]:
        return _neighbours(self._units)

    @cached_property
    def _by_wording(self) -> Mapping[str, Sequence[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for source in self._by_source:
            found[wording_of(source)].append(source)
        return found
