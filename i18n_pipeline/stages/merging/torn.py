"""A review file or lock with conflict markers in it, or with something in it twice, made whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import TypeAlias, TypeVar

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.lock import read_entries, write_lock
from i18n_pipeline.formats.markers import Hunk, Side, TornText, torn_apart
from i18n_pipeline.formats.po import read_po, write_po
from i18n_pipeline.model import Catalog, Key, Unit
from i18n_pipeline.stages.conflicts import parked
from i18n_pipeline.stages.merging.catalogs import OTHER, joined, merge_catalogs
from i18n_pipeline.stages.merging.locks import fitting
from i18n_pipeline.values import dataclass, replace

T = TypeVar("T")

TWICE = "the same file"
"""Where a text comes from that stood in a file a second time."""


@dataclass(frozen=True)
class Mended:
    """The bytes of a file made whole, where its conflicts stood, and what was done, in words."""

    data: bytes
    hunks: tuple[Hunk, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What git still knows of a merge: both sides, and what they began with, b"" for no file."""

    base: bytes
    ours: bytes
    theirs: bytes


def mend_catalog(data: bytes, known: Known | None = None) -> Mended | None:
    """A review file of which both sides can be read, as one; None where nothing is torn.

    With what git knows of the merge the sides are exact, and taken from there unless somebody has
    worked on the file since. Without it, an edit cannot be told from what it replaced unless the
    markers say so, and all that people wrote stays. Raises BadFile, with the line in the file, for
    a side that is no review file.
    """
    torn = torn_apart(_text(data))
    if torn is None:
        return _without_doubles(data)
    read = [_read(side, _doubled) for side in (torn.ours, torn.theirs)]
    exact = _known_sides(known) if known else None
    as_known = exact is not None and _is_as_known(read, exact)
    found = exact if exact is not None and as_known else _torn_sides(torn, *read)
    where = torn.name.encode("utf-8", "replace").decode() or OTHER  # git takes any bytes for a name
    merged = merge_catalogs(*found, where)
    said = (unit for unit in merged.catalog.units if parked(unit) and not unit.obsolete)
    return Mended(write_po(merged.catalog), torn.hunks, tuple(_told(said)))


Three: TypeAlias = tuple[Catalog, Catalog, Catalog]
"""Base, ours, theirs."""


def _torn_sides(torn: TornText, ours: Catalog, theirs: Catalog) -> Three:
    """The sides as the file has them, each unit once, and what they began with."""
    base = _torn_base(torn)
    away = base.by_key.keys() & (_put_away(ours, theirs) | _put_away(theirs, ours))
    first, second = (joined(_without(one, away), TWICE).catalog for one in (ours, theirs))
    return base, first, second


def _torn_base(torn: TornText) -> Catalog:
    """What both began with, as far as the markers say; of a unit there twice, the active one."""
    try:
        base = _read(torn.base, _doubled) if torn.base else Catalog()
    except BadFile:
        return Catalog()
    return _without(base, base.by_key.keys())


def _put_away(side: Catalog, other: Catalog) -> set[Key]:
    """Units whose source the other side edited, and that this one kept.

    Git put the other's obsolete unit into this side too, since nothing stood at its place: so a
    side has the unit twice.
    """
    twice = side.by_key.keys() & side.obsolete_by_key.keys()
    return {key for key in twice - other.by_key.keys() if _is_same(key, side, other)}


def _is_same(key: Key, side: Catalog, other: Catalog) -> bool:
    return side.obsolete_by_key[key] == other.obsolete_by_key.get(key)


def _without(side: Catalog, away: Set[Key]) -> Catalog:
    """A side without the obsolete units among these that stand there active as well."""
    twice = away & side.by_key.keys()
    kept = (unit for unit in side.units if not (unit.obsolete and unit.key in twice))
    return replace(side, units=tuple(kept))


def _known_sides(known: Known) -> Three | None:
    ours, theirs = _base(known.ours), _base(known.theirs)
    if ours is None or theirs is None:
        return None
    return _base(known.base) or Catalog(), ours, theirs


def _is_as_known(read: Sequence[Catalog], exact: Sequence[Catalog]) -> bool:
    """Whether nobody has worked on the file since.

    A draft is no person's text for having lost the line that says whose it is: git merges by line.
    """
    words = _words(exact)
    approved = {unit.target for side in read for unit in side.units if unit.reviewed}
    drafts = {unit.target for side in exact for unit in side.units if unit.is_draft}
    return approved <= words and _words(read) <= words | drafts


def _words(sides: Sequence[Catalog]) -> set[str]:
    """What people say in both sides or said in what they began with: texts and comments.

    Not where: git may have put a comment's lines above another unit.
    """
    units = [unit for side in sides for unit in side.units]
    texts = {unit.target for unit in units if unit.by_person}
    return texts | {line for unit in units for line in unit.comments}


def mend_lock(data: bytes, hashes: Mapping[str, str]) -> Mended | None:
    """A lock of the entries that fit the pages, whose hashes are given by slug; None as above.

    Raises BadFile, with the line in the file, for a side that is no lock.
    """
    torn = torn_apart(_text(data))
    sides = (torn.ours, torn.theirs) if torn else ()
    entries = [entry for side in sides for entry in _read(side, read_entries)]
    if torn is None:
        entries = [*read_entries(data)]
        if len({entry.slug for entry in entries}) == len(entries):
            return None
    lock, taken, unknown = fitting(entries, hashes)
    said = [f"`{slug}`: the entry that fits the page" for slug in taken]
    said += [
        f"`{slug}`: no entry fits the page, which counts as edited by hand" for slug in unknown
    ]
    return Mended(write_lock(lock), torn.hunks if torn else (), tuple(said))


def _text(data: bytes) -> str:
    """Text to look for markers in; what is not UTF-8 is refused by whoever reads a side."""
    return data.decode("utf-8", "surrogateescape")


def _without_doubles(data: bytes) -> Mended | None:
    catalog = read_po(data, doubled=True)
    keys: set[Key] = set()
    twice = []
    for unit in catalog.units:
        twice += [unit] if unit.key in keys else []
        keys.add(unit.key)
    if not twice:
        return None
    merged = joined(catalog, TWICE)
    said = [f"`{unit.context}` stood there twice" for unit in twice]
    return Mended(write_po(merged.catalog), said=(*said, *_told(merged.parked)))


def _doubled(data: bytes) -> Catalog:
    return read_po(data, doubled=True)


def _base(data: bytes) -> Catalog | None:
    """A review file; None where it cannot be read, or is not there."""
    try:
        return read_po(data)
    except BadFile:
        return None


def _read(side: Side, reader: Callable[[bytes], T]) -> T:
    try:
        return reader(side.text.encode("utf-8", "surrogateescape"))
    except BadFile as failure:
        failure.problem = side.place(failure.problem)
        raise


def _told(units: Iterable[Unit]) -> Iterator[str]:
    for context in dict.fromkeys(unit.context for unit in units):
        yield f"`{context}`: two people's texts; one waits in a comment, and it needs review"
