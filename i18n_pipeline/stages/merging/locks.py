"""Two branches' locks as one: each term by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from types import MappingProxyType

from i18n_pipeline.model import Lock, LockEntry
from i18n_pipeline.stages.alignment import aligned
from i18n_pipeline.stages.merging.three_way import changed_one, merged_lines
from i18n_pipeline.stages.remembered import Block, remembered, with_blocks
from i18n_pipeline.values import replace


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
    blocks = _blocks_of_both(*map(remembered, (base, ours, theirs)))
    omitted = merged_lines(base.omitted, ours.omitted, theirs.omitted)
    return with_blocks(entry, blocks, sorted(omitted)) if blocks else entry


def _blocks_of_both(
    base: Sequence[Block], ours: Sequence[Block], theirs: Sequence[Block]
) -> list[Block]:
    """The blocks that both sides have alike, and between them what either has: perhaps.

    Which of these the merged page has, it tells itself.
    """
    found = aligned(ours, theirs)
    result: list[Block] = []
    last = (0, 0)
    for there, here in [*sorted(found.items()), (len(theirs), len(ours))]:
        mine, others = ours[last[1] : here], theirs[last[0] : there]
        either = dict.fromkeys((*mine, *others, *_mixed(base, mine, others)))
        result += [replace(block, perhaps=True) for block in either]
        result += ours[here : here + 1] if there in found else ()
        last = (there + 1, here + 1)
    return result


def _mixed(
    base: Sequence[Block], ours: Sequence[Block], theirs: Sequence[Block]
) -> Iterator[Block]:
    """Blocks of several texts, of which each side changed others."""
    pairs = ((one, other) for one in ours for other in theirs if len(one.sources) > 1)
    for one, other in pairs:
        for was in base:
            if (was.look, was.sources) == (one.look, one.sources) == (other.look, other.sources):
                written = map(changed_one, was.written, one.written, other.written)
                yield replace(one, written=tuple(written))


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
