"""Files cut into rows without being read: a part is read and put back, and the rest is copied."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.formats.lock import cut_lock, ordered_lock, read_lock, slugs_in, write_lock
from i18n_pipeline.formats.po import (
    UnitLines,
    changed_rows,
    cut_po,
    differing,
    ordered_po,
    read_po,
    skim_po,
    unit_lines,
    units_in,
    write_po,
)
from i18n_pipeline.formats.po.cutting import blocks_of
from i18n_pipeline.formats.rows import Rows
from i18n_pipeline.model import Catalog, Lock, LockEntry
from i18n_pipeline.origins import is_placed
from tests.formats.test_lock import entries
from tests.formats.test_po import catalogs

PO = b"""\
#
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "category"
msgid "Methods"
msgstr ""

#. paragraph
msgctxt "lora/body"
msgid "One."
msgstr "\xe4\xb8\x80"

#, fuzzy
#| msgid "Old."
msgctxt "token/body"
msgid "Two."
msgstr ""
"Zwei\\n"
"drei"

#~ msgctxt "lora/body"
#~ msgid "Gone."
#~ msgstr "Weg."
"""
GONE = b"\n" + PO.rpartition(b"\n\n")[2]
LOCK = b"""\
i18n-lock 1 segmenter 1

lora
 source=0123456789abcdef built=-

token
 source=0123456789abcdef built=-

