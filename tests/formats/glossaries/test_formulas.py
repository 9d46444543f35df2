"""A spreadsheet computes no cell of a glossary, and nobody's apostrophes are lost."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.formats.glossaries.editing import Rendering, with_entries, with_targets
from i18n_pipeline.formats.glossaries.foreign import write_deepl
from i18n_pipeline.formats.glossaries.formulas import armed, defused
from i18n_pipeline.formats.glossaries.listing import read_glossary, write_glossary
from i18n_pipeline.glossary import Entry

TEXTS = st.text(st.sampled_from("'=+-@|%＝＋－＠ax"), max_size=6)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=cmd|'/C calc'!A0", "''=cmd|'/C calc'!A0"),
        ("@property", "'@property"),
        ("-O2", "'-O2"),
        ("＝x", "'＝x"),
        ("'=x", "'''=x"),
        ("'@property' decorator", "'@property' decorator"),
        ("'+' operator", "'+' operator"),
        ("O'Neil", "O'Neil"),
        ("a=b", "a=b"),
    ],
)
def test_what_begins_like_a_formula_is_written_as_a_text(text: str, cell: str) -> None:
    assert defused(text) == cell
    assert armed(cell) == text


@given(TEXTS)
def test_what_is_defused_is_read_as_it_was_and_is_no_formula(text: str) -> None:
    assert armed(defused(text)) == text
    assert not defused(text).startswith(tuple("=+-@|%＝＋－＠"))


ENTRY = Entry("@decorator", "=cmd|'/C calc'!A0", note="+1")


def cells(data: bytes) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(data.decode())) for cell in row]


def test_a_glossary_of_ours_holds_no_formula_however_it_is_written() -> None:
    written = write_glossary([ENTRY])
    assert read_glossary(written) == (ENTRY,)
    added = with_entries(b"source,target,note\na,b,c\n", [ENTRY])
    assert read_glossary(added)[1:] == (ENTRY,)
    changed = with_targets(b"source,target\na,b\n", {2: Rendering("=1+1")})
    assert [entry.target for entry in read_glossary(changed)] == ["=1+1"]
    for data in (written, added, changed):
        assert not [cell for cell in cells(data) if cell.startswith(tuple("=+-@"))]


def test_a_file_for_a_program_has_the_texts_as_they_are() -> None:
    assert cells(write_deepl([ENTRY], "en", "ja"))[:2] == [ENTRY.source, ENTRY.target]


def test_what_a_person_wrote_is_read_as_it_stands_and_stays_so() -> None:
    data = b"source,target\n'@x' decorator,@x\n"
    (entry,) = read_glossary(data)
    assert (entry.source, entry.target) == ("'@x' decorator", "@x")
    assert with_entries(data, []) == data
