"""Bytes in pieces are the bytes that they would be joined, wherever they are cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.model import digest
from i18n_pipeline.pieces import Piece, Pieces, hash_of, pieces_of

PIECES = st.one_of(st.binary(), st.builds(bytearray, st.binary()))


@given(st.lists(PIECES))
def test_they_say_what_they_would_say_joined(parts: list[Piece]) -> None:
    pieces, joined = Pieces(tuple(parts)), b"".join(parts)
    assert bytes(pieces) == joined
    assert len(pieces) == len(joined)
    assert hash_of(pieces) == hash_of(joined) == digest(joined)
    assert b"".join(pieces_of(pieces)) == b"".join(pieces_of(joined)) == joined


@given(st.binary(min_size=1), st.data())
def test_where_they_are_cut_does_not_matter(data: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(data)))
    cut = Pieces((data[:at], memoryview(data)[at:]))
    assert cut == Pieces((data,))
    assert hash(cut) == hash(Pieces((data,)))
    assert cut != Pieces((data[:-1],))
    assert cut != data
