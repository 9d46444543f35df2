"""Workers that are threads of this process: what a Python without a global lock makes use of."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain

from i18n_pipeline.pipeline.workers.piece import Item, Piece, Result, Shared
from i18n_pipeline.values import dataclass

_BATCH = 0.05
"""Seconds of work in a batch."""


@dataclass(frozen=True, slots=True)
class Threads:
    """So many threads."""

    count: int

    def worth(self, seconds: float) -> bool:
        """They cost next to nothing to start."""
        return seconds > _BATCH

    def each(
        self, piece: Piece[Shared, Item, Result], shared: Shared, items: Sequence[Item]
    ) -> list[Result]:
        """The results of all items, in order."""
        batches = piece.batches(items, _BATCH)
        pool = ThreadPoolExecutor(self.count, "i18n-worker")
        try:
            return list(chain.from_iterable(pool.map(partial(piece.done, shared), batches)))
        finally:
            pool.shutdown(cancel_futures=True)

    @property
    def notices(self) -> tuple[str, ...]:
        """There is nothing to tell."""
        return ()

    def end(self) -> None:
        """They ended with their work."""
