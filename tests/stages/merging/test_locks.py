"""Two locks as one: a term built on both sides is known by both hashes, and by no other."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from i18n_pipeline.model import Lock, LockEntry, digest
from i18n_pipeline.stages.merging import known_as_merged, merge_locks
from i18n_pipeline.stages.remembered import Block, remembered, with_blocks

OLD, OURS, THEIRS = digest("old"), digest("ours"), digest("theirs")
ENTRY = LockEntry(
    "a",
    digest("source"),
    OLD,
    copied=MappingProxyType({"date": "11111111"}),
    links=MappingProxyType({"related": ("b",)}),
    segments=("aaaaaa", "bbbbbb"),
    texts="22222222",
)


def lock(*entries: LockEntry) -> Lock:
    return Lock().replace(entries)


def test_a_term_that_one_side_built_is_as_it_is_there() -> None:
    built, other = replace(ENTRY, built=OURS), replace(ENTRY, slug="b")
    assert merge_locks(lock(ENTRY), lock(built), lock(ENTRY)) == lock(built)
    assert merge_locks(lock(ENTRY), lock(ENTRY, other), lock(built)) == lock(built, other)
    assert merge_locks(lock(ENTRY, other), lock(ENTRY), lock(ENTRY, other)) == lock(ENTRY)


def test_a_term_that_both_built_is_known_by_both_hashes_and_read_again() -> None:
    ours = replace(ENTRY, built=OURS, copied=MappingProxyType({"date": "33333333"}), texts="4" * 8)
    theirs = replace(ENTRY, built=THEIRS, segments=("cccccc",), texts="5" * 8)
    (entry,) = merge_locks(lock(ENTRY), lock(ours), lock(theirs)).entries.values()
    assert (entry.wrote(OURS), entry.wrote(THEIRS), entry.wrote(OLD)) == (True, True, False)
    assert (entry.copied, entry.links) == (ENTRY.copied, ENTRY.links)
    assert (entry.segments, entry.texts) == ((), "")


def test_a_term_that_one_side_built_outlives_its_removal_on_the_other() -> None:
    built = replace(ENTRY, built=OURS)
    assert merge_locks(lock(ENTRY), lock(built), lock()) == lock(built)
    assert merge_locks(lock(ENTRY), lock(), lock(built)) == lock(built)


def test_a_page_merged_from_what_the_lock_knows_is_known_and_any_other_is_not() -> None:
    both = replace(ENTRY, built=OURS, pending=THEIRS)
    page = digest("merged")
    assert known_as_merged(both, page, (OURS, THEIRS)).wrote(page)
    assert known_as_merged(both, page, (THEIRS, OURS)).wrote(page)
    for made_of in ((), (OURS,), (OURS, digest("by hand"))):
        assert known_as_merged(both, page, made_of) == both
    assert known_as_merged(ENTRY, page, (OLD,)) == ENTRY


def test_a_list_of_which_each_side_changed_another_item_may_have_both_changes() -> None:
    def known(*written: str) -> LockEntry:
        first = Block("bb222222", sources=("s0",), written=("w0",))
        block = Block("aa111111", sources=("s1", "s2"), written=written)
        return with_blocks(replace(ENTRY, built=digest(str(written))), (first, block), ())

    base, ours, theirs = known("a1", "a2"), known("b1", "a2"), known("a1", "b2")
    (entry,) = merge_locks(lock(base), lock(ours), lock(theirs)).entries.values()
    said = {(block.written, block.perhaps) for block in remembered(entry)}
    assert said == {
        (("w0",), False),
        (("b1", "a2"), True),
        (("a1", "b2"), True),
        (("b1", "b2"), True),
    }
