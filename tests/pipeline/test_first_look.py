"""What a first look keeps of texts: hardly more than eight bytes each."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.pipeline.first_look import Hashes

NUMBERS = st.lists(st.integers(0, 40).map(lambda number: number * (2**64 // 41)))


@given(NUMBERS, NUMBERS)
def test_it_tells_which_were_there_twice_and_which_of_others_were_there(
    numbers: list[int], others: list[int]
) -> None:
    hashes = Hashes()
    for number in numbers:
        hashes.add(number)
    assert hashes.repeated() == {one for one, times in Counter(numbers).items() if times > 1}
    assert hashes.among(set(others)) == {*numbers} & {*others}
