"""A file in rows that go by names, cut without being read: what does not change is copied.

Reading and writing a catalog of ten thousand terms costs seconds, finding its blank lines does
not. A run that works on a few terms reads their rows alone, and puts them back among the others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby

from i18n_pipeline.pieces import Piece, Pieces
from i18n_pipeline.values import dataclass

Row = tuple[str, bytes]
"""A name, and what stands under it, without the blank line before it."""
_BETWEEN = b"\n\n"


@dataclass(frozen=True)
class Rows:
    """A file's rows: its head, those in the order of their names, and what stands behind these."""

    head: bytes
    named: tuple[Row, ...]
    tail: tuple[bytes, ...] = ()

    @property
    def is_ordered(self) -> bool:
        """Whether the rows are in the order of their names, as we write them."""
        names = [name for name, _ in self.named]
        return names == sorted(names)

    def data(self) -> bytes:
        """The file that these rows make."""
        return b"\n\n".join([self.head, *(row for _, row in self.named), *self.tail]) + b"\n"

    def without(self, names: Collection[str]) -> Rows:
        """The file without the rows of some names."""
        return Rows(self.head, tuple(one for one in self.named if one[0] not in names), self.tail)

    def among(self, others: Rows) -> Rows:
        """These rows and others, in order."""
        ordered = sorted((*self.named, *others.named), key=lambda one: one[0])
        return Rows(self.head, tuple(ordered), self.tail)

    def lines(self) -> Iterator[tuple[str, bytes, int]]:
        """Each row with its name and the line, from 1, at which it begins."""
        line = self.head.count(b"\n") + 3
        for name, row in self.named:
            yield name, row, line
            line += row.count(b"\n") + 2


@dataclass(frozen=True)
class Ordered:
    """A file that is known to be laid out as `Rows`: what stands under a name is found by halving.

    `name_at` says the name of the row that stands between two places; None for one of the tail.
    """

    whole: bytes
    name_at: Callable[[bytes, int, int], str | None]

    def only(self, names: Iterable[str]) -> bytes:
        """The file with the rows of some names alone."""
        spans = [(0, self._begin), *map(self._span, sorted(names)), (self._behind, self._end)]
        return bytes(_ending(part for span in spans for part in self._parts(*span)))

    def replaced(self, names: Iterable[str], new: Rows) -> Pieces:
        """The file with `new` in place of its head, its tail and the rows of some names.

        What stays is not copied.
        """
        rows = {name: [row for _, row in group] for name, group in groupby(new.named, _name)}
        parts: list[Piece] = [new.head, _BETWEEN]
        position = self._begin
        for name in sorted({*names, *rows}):
            start, end = self._span(name)
            parts += self._parts(position, start)
            parts += (part for row in rows.get(name, ()) for part in (row, _BETWEEN))
            position = end
        parts += self._parts(position, self._behind)
        parts += (part for row in new.tail for part in (row, _BETWEEN))
        return _ending(parts)

    def _parts(self, start: int, end: int) -> Iterator[Piece]:
        """What stands between two places, with the blank line behind it, which the last lacks."""
        if start < end:
            yield memoryview(self.whole)[start:end]
        if start < end == self._end:
            yield b"\n"

    @property
    def _begin(self) -> int:
        """Where the first row begins."""
        return (self.whole.find(_BETWEEN) + len(_BETWEEN)) if _BETWEEN in self.whole else self._end

    @property
    def _behind(self) -> int:
        """Where the tail begins."""
        return self._first(lambda name: name is None, self._begin)

    @property
    def _end(self) -> int:
        return len(self.whole)

    def _span(self, wanted: str) -> tuple[int, int]:
        """From where to where the rows of a name stand."""
        start = self._first(lambda name: name is None or name >= wanted, self._begin)
        return start, self._first(lambda name: name is None or name > wanted, start)

    def _first(self, is_there: Callable[[str | None], bool], low: int) -> int:
        """Where the first row begins from which on something is true; the end where it never is."""
        high = self._end
        while low < high:
            before = self.whole.rfind(_BETWEEN, low, (low + high) // 2)
            start = low if before < 0 else before + len(_BETWEEN)
            after = self.whole.find(_BETWEEN, start)
            end = self._end if after < 0 else after + len(_BETWEEN)
            if is_there(self.name_at(self.whole, start, end)):
                high = start
            else:
                low = end
        return low


def _ending(parts: Iterable[Piece]) -> Pieces:
    """The parts as a file: what ends with two line ends ends with one there."""
    *others, last = parts
    return Pieces((*others, last[:-1]))


def _name(row: Row) -> str:
    return row[0]
