"""Pieces of work: whatever a batch holds, results are those of one process, in order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.pipeline.workers import ALONE, Piece
from i18n_pipeline.pipeline.workers.processes import Processes
from i18n_pipeline.pipeline.workers.threads import Threads


def added(shared: int, item: int) -> tuple[int, int]:
    return shared, shared + item


SECONDS = st.floats(1e-6, 10)


@given(st.lists(st.integers()), SECONDS, SECONDS)
def test_batches_hold_every_item_once_and_in_order(
    items: list[int], each: float, batch: float
) -> None:
    cut = Piece(added, each).batches(items, batch)
    assert [item for one in cut for item in one] == items
    assert all(cut)
    assert all((len(one) - 1) * each <= batch * 1.001 for one in cut)


@given(st.integers(), st.lists(st.integers(), max_size=200), SECONDS)
def test_threads_give_what_one_process_gives(shared: int, items: list[int], each: float) -> None:
    piece = Piece(added, each)
    assert Threads(3).each(piece, shared, items) == ALONE.each(piece, shared, items)


def test_processes_that_cannot_be_forked_give_it_too() -> None:
    # Whoever runs this test has threads of its own: a server process is forked instead.
    piece, items = Piece(added, 0.5), list(range(20))
    assert Processes(2, chosen=True).each(piece, 7, items) == ALONE.each(piece, 7, items)


def test_little_work_is_worth_no_worker() -> None:
    assert not Processes(8, chosen=True).worth(0.1)
    assert not Processes(1, chosen=True).worth(1000)
    assert not ALONE.worth(1000)
