"""What fuzzing found stays mended, and inputs near those that are known break no promise.

Without a fuzzer: seeds, findings, and a few edits of them. `make fuzz` goes far beyond.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import EXAMPLES
from tests.fuzz.table import TARGETS

FINDINGS = Path(__file__).parent / "findings"
_EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 12), st.integers(0, 10_000)), min_size=1, max_size=4
)


def found(name: str) -> list[Path]:
    """What was found about a target."""
    folder = FINDINGS / name
    return sorted(folder.iterdir()) if folder.is_dir() else []


def near(seed: bytes, edits: list[tuple[float, int, int]], words: list[bytes]) -> bytes:
    """An input with a few bytes less at some places, and a word of its format there instead."""
    for place, less, chosen in edits:
        at = int(place * len(seed))
        seed = seed[:at] + words[chosen % len(words)] + seed[at + less :]
    return seed


def test_every_finding_is_of_a_target_that_there_is() -> None:
    assert {folder.name for folder in FINDINGS.iterdir()} <= set(TARGETS)


@pytest.mark.parametrize("name", TARGETS)
def test_no_seed_and_no_finding_breaks_a_promise(name: str) -> None:
    target = TARGETS[name]
    seeds = target.seeds()
    assert seeds
    for data in (b"", *seeds, *(path.read_bytes() for path in found(name))):
        target.check(data)


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=max(EXAMPLES // 8, 1))
@given(data=st.data())
def test_no_input_near_a_seed_breaks_a_promise(name: str, data: st.DataObject) -> None:
    target = TARGETS[name]
    words = [b"", b"\n", *(word.encode() for word in target.words)]
    seed = data.draw(st.sampled_from(list(target.seeds())))
    target.check(near(seed, data.draw(_EDITS), words))
