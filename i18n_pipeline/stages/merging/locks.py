"""Two branches' locks as one: each term by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import reduce
from types import MappingProxyType

from i18n_pipeline.model import Lock, LockEntry
from i18n_pipeline.stages.alignment import aligned
from i18n_pipeline.stages.merging.three_way import changed_one
from i18n_pipeline.stages.remembered import Block, remembered, with_blocks


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
    entry = replace(
        ours,
        built=built,
        pending=pending,
        copied=base.copied,
        links=base.links,
        segments=ours.segments if ours.segments == theirs.segments else (),
        written=(),
        blocks=(),
        fields={key: one for key, one in ours.fields.items() if theirs.fields.get(key) == one},
        texts="",
    )
    blocks = _blocks_of_both(ours, theirs)
    omitted = sorted(set(ours.omitted) & set(theirs.omitted))
    return with_blocks(entry, blocks, omitted) if blocks else entry


def _blocks_of_both(ours: LockEntry, theirs: LockEntry) -> list[Block]:
    """The blocks that both sides know alike; whatever else the merged page holds is its own."""
    mine, others = remembered(ours), remembered(theirs)
    found = aligned(mine, others)
    return [mine[at] for at in sorted(found.values())]


def fitting(
    entries: Iterable[LockEntry], hashes: Mapping[str, str]
) -> tuple[Lock, tuple[str, ...], tuple[str, ...]]:
    """A lock of entries of which some are about one term, given the pages' hashes by slug.

    Also returned: terms of which the entry that fits the page was taken, and those of which none
    does: they keep the hashes of two, and their page is a person's until it is looked at.
    """
    by_slug: dict[str, list[LockEntry]] = {}
    for entry in entries:
        known = by_slug.setdefault(entry.slug, [])
        known += [] if entry in known else [entry]
    chosen: dict[str, LockEntry] = {}
    taken, unknown = [], []
    for slug, (first, *others) in by_slug.items():
        page = hashes.get(slug, "")
        fits = [entry for entry in (first, *others) if entry.wrote(page)]
        chosen[slug] = fits[0] if fits else first
        if others and fits:
            taken.append(slug)
        elif others:
            chosen[slug] = reduce(lambda one, other: _both(first, one, other), others, first)
            unknown.append(slug)
    return Lock(MappingProxyType(chosen)), tuple(taken), tuple(unknown)


def known_as_merged(entry: LockEntry, file_hash: str, made_of: Collection[str]) -> LockEntry:
    """The entry of a file that was merged from these two: ours, if both of them were."""
    if {entry.built, entry.pending} != set(made_of) or not entry.pending:
        return entry
    return replace(entry, built=file_hash)
