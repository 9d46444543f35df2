"""Pieces of work: what one is, how many make a batch, and that one process can do them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import Generic, Protocol, TypeVar

from i18n_pipeline.values import dataclass

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Piece(Generic[Shared, Item, Result]):
    """Work that can be done anywhere: a pure function of a module, found there by its name.

    Its values travel, so they are made of plain values. `seconds` is what an item takes on one
    core: a measured figure, which decides how many make a batch and whether spreading pays.
    """

    function: Callable[[Shared, Item], Result]
    seconds: float

    def batches(self, items: Sequence[Item], seconds: float) -> list[Sequence[Item]]:
        """The items in order, cut so that a batch takes about so many seconds."""
        size = max(1, ceil(seconds / self.seconds))
        return [items[at : at + size] for at in range(0, len(items), size)]

    def done(self, shared: Shared, items: Sequence[Item]) -> list[Result]:
        """The results of items, in order."""
        return [self.function(shared, item) for item in items]


class Workers(Protocol):
    """Whoever does pieces of work."""

    def worth(self, seconds: float) -> bool:
        """Whether work that takes one core so long is done sooner by others."""

    def each(
        self, piece: Piece[Shared, Item, Result], shared: Shared, items: Sequence[Item]
    ) -> list[Result]:
        """The results of all items, in order. Raises what the function raises."""

    @property
    def notices(self) -> tuple[str, ...]:
        """Words about what went otherwise than asked."""

    def end(self) -> None:
        """Let all workers go."""


@dataclass(frozen=True, slots=True)
class Alone:
    """The process that the user started does all of it."""

    def worth(self, seconds: float) -> bool:
        """Nobody else is there."""
        del seconds
        return False

    def each(
        self, piece: Piece[Shared, Item, Result], shared: Shared, items: Sequence[Item]
    ) -> list[Result]:
        """The results of all items, in order."""
        return piece.done(shared, items)

    @property
    def notices(self) -> tuple[str, ...]:
        """There is nothing to tell."""
        return ()

    def end(self) -> None:
        """There is nobody to let go."""


ALONE = Alone()
