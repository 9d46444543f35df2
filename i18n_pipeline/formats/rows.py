"""A file in rows that go by names, cut without being read: what does not change is copied.

Reading and writing a catalog of ten thousand terms costs seconds, finding its blank lines does
not. A run that works on a few terms reads their rows alone, and puts them back among the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from i18n_pipeline.values import dataclass

Row = tuple[str, bytes]
"""A name, and what stands under it, without the blank line before it."""


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
