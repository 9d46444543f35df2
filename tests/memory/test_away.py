"""Where receipts lie that a run holds no more: as a dict would say it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.memory.away import Away
from i18n_pipeline.model import digest

KEYS = st.one_of(
    st.integers(0, 30).map(lambda number: digest(str(number))),
    st.integers(0, 30).map(lambda number: f"{number:016x}ffff"),
    st.sampled_from(("", "0011", "no key of ours", "zz" * 8, "\u00e9" * 16)),
)
"""Hashes, such as begin alike, and what no version of ours has made."""


@given(st.lists(st.tuples(KEYS, st.sampled_from(("one", "two", "three", "")))))
def test_it_says_what_a_dict_says(steps: list[tuple[str, str]]) -> None:
    """A file's name is put, and none at all stands for asking for it, which forgets it."""
    away, known = Away(), dict[str, str]()
    for key, file in steps:
        if file:
            away.put(key, file)
            known[key] = file
        else:
            assert (key in away) is (key in known)
            assert away.pop(key) == known.pop(key, "")
        assert len(away) == len(known)
        assert all(one in away for one in known)
    assert {key: away.pop(key) for key in tuple(known)} == known
    assert not away
