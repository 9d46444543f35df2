from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.checks import ALL
from i18n_pipeline.pipeline.shelved import (
    Found,
    Shelved,
    add_row,
    lines_of,
    read_shelved,
    rows_of,
    rows_with,
)

PAIRS = st.tuples(st.integers(0, 9), st.integers(0, 9))
EDITS = st.tuples(st.integers(0, 9), st.integers(0, 9), st.text(max_size=3))
CODES = st.sampled_from([rule.code for rule in ALL])
FINDINGS: st.SearchStrategy[tuple[Found, ...]] = st.lists(
    st.tuples(CODES, st.text(max_size=4), st.none() | PAIRS, st.none() | EDITS), max_size=2
).map(tuple)
KEYS = st.text("0123456789abcdef", min_size=24, max_size=24) | st.builds(
    lambda digit: "abcd" + 20 * digit, st.sampled_from(string.hexdigits.lower())
)
KNOWN = st.dictionaries(KEYS, FINDINGS, max_size=8)


@given(KNOWN)
def test_findings_are_read_as_they_were_written(known: dict[str, tuple[Found, ...]]) -> None:
    read = read_shelved([*lines_of(rows_of(known))])
    assert dict(read) == known
    assert len(read) == len(known)
    assert rows_of(read) == rows_of(known)


@given(KNOWN, KNOWN)
def test_what_was_used_comes_to_what_is_known_and_other_rows_stay_unread(
    known: dict[str, tuple[Found, ...]], used: dict[str, tuple[Found, ...]]
) -> None:
    expected = rows_of({**known, **used})
    shelf = Shelved(rows_of(known))
    assert rows_with(shelf, used) == expected
    assert rows_with(known, used) == expected
    spoiled = {
        name: row if any(key[:4] == name for key in used) else b"?"
        for name, row in shelf.rows.items()
    }
    new = rows_with(Shelved(spoiled), used)
    assert {name: row for name, row in new.items() if row != b"?"} == {
        name: row for name, row in expected.items() if spoiled.get(name) != b"?"
    }


@given(st.lists(KNOWN, max_size=4))
def test_rows_of_several_parts_become_one(parts: list[dict[str, tuple[Found, ...]]]) -> None:
    joined: dict[str, bytearray] = {}
    met: set[str] = set()
    for part in parts:
        new = {key: found for key, found in part.items() if key not in met}
        met |= part.keys()
        for name, row in rows_of(new).items():
            add_row(joined.setdefault(name, bytearray(b"{}")), row)
    expected = {key: found for part in reversed(parts) for key, found in part.items()}
    assert dict(Shelved({name: bytes(row) for name, row in joined.items()})) == expected


@pytest.mark.parametrize("row", [b"", b"{", b"5", b'{"a":5}', b'{"a":[["no-rule","",null,null]]}'])
def test_a_row_of_another_shape_holds_nothing(row: bytes) -> None:
    whole = rows_of({"b" * 24: ()})
    shelf = Shelved({**whole, "aaaa": row})
    assert dict(shelf) == {"b" * 24: ()}
