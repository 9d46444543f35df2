"""The lock: what is written is read again, bad locks say where, branches merge."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.lock import entries_of, read_entries, read_lock, write_lock
from i18n_pipeline.model import Lock, LockEntry, digest

HEAD = b"i18n-lock 1 segmenter 1\n"
END = b"\ni18n-lock end\n"

slugs = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
hashes = st.text().map(digest)
short_hashes = st.text().map(lambda text: digest(text, 4))


def lists_of(one: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(one, max_size=3).map(tuple)


entries = st.builds(
    LockEntry,
    slug=slugs,
    source=hashes,
    built=hashes | st.just(""),
    pending=hashes | st.just(""),
    copied=st.dictionaries(slugs, short_hashes, max_size=3),
    links=st.dictionaries(slugs, st.lists(slugs, max_size=3).map(tuple), max_size=3),
    segments=lists_of(short_hashes | st.just("")),
    written=lists_of(short_hashes),
    blocks=lists_of(st.from_regex(r"[~-]?[0-9a-f]{8}\.[0-9]{1,2}", fullmatch=True)),
    omitted=lists_of(short_hashes),
    fields=st.dictionaries(slugs, st.tuples(short_hashes, short_hashes), max_size=3),
)
locks = st.lists(entries, max_size=6).map(lambda found: Lock().replace(found))


def lock_of(**built: str) -> Lock:
    return Lock().replace(
        LockEntry(slug, digest(slug), digest(text)) for slug, text in built.items()
    )


def merged(folder: Path, ours: Lock, base: Lock, theirs: Lock) -> Lock:
    files = [folder / name for name in ("ours", "base", "theirs")]
    for file, lock in zip(files, (ours, base, theirs), strict=True):
        file.write_bytes(write_lock(lock))
    command = ["git", "merge-file", "--stdout", *map(str, files)]
    return read_lock(subprocess.run(command, capture_output=True, check=False).stdout)


@given(locks)
def test_a_lock_that_was_written_is_read_again_as_it_was(lock: Lock) -> None:
    assert read_lock(write_lock(lock)) == lock


@given(locks)
def test_writing_what_was_read_gives_the_same_bytes(lock: Lock) -> None:
    data = write_lock(lock)
    assert write_lock(read_lock(data)) == data


@given(locks)
def test_line_ends_and_a_bom_of_other_editors_are_tolerated(lock: Lock) -> None:
    data = b"\xef\xbb\xbf" + write_lock(lock).replace(b"\n", b"\r\n")
    assert read_lock(data) == lock


def test_an_empty_lock_is_its_first_and_last_line() -> None:
    assert write_lock(Lock()) == HEAD + END


def test_terms_are_sorted_and_every_name_is_safe_between_spaces() -> None:
    ones = "1" * 32
    b = LockEntry("b c", ones, "")
    a = LockEntry(
        "a",
        ones,
        ones,
        pending=ones,
        copied=MappingProxyType({"tags": "44444444", "a=b": "55555555"}),
        links=MappingProxyType({"related": ("b c", "x,y"), "see": ()}),
    )
    assert (
        write_lock(Lock().replace([b, a])).decode()
        == f"""\
i18n-lock 1 segmenter 1

a
 source={ones} built={ones} pending={ones} copied.a%3Db=55555555 copied.tags=44444444 \
links.related=b%20c,x%2Cy links.see=-

b%20c
 source={ones} built=-

