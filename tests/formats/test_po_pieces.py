"""A large PO file is read a piece at a time: what that comes to is what one reading comes to."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from i18n_pipeline.errors import BadFile, Problem
from i18n_pipeline.formats.po import read_po, reader, write_po
from i18n_pipeline.model import Catalog
from tests.formats.test_po import catalogs

HEADER = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
LINES = st.sampled_from(
    [
        *(b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n', b"\n", b"#\n"),
        *(b'msgctxt "a/body"\nmsgid "a"\nmsgstr "b"\n', b'msgid "c"\n', b'msgstr "d"\n'),
        *(b'msgctxt "b/body"\nmsgid "a"\nmsgstr ""\n"e"\n', b'"more"\n', b'"\n', b'"x" "\n'),
        *(b'# said "so"\n', b'#. noted "so"\n', b"#: terms/en/a.md\n", b"#, fuzzy\n"),
        *(b'#| msgid "was"\n', b'#~ msgid "gone"\n#~ msgstr "lost"\n', b'#~ "on"\n'),
        *(b'#~ # "no"\n', b'msgctxt "\xe3\x81\x82/body"\nmsgid "f"\nmsgstr "\xe3\x81\x82"\n'),
        *(b"\r\n", b"\xef\xbb\xbf", b"\xff\n", b"<<<<<<< ours\n", b"\x01\n"),
    ]
)


def outcome(data: bytes, *, doubled: bool) -> Catalog | Problem:
    """What reading comes to: the catalog, or what is said to be wrong."""
    try:
        return read_po(data, doubled=doubled)
    except BadFile as failure:
        return failure.problem


NOTED = [b'#. noted "so"\n', b"\n", b'msgctxt "a/body"\nmsgid "a"\nmsgstr "b"\n']
OBSOLETE = [b'#~ msgid "gone"\n#~ msgstr "lost"\n', b"\n", b'#~ "on"\n']
CUT = [b'msgid "c"\n', b"\n", b'msgstr "d"\n', b"\n", b'"more"\n', b"\n", b"\xef\xbb\xbf"]


@example(NOTED, True, False)
@example(OBSOLETE, True, False)
@example(CUT, True, False)
@example(CUT[:-1], True, False)
@given(st.lists(LINES, max_size=12), st.booleans(), st.booleans())
def test_a_file_that_is_read_in_pieces_comes_to_the_same(
    lines: list[bytes], begins: bool, doubled: bool
) -> None:
    data = (HEADER if begins else b"") + b"".join(lines)
    whole = outcome(data, doubled=doubled)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_AT_ONCE", 0)
        assert outcome(data, doubled=doubled) == whole


@given(catalogs())
def test_what_we_write_is_read_in_as_many_pieces_as_it_has_units(catalog: Catalog) -> None:
    data = write_po(catalog)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_AT_ONCE", 0)
        assert read_po(data) == catalog
        assert b"".join(reader._cut(data)) == data
        assert len([*reader._cut(data)]) == data.count(b"\nmsgstr ") + data.count(b"\n#~ msgstr ")
