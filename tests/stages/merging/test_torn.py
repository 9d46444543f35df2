"""Files that git left torn are made whole, and nothing that a person wrote is missing."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.lock import read_lock, write_lock
from i18n_pipeline.formats.markers import torn_apart
from i18n_pipeline.formats.po import new_header, read_po, write_po
from i18n_pipeline.model import Catalog, Lock, LockEntry, Unit, digest
from i18n_pipeline.origins import machine
from i18n_pipeline.stages.conflicts import Parked, parked
from i18n_pipeline.stages.merging import Known, mend_catalog, mend_lock, merge_catalogs
from tests.stages.merging.test_catalogs import branches, everything, words

HEADER = new_header("ja")
STYLES = {"merge": (), "diff3": ("--diff3",), "zdiff3": ("--zdiff3",)}


def torn_catalogs(base: Catalog, ours: Catalog, theirs: Catalog, *style: str) -> bytes:
    """The same of review files."""
    return by_git(write_po(base), write_po(ours), write_po(theirs), *style)


def by_git(base: bytes, ours: bytes, theirs: bytes, *style: str) -> bytes:
    """What git leaves of a merge by lines."""
    with TemporaryDirectory() as made:
        for name, data in (("ours", ours), ("base", base), ("theirs", theirs)):
            (Path(made) / name).write_bytes(data)
        command = ["git", "merge-file", "-p", *style, "ours", "base", "theirs"]
        return subprocess.run(command, cwd=made, capture_output=True, check=False).stdout


def unit(text: str, target: str, *, reviewed: bool = True) -> Unit:
    return Unit("lora/body", text, target, reviewed=reviewed)


BASE = Catalog((unit("One.", "一。"), unit("Two.", "二。")), HEADER, ("Japanese.",))
OURS = replace(BASE, units=(unit("One.", "いち。"), unit("Two.", "二つ。")))
THEIRS = replace(BASE, units=(unit("One.", "一つ。"), unit("Two.", "二。")))


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_both_texts_are_there_and_the_conflict_is_over(style: tuple[str, ...]) -> None:
    torn = torn_catalogs(BASE, OURS, THEIRS, *style)
    with pytest.raises(BadFile):
        read_po(torn)
    mended = mend_catalog(torn)
    assert mended is not None
    one, two = read_po(mended.data).units
    assert (one.target, parked(one)) == ("いち。", (Parked("theirs", "一つ。"),))
    assert (two.target, one.reviewed, two.reviewed) == ("二つ。", False, True)
    assert len(mended.hunks) == 1
    assert "two people's texts" in mended.said[0]


def test_what_git_still_knows_of_the_base_tells_an_edit_from_what_it_replaced() -> None:
    theirs = replace(BASE, units=(unit("One.", "一つ。"), unit("Two.", "二。"), unit("3", "三")))
    ours = replace(BASE, units=(BASE.units[0], unit("Two.", "二つ。"), unit("4", "四")))
    torn = torn_catalogs(BASE, ours, theirs)
    mended = mend_catalog(torn, Known(write_po(BASE), write_po(ours), write_po(theirs)))
    assert mended is not None
    assert read_po(mended.data) == merge_catalogs(BASE, ours, theirs).catalog
    assert mended.said == ()


@pytest.mark.parametrize("knows", [True, False])
@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_a_correction_beside_a_source_edit_is_as_the_merge_driver_has_it(
    style: tuple[str, ...], knows: bool
) -> None:
    others = tuple(unit(f"{name}.", name) for name in "abcdef")
    base = replace(BASE, units=(unit("Two.", "二。"), *others))
    heir = replace(unit("Two now.", "二。"), reviewed=False, previous="Two.")
    ours = replace(BASE, units=(heir, *others, replace(unit("Two.", "二。"), obsolete=True)))
    theirs = replace(BASE, units=(unit("Two.", "二つ。"), *others))
    torn = torn_catalogs(base, ours, theirs, *style)
    known = Known(write_po(base), write_po(ours), write_po(theirs)) if knows else None
    mended = mend_catalog(torn, known)
    assert mended is not None
    if not knows and torn_apart(torn.decode()).base is None:  # type: ignore[union-attr]  # it has markers
        assert {"二。", "二つ。"} <= {text for _, text in words(read_po(mended.data))}
        return
    merged = merge_catalogs(base, ours, theirs).catalog
    assert mended.said == ()
    for found, wanted in zip(read_po(mended.data).units, merged.units, strict=True):
        assert (found.key, found.target, found.comments) == (
            wanted.key,
            wanted.target,
            wanted.comments,
        )
    assert merged.units[0].target == "二つ。"


def test_a_text_that_somebody_put_into_the_torn_file_is_kept() -> None:
    known = Known(write_po(BASE), write_po(OURS), write_po(THEIRS))
    torn = torn_catalogs(BASE, OURS, THEIRS)
    mended = mend_catalog(torn.replace("二つ。".encode(), "ふたつ。".encode()), known)
    assert mended is not None
    one, two = read_po(mended.data).units
    assert (one.target, parked(one)) == ("いち。", (Parked("theirs", "一つ。"),))
    assert "ふたつ。" in (two.target, *(other.text for other in parked(two)))


def test_a_draft_that_lost_the_line_that_says_whose_it_is_hides_no_text_of_a_person() -> None:
    draft, text = (
        Unit("b/body", "B", "A", origin=machine("DeepL", "A")),
        Unit("b/body", "B", "D\nE"),
    )
    base, ours, theirs = (
        replace(BASE, units=units)
        for units in (
            (Unit("a/term", "A"), Unit("b/body", "B")),
            (draft, Unit("a/term", "A")),
            (text, Unit("a/term", "A")),
        )
    )
    torn = torn_catalogs(base, ours, theirs)
    mended = mend_catalog(torn, Known(write_po(base), write_po(ours), write_po(theirs)))
    assert mended is not None
    assert read_po(mended.data).by_key["b/body", "B"].target == "D\nE"


def test_a_draft_that_somebody_approved_in_the_torn_file_stays_approved() -> None:
    ours = replace(
        OURS, units=(*OURS.units, Unit("b/body", "B", "A", origin=machine("DeepL", "A")))
    )
    theirs = replace(THEIRS, units=(*THEIRS.units, Unit("b/body", "B")))
    torn = torn_catalogs(BASE, ours, theirs)
    known = Known(write_po(BASE), write_po(ours), write_po(theirs))
    approved = torn.replace(b"#, fuzzy\n", b"")
    assert approved != torn
    mended = mend_catalog(approved, known)
    assert mended is not None
    assert read_po(mended.data).by_key["b/body", "B"].reviewed


def test_a_branch_may_have_a_name_in_no_utf_8() -> None:
    torn = torn_catalogs(BASE, OURS, THEIRS).replace(b">>>>>>> theirs", b">>>>>>> gr\xfcn")
    mended = mend_catalog(torn)
    assert mended is not None
    assert Parked("gr?n", "一つ。") in parked(read_po(mended.data).units[0])


def test_a_side_that_is_no_review_file_is_told_with_its_line_in_the_file() -> None:
    torn = torn_catalogs(BASE, OURS, THEIRS).replace(b'"\xe4\xb8\x80\xe3\x81\xa4', b'"\\q')
    with pytest.raises(BadFile) as caught:
        mend_catalog(torn)
    line = torn.decode().split("\n").index('msgstr "\\q。"') + 1
    assert (caught.value.problem.code, caught.value.problem.line) == ("po-unknown-escape", line)


def test_a_unit_that_stands_twice_is_one_and_both_texts_are_there() -> None:
    data = write_po(BASE) + b'\nmsgctxt "lora/body"\nmsgid "One."\nmsgstr "1"\n'
    mended = mend_catalog(data)
    assert mended is not None
    one, _ = read_po(mended.data).units
    assert (one.target, parked(one)) == ("一。", (Parked("the same file", "1"),))
    assert mended.said[0] == "`lora/body` stood there twice"


def test_whole_files_are_left_alone() -> None:
    assert mend_catalog(write_po(BASE)) is None
    assert mend_lock(write_lock(Lock()), {}) is None


@given(branches(), st.sampled_from(list(STYLES.values())))
def test_whatever_git_leaves_holds_all_that_people_wrote_once_it_is_whole(
    sides: tuple[Catalog, Catalog, Catalog], style: tuple[str, ...]
) -> None:
    base, ours, theirs = sides
    torn = torn_catalogs(base, ours, theirs, *style)
    if torn_apart(torn.decode()) is None:  # git met no conflict, and keeps no sides
        return
    mended = mend_catalog(torn, Known(write_po(base), write_po(ours), write_po(theirs)))
    assert mended is not None
    found = read_po(mended.data)
    assert (words(ours) | words(theirs)) - everything(base) <= words(found)
    assert mend_catalog(mended.data) is None


@given(branches(), st.sampled_from(list(STYLES.values())))
def test_what_the_file_holds_of_people_is_there_though_git_has_forgotten_the_merge(
    sides: tuple[Catalog, Catalog, Catalog], style: tuple[str, ...]
) -> None:
    torn = torn_catalogs(*sides, *style)
    mended = mend_catalog(torn)
    parts = torn_apart(torn.decode())
    if mended is None or parts is None:
        return
    halves = [read_po(side.text.encode(), doubled=True) for side in (parts.ours, parts.theirs)]
    replaced = set()
    with suppress(BadFile):
        base = read_po(parts.base.text.encode(), doubled=True) if parts.base else Catalog()
        replaced = everything(base)
    assert words(halves[0]) | words(halves[1]) <= words(read_po(mended.data)) | replaced


def entry(slug: str, built: str, source: str = "s") -> LockEntry:
    return LockEntry(slug, digest(source), digest(built))


def lock(*entries: LockEntry) -> bytes:
    return write_lock(Lock().replace(entries))


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("page", ["2", "3"])
def test_a_lock_is_made_of_the_entries_that_fit_the_pages(
    page: str, style: tuple[str, ...]
) -> None:
    base = lock(entry("a", "1"), entry("b", "1"))
    ours, theirs = lock(entry("a", "2"), entry("b", "1")), lock(entry("a", "3"), entry("b", "1"))
    mended = mend_lock(by_git(base, ours, theirs, *style), {"a": digest(page), "b": digest("1")})
    assert mended is not None
    assert mended.data == lock(entry("a", page), entry("b", "1"))
    assert mended.said == ("`a`: the entry that fits the page",)


def test_where_no_entry_fits_the_page_both_hashes_are_kept_and_it_is_told() -> None:
    torn = by_git(lock(entry("a", "1")), lock(entry("a", "2")), lock(entry("a", "3")))
    mended = mend_lock(torn, {"a": digest("by hand")})
    assert mended is not None
    found = read_lock(mended.data).entries["a"]
    assert (found.wrote(digest("2")), found.wrote(digest("3"))) == (True, True)
    assert not found.wrote(digest("by hand"))
    assert mended.said == ("`a`: no entry fits the page, which counts as edited by hand",)


def test_a_term_that_stands_twice_in_a_lock_has_the_entry_that_fits() -> None:
    one, other = lock(entry("a", "1")), lock(entry("a", "2"))
    body = other.partition(b"\n\n")[2]
    mended = mend_lock(one.replace(b"i18n-lock end\n", b"") + body, {"a": digest("2")})
    assert mended is not None
    assert mended.data == other


def test_a_base_that_is_no_review_file_is_none() -> None:
    # With a line in common at their edge git has what both began with, as it was.
    ours, theirs = (
        write_po(side).replace(text, b'msgstr ""\n' + text.removeprefix(b"msgstr "))
        for side, text in (
            (OURS, 'msgstr "いち。"'.encode()),
            (THEIRS, 'msgstr "一つ。"'.encode()),
        )
    )
    torn = by_git(write_po(BASE), ours, theirs, "--diff3")
    torn = torn.replace('msgstr "一。"'.encode(), b"msgstr [")
    assert torn.count(b"msgstr [") == 1
    mended = mend_catalog(torn)
    assert mended is not None
    assert {"いち。", "一つ。"} <= {text for _, text in words(read_po(mended.data))}


def test_what_git_knows_is_left_aside_where_a_side_of_it_cannot_be_read() -> None:
    torn = torn_catalogs(BASE, OURS, THEIRS, "--diff3")
    assert mend_catalog(torn, Known(write_po(BASE), b"", write_po(THEIRS))) == mend_catalog(torn)