i18n-lock end
"""
    )


def test_branches_that_change_neighbouring_terms_merge(tmp_path: Path) -> None:
    base = lock_of(a="1", b="1", c="1")
    ours, theirs = lock_of(a="2", b="1", c="2"), lock_of(a="1", b="2", c="1")
    assert merged(tmp_path, ours, base, theirs) == lock_of(a="2", b="2", c="2")


@pytest.mark.parametrize("new", ["aa", "bb", "cc", "A"])
def test_a_new_term_merges_with_changes_on_both_of_its_sides(tmp_path: Path, new: str) -> None:
    base = lock_of(a="1", b="1", c="1")
    theirs = base.replace([LockEntry(new, digest("s"), digest("b"))])
    ours = lock_of(a="2", b="2", c="2")
    expected = ours.replace([LockEntry(new, digest("s"), digest("b"))])
    assert merged(tmp_path, ours, base, theirs) == expected


def test_a_removed_term_merges_with_changes_on_both_of_its_sides(tmp_path: Path) -> None:
    base = lock_of(a="1", b="1", c="1")
    ours, theirs = lock_of(a="2", b="1", c="2"), lock_of(a="1", c="1")
    assert merged(tmp_path, ours, base, theirs) == lock_of(a="2", c="2")


def test_branches_that_change_one_term_differently_leave_a_conflict_named_as_such(
    tmp_path: Path,
) -> None:
    base, ours, theirs = lock_of(a="1"), lock_of(a="2"), lock_of(a="3")
    with pytest.raises(BadFile, match="merge conflict") as caught:
        merged(tmp_path, ours, base, theirs)
    assert caught.value.problem.code == "conflict-marker"


GOOD = b"source=11111111 built=-"


@pytest.mark.parametrize(
    ("body", "code", "line", "column"),
    [
        (b"", "lock-no-version", 1, 1),
        (b"\n" + HEAD, "lock-no-version", 1, 1),
        (b"i18n-lock one segmenter 1\n", "lock-no-version", 1, 1),
        (b"i18n-lock 0 segmenter 1\n", "lock-no-version", 1, 1),
        (b"i18n-lock 2 segmenter 1\nwhatever\n", "lock-newer", 1, 1),
        (b"i18n-lock 1 segmenter 2\n", "lock-newer", 1, 1),
        (HEAD, "lock-cut-off", 1, 1),
        (HEAD + b"a\n " + GOOD + b"\n", "lock-cut-off", 3, 1),
        (HEAD + b"a\n \xff\n", "not-utf-8", 3, 1),
        (HEAD + b"<<<<<<< ours\na\n", "conflict-marker", 2, 1),
        (b"<<<<<<< ours\n" + HEAD, "conflict-marker", 1, 1),
        (HEAD + b"a\n " + GOOD + b"\n=======\n", "conflict-marker", 4, 1),
        (HEAD + b" " + GOOD + b"\n" + END, "lock-no-slug", 2, 1),
        (HEAD + b"a b\n " + GOOD + b"\n" + END, "lock-bad-slug", 2, 1),
        (HEAD + b"a%2\n " + GOOD + b"\n" + END, "lock-bad-slug", 2, 1),
        (HEAD + b"a\n" + END, "lock-no-hashes", 2, 1),
        (HEAD + b"a\nb\n " + GOOD + b"\n" + END, "lock-no-hashes", 2, 1),
        (HEAD + b"a\n\n " + GOOD + b"\n" + END, "lock-no-hashes", 2, 1),
        (HEAD + b"a\n built=-\n" + END, "lock-no-hashes", 3, 1),
        (HEAD + b"a\n source=11111111\n" + END, "lock-no-hashes", 3, 1),
        (HEAD + b"a\n source=11111111 built=XYZ\n" + END, "lock-bad-hash", 3, 18),
        (HEAD + b"a\n source=1111 built=-\n" + END, "lock-bad-hash", 3, 2),
        (HEAD + b"a\n source= built=-\n" + END, "lock-bad-hash", 3, 2),
        (HEAD + b"a\n " + GOOD + b" copied.x=?\n" + END, "lock-bad-hash", 3, 26),
        (HEAD + b"a\n " + GOOD + b" fields.x=5e0d\n" + END, "lock-bad-hash", 3, 26),
        (HEAD + b"a\n " + GOOD + b" fold.x=5e0d,5e0d\n" + END, "lock-bad-value", 3, 26),
        (HEAD + b"a\n " + GOOD + b" links.x=a links.x=b\n" + END, "lock-bad-value", 3, 36),
        (HEAD + b"a\n " + GOOD + b" copied.x=- copied.x=-\n" + END, "lock-bad-value", 3, 37),
        (HEAD + b"a\n " + GOOD + b" fields.x=5e0d,5e0d" * 2 + b"\n" + END, "lock-bad-value", 3, 45),
        (HEAD + b"a\n " + GOOD + b" fields.x=5e0d,-\n" + END, "lock-bad-hash", 3, 26),
        (HEAD + b"a\n " + GOOD + b" fields.x=5e0d,?\n" + END, "lock-bad-hash", 3, 26),
        (HEAD + b"a\n " + GOOD + b" built=-\n" + END, "lock-bad-value", 3, 26),
        (HEAD + b"a\n " + GOOD + b" date=11111111\n" + END, "lock-bad-value", 3, 26),
        (HEAD + b"a\n " + GOOD + b" links.x=b,,c\n" + END, "lock-bad-value", 3, 26),
        (HEAD + b"a\n " + GOOD + b"\n\na\n " + GOOD + b"\n" + END, "lock-duplicate-slug", 5, 1),
    ],
)
def test_a_bad_lock_gets_one_error_with_its_place(
    body: bytes, code: str, line: int, column: int
) -> None:
    with pytest.raises(BadFile) as caught:
        read_lock(body)
    problem = caught.value.problem
    assert (problem.code, problem.line, problem.column) == (code, line, column)
    assert problem.message
    assert problem.mend


def test_a_page_that_was_taken_back_is_held_and_with_it_what_was_sent_back() -> None:
    entry = LockEntry("lora", digest("s"), "", held=())
    other = LockEntry("token", digest("s"), digest("b"), held=("0123abcd", "89ef4567"))
    lock = Lock().replace([entry, other])
    text = write_lock(lock).decode()
    assert f"source={digest('s')} built=- held=-\n" in text
    assert " held=0123abcd,89ef4567\n" in text
    assert read_lock(text.encode()) == lock


def test_a_conflict_is_told_with_the_term_that_it_is_about() -> None:
    torn = b"<<<<<<< ours\n source=22222222 built=-\n=======\n source=33333333 built=-\n>>>>>>> t\n"
    for name, said in ((b"b%20c\n", "b c"), (b"a\n " + GOOD + b"\n\nb\n", "b"), (b"", "")):
        with pytest.raises(BadFile) as caught:
            read_lock(HEAD + name + torn + END)
        assert ("(`" in str(caught.value)) == bool(said)
        assert said in str(caught.value)


def test_terms_that_stand_more_than_once_can_be_looked_at_each() -> None:
    twice = HEAD + b"a\n " + GOOD + b"\n\na\n source=22222222 built=-\n" + END
    assert [entry.source for entry in read_entries(twice)] == ["11111111", "22222222"]


def test_of_many_versions_a_term_has_each_state_once_and_what_is_broken_is_left_out() -> None:
    one, other = (write_lock(lock) for lock in (lock_of(a="1", b="2"), lock_of(a="3", b="2")))
    broken = one.replace(b"source=", b"sauce=")
    found = entries_of(("a", "b", "never there"), (one, other, one, broken))
    states = {(slug, entry.slug) for slug, entries in found.items() for entry in entries}
    assert [len(found[slug]) for slug in ("a", "b", "never there")] == [2, 1, 0]
    assert states == {("a", "a"), ("b", "b")}
