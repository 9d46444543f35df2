"""Receipts that are not read yet are found by what reading them would say."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.memory import receipts as module
from i18n_pipeline.memory.batches import Receipt, lines_of, read_batch, write_batch
from i18n_pipeline.memory.receipts import Receipts

HEX = st.sampled_from(["0a", "0b", "ff", "10"])
WORDS = st.sampled_from(
    [
        "",
        "text",
        '"round": 7, ',
        '", "key": "ff", "',
        '\\", "round": 7}',
        "\\",
        "\n\x85\u2028",
        "語",
    ]
) | st.text(max_size=5)
RECEIPTS = st.builds(
    Receipt,
    key=HEX,
    text=WORDS,
    provider=WORDS,
    model=WORDS,
    billed=st.integers(-1, 10**9),
    trace=WORDS,
    context=WORDS,
    when=WORDS,
    round=st.integers(0, 3),
    about=HEX | st.just(""),
    fault=WORDS,
    settings=WORDS,
    together=st.integers(1, 50),
    cost=st.none() | st.floats(0, 10, allow_nan=False),
)
BATCHES = st.lists(st.lists(RECEIPTS, max_size=4), max_size=3)


@given(st.lists(RECEIPTS, max_size=4))
def test_lines_say_of_receipts_what_reading_them_says(receipts: list[Receipt]) -> None:
    data = write_batch(receipts)
    lines, read = lines_of(data), read_batch(data).receipts
    if lines is None:
        assert any(not one.about for one in read)
        return
    assert tuple(line.receipt for line in lines) == read
    for line, one in zip(lines, read, strict=True):
        assert (line.key, line.about, line.round) == (one.key, one.about, one.round)


@pytest.mark.parametrize("data", [b"", b"\n", b'{"schema": "i18n-receipts/2"}\n', b"junk\n{}\n"])
def test_lines_of_something_else_are_none(data: bytes) -> None:
    assert lines_of(data) is None


def told(home: Path, first: list[str]) -> list[object]:
    """All that a store says; `first` are the keys that are asked for before all others."""
    store = Receipts(home)
    found: list[object] = [store.history("ja", key) for key in first]
    found += [store.find("ja", key) for key in ("0a", "0b", "ff", "10", "none")]
    found += [store.history("ja", key) for key in ("0a", "0b", "ff", "10")]
    found += [store._of("ja").next_round(key) for key in ("0a", "0b", "ff", "10")]
    found += [store._of("ja").has(key, 2) for key in ("0a", "0b", "ff", "10")]
    found += [store._of("ja").texts, store.all("ja"), store._of("ja").by_text]
    return [*found, store.problems]


@given(BATCHES, st.lists(HEX, max_size=3), st.booleans())
def test_a_store_says_the_same_whatever_of_it_was_read(
    tmp_path_factory: pytest.TempPathFactory,
    batches: list[list[Receipt]],
    first: list[str],
    damaged: bool,
) -> None:
    home = tmp_path_factory.mktemp("store") / ".i18n"
    store = Receipts(home)
    for receipts in batches:
        if receipts:
            store._write("ja", receipts)
    if damaged and batches and batches[0]:
        path = min((home / "receipts/ja").iterdir())
        path.write_bytes(path.read_bytes() + b"{}\n")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "lines_of", lambda _: None)
        expected = told(home, first)
    assert told(home, first) == expected
