"""Two branches' locks as one: each term by itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from types import MappingProxyType

from i18n_pipeline.model import Lock, LockEntry
from i18n_pipeline.stages.merging.three_way import changed_one


def merge_locks(base: Lock, ours: Lock, theirs: Lock) -> Lock:
    """Merge by term: what changed on one side is taken from there.

    A term that both built anew keeps both hashes: whichever file of ours lies there is known as
    ours, and any other is a person's until it is looked at. What the file was made from is then
    known for the base alone, so that no correction is put into a wrong place.
    """
    found: dict[str, LockEntry] = {}
    for slug in dict.fromkeys((*ours.entries, *theirs.entries)):
        entry = _merged(*(lock.get(slug) for lock in (base, ours, theirs)))
        if entry is not None:
            found[slug] = entry
    return Lock(MappingProxyType(found))


def _merged(
    base: LockEntry | None, ours: LockEntry | None, theirs: LockEntry | None
) -> LockEntry | None:
    if base in (ours, theirs) or ours == theirs:
        return changed_one(base, ours, theirs)
    if ours is None or theirs is None:
        return ours or theirs
    return _both(base or ours, ours, theirs)


def _both(base: LockEntry, ours: LockEntry, theirs: LockEntry) -> LockEntry:
    hashes = dict.fromkeys(filter(None, (ours.built, theirs.built, ours.pending, theirs.pending)))
    built, pending, *_ = (*hashes, "", "")
    return replace(
        ours,
        built=built,
        pending=pending,
        copied=base.copied,
        links=base.links,
        segments=ours.segments if ours.segments == theirs.segments else (),
        texts="",
    )


def known_as_merged(entry: LockEntry, file_hash: str, made_of: Collection[str]) -> LockEntry:
    """The entry of a file that was merged from these two: ours, if both of them were."""
    if {entry.built, entry.pending} != set(made_of) or not entry.pending:
        return entry
    return replace(entry, built=file_hash)