i18n-lock end
"""


def ordered(catalog: Catalog) -> Catalog:
    """The catalog as a run writes it: each unit has a context of one line, and they go by slug."""
    named = [unit for unit in catalog.units if unit.context and "\n" not in unit.context]
    active = sorted((u for u in named if not u.obsolete), key=lambda unit: unit.slug)
    gone = [unit for unit in named if unit.obsolete and unit.target]
    return replace(catalog, units=(*active, *gone))


def rows_of(data: bytes) -> Rows:
    found = cut_po(data)
    assert found is not None
    return found


def test_a_catalog_is_cut_by_the_terms_of_its_units() -> None:
    rows = rows_of(PO)
    assert [name for name, _ in rows.named] == ["", "lora", "token"]
    assert [tail[:20] for tail in rows.tail] == [b'#~ msgctxt "lora/bod']
    part = read_po(rows.without({"lora"}).data())
    assert [unit.source for unit in part.units] == ["Methods", "Two.", "Gone."]


@given(catalogs().map(ordered), st.data())
def test_a_part_of_a_catalog_is_read_alone_and_put_back(
    catalog: Catalog, data: st.DataObject
) -> None:
    whole = write_po(catalog)
    rows = rows_of(whole)
    assert rows.data() == whole
    slugs = sorted({unit.slug for unit in catalog.units})
    elsewhere = set(data.draw(st.lists(st.sampled_from(slugs)))) if slugs else set()
    part = read_po(rows.without(elsewhere).data())
    known = read_po(whole)
    assert part.units == tuple(
        unit for unit in known.units if unit.obsolete or unit.slug not in elsewhere
    )
    others = Rows(b"", tuple(row for row in rows.named if row[0] in elsewhere))
    assert rows_of(write_po(part)).among(others).data() == whole


@given(catalogs().map(ordered), catalogs().map(ordered), st.data())
def test_what_stands_under_names_is_found_without_cutting_all_of_a_catalog(
    catalog: Catalog, other: Catalog, data: st.DataObject
) -> None:
    whole, rows, new = write_po(catalog), rows_of(write_po(catalog)), rows_of(write_po(other))
    slugs = sorted({name for name, _ in (*rows.named, *new.named)})
    elsewhere = set(data.draw(st.lists(st.sampled_from(slugs)))) if slugs else set()
    here = set(slugs) - elsewhere
    assert ordered_po(whole).only(here) == rows.without(elsewhere).data()
    coming = new.without(elsewhere)
    others = Rows(b"", tuple(row for row in rows.named if row[0] in elsewhere))
    expected = coming.among(others).data()
    assert bytes(ordered_po(whole).replaced(here, coming)) == expected
    assert rows_of(expected).data() == expected


@given(catalogs(), catalogs(), st.data())
def test_the_entries_that_differ_between_two_versions_are_found(
    catalog: Catalog, other: Catalog, data: st.DataObject
) -> None:
    kept = data.draw(st.lists(st.sampled_from(catalog.units), unique=True)) if catalog.units else []
    named = {unit.key: unit for unit in (*other.units, *kept) if "\n" not in unit.context}
    before = replace(catalog, units=tuple(u for u in catalog.units if "\n" not in u.context))
    after = replace(catalog, units=tuple(unit for unit in named.values() if unit.context))
    before = replace(before, units=tuple(unit for unit in before.units if unit.context))
    there, here = write_po(before), write_po(after)
    changed = changed_rows(there, here)
    assert changed is not None
    for rows, data_, others in zip(changed, (there, here), (here, there), strict=True):
        expected = {unit for unit in read_po(data_).units if not unit.obsolete}
        same = {unit for unit in read_po(others).units if not unit.obsolete}
        found = {unit for _, row in rows for unit in units_in(row)}
        assert expected - same <= found <= expected
        assert all(unit.slug == slug for slug, row in rows for unit in units_in(row))


@pytest.mark.parametrize(
    "data",
    [
        PO.replace(b"\n", b"\r\n"),
        PO.replace(b"\n\n#. para", b"\n\n\n#. para"),
        PO.replace(b"\n\n#, fuzzy", b"\n#, fuzzy"),
        PO.replace(b'msgctxt "lora/body"\nmsgid "One', b'msgid "One'),
    ],
)
def test_entries_that_are_not_laid_out_as_we_write_them_are_not_compared(data: bytes) -> None:
    assert changed_rows(PO, data) is None
    assert changed_rows(data, PO) is None
    assert changed_rows(PO, PO) == ([], [])


ENTRIES = [f'msgctxt "{slug}/body"\nmsgid "{slug}"\nmsgstr ""' for slug in "abcdefgh"]
ROWS = st.lists(st.sampled_from(ENTRIES), unique=True)
SIZES = st.integers(1, 40)


@given(
    ROWS | st.permutations(ENTRIES), ROWS | st.permutations(ENTRIES), st.booleans(), SIZES, SIZES
)
def test_of_two_versions_all_that_differs_is_found_and_nothing_else(
    old: list[str], new: list[str], longer: bool, piece: int, near: int
) -> None:
    heads = ("A", "Much longer than the other" if longer else "A")
    before, after = (
        "\n\n".join([f'msgid ""\nmsgstr "{head}"', *rows]).encode() + b"\n"
        for head, rows in zip(heads, (old, new), strict=True)
    )
    with patch.multiple(differing, _PIECE=piece, _NEAR=near):
        found = changed_rows(before, after)
    assert found is not None
    gone, came = ([row.decode() for _, row in rows] for rows in found)
    assert gone == [row for row in old if row not in new]
    assert came == [row for row in new if row not in old]


PARTS = st.lists(st.sampled_from([b"a", b"b", b"\n", b"\n\n", b"a\n\nb"]))


@given(PARTS, PARTS, PARTS, SIZES)
def test_nothing_that_differs_is_left_out_however_it_is_laid_out(
    old: list[bytes], new: list[bytes], both: list[bytes], piece: int
) -> None:
    before, after = b"".join([*both, *old, *both]), b"".join([*both, *new, *both])
    with patch.multiple(differing, _PIECE=piece, _NEAR=piece):
        gone, came = differing._unlike(before, after)
    there, here = {*blocks_of(before)}, {*blocks_of(after)}
    assert {*gone} >= there - here
    assert {*came} >= here - there


@given(catalogs())
def test_a_skimmed_catalog_has_what_a_memory_needs(catalog: Catalog) -> None:
    data = write_po(catalog)
    found, read = [*skim_po(data)], read_po(data).units
    assert [one.key for one in found] == [one.key for one in read]
    for one, whole in zip(found, read, strict=True):
        assert (one.target, one.state, one.obsolete) == (whole.target, whole.state, whole.obsolete)
        assert is_placed(one.origin) is is_placed(whole.origin)
        kinds = [(note.partition(":")[0] for note in unit.notes[:1]) for unit in (one, whole)]
        assert [*kinds[0]] == [*kinds[1]]


@given(catalogs().map(ordered))
def test_the_lines_of_units_are_those_of_the_whole_file(catalog: Catalog) -> None:
    data = write_po(catalog)
    lines, known = UnitLines(data), unit_lines(data)
    assert {key: lines.of(key) for key in known} == known
    assert lines.of(("nobody", "has this")) == 0


def test_the_lines_of_a_file_laid_out_otherwise_are_found_as_well() -> None:
    data = PO.replace(b"\n", b"\r\n")
    assert UnitLines(data).of(("token/body", "Two.")) == unit_lines(data)["token/body", "Two."]
    assert UnitLines(b"").of(("token/body", "Two.")) == 0


@pytest.mark.parametrize(
    "data",
    [
        PO.replace(b"\n", b"\r\n"),
        PO.removesuffix(b"\n"),
        PO.replace(b"\n\n#. para", b"\n\n\n#. para"),
        PO.replace(b"\n\n#, fuzzy", b"\n#, fuzzy"),
        PO.replace(b'msgctxt "lora/body"\nmsgid "One', b'msgid "One'),
        PO.replace(b"lora/body", b"zebra/body"),
        PO.replace(b'msgid ""\nmsgstr "C', b'msgctxt "x"\nmsgid ""\nmsgstr "C'),
        PO.replace(b"token/body", b"token\\n/body").replace(b'"token', b'""\n"token'),
        PO + PO.partition(b"\n\n")[2],
        PO.replace(GONE, b"").replace(b"\n\n#. para", b"\n" + GONE + b"\n#. para"),
        b"",
    ],
)
def test_a_catalog_that_is_not_laid_out_as_we_write_it_is_not_cut(data: bytes) -> None:
    assert cut_po(data) is None


@given(st.lists(entries, unique_by=lambda entry: entry.slug, max_size=6), st.data())
def test_a_part_of_a_lock_is_read_alone_and_put_back(
    known: list[LockEntry], data: st.DataObject
) -> None:
    lock = Lock({entry.slug: entry for entry in known})
    whole = write_lock(lock)
    assert slugs_in(whole) == tuple(sorted(lock.entries))
    here = set(data.draw(st.lists(st.sampled_from(sorted(lock.entries))))) if known else set()
    part = read_lock(ordered_lock(whole).only(here))
    assert set(part.entries) == here
    rows = cut_lock(write_lock(part))
    assert rows is not None
    assert bytes(ordered_lock(whole).replaced(here, rows)) == whole
    gone = Lock({slug: entry for slug, entry in lock.entries.items() if slug not in here})
    none = cut_lock(write_lock(Lock({})))
    assert none is not None
    assert bytes(ordered_lock(whole).replaced(here, none)) == write_lock(gone)
    assert bytes(ordered_lock(write_lock(gone)).replaced((), rows)) == whole


@pytest.mark.parametrize(
    "data",
    [
        LOCK.replace(b"\n", b"\r\n"),
        LOCK.removesuffix(b"i18n-lock end\n"),
        LOCK.replace(b"lora", b"zebra"),
        b"",
    ],
)
def test_a_lock_that_is_not_laid_out_as_we_write_it_is_not_cut(data: bytes) -> None:
    assert cut_lock(data) is None
    assert slugs_in(data) is None
