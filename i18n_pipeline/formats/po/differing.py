"""Two versions of a catalog: the entries that each has and the other has not.

Both may be large and nearly the same. So what is alike is compared in large pieces, and neither
cut into entries nor copied.
"""

from __future__ import annotations

from i18n_pipeline.formats.po.cutting import BETWEEN, rows_in
from i18n_pipeline.formats.rows import Row
from i18n_pipeline.model import digest
from i18n_pipeline.values import dataclass, field

_PIECE = 1 << 16
"""Bytes that are compared at once."""
_NEAR = 1 << 17
"""So many bytes further on an entry is looked for that does not stand where it did."""


def changed_rows(before: bytes, after: bytes) -> tuple[list[Row], list[Row]] | None:
    """The active entries of two versions of a catalog that the other has not, with their slugs.

    None where one of them is not laid out as we write it.
    """
    if b"\r" in before or b"\r" in after:
        return None
    gone, came = _unlike(before, after)
    moved = {*map(digest, gone)} & {*map(digest, came)}
    try:
        rows = [rows_in(one for one in own if digest(one) not in moved) for own in (gone, came)]
    except ValueError:
        return None
    return rows[0], rows[1]


def _unlike(before: bytes, after: bytes) -> tuple[list[bytes], list[bytes]]:
    """The entries of two versions that do not stand in the other, or stand elsewhere there."""
    one, other = (_Side(data, data.find(BETWEEN)) for data in (before, after))
    missed = 0
    while one.at >= 0 and other.at >= 0:
        if _pass_alike(one, other):
            missed = 0
            continue
        missed += 1
        looks = missed & (missed - 1) == 0  # ever more seldom: maybe all entries differ
        if looks and (place := other.further(one.entry)) >= 0:
            other.take(place)
        elif looks and (place := one.further(other.entry)) >= 0:
            one.take(place)
        else:
            one.take(one.at + 1)
            other.take(other.at + 1)
    for side in (one, other):
        side.take(len(side.data))
    return one.own, other.own


@dataclass
class _Side:
    """One version: `at` is what separates the next entry from the last, -1 where there is none.

    `own` are the entries that were taken.
    """

    data: bytes
    at: int
    own: list[bytes] = field(default_factory=list)

    @property
    def _end(self) -> int:
        return self.data.find(BETWEEN, self.at + len(BETWEEN))

    @property
    def entry(self) -> bytes:
        """The next entry, with what stands before it and behind it."""
        return self.data[self.at :] if self._end < 0 else self.data[self.at : self._end + 2]

    def further(self, entry: bytes) -> int:
        """Where an entry stands behind the next one, and not far from it; -1 if it does not."""
        return self.data.find(entry, self.at + 1, self.at + _NEAR + len(entry))

    def take(self, place: int) -> None:
        """Take all entries that begin before a place."""
        while 0 <= self.at < place:
            start, end = self.at + len(BETWEEN), self._end
            entry = self.data[start:] if end < 0 else self.data[start:end]
            self.own.append(entry.removesuffix(b"\n") if end < 0 else entry)
            self.at = end


def _pass_alike(one: _Side, other: _Side) -> bool:
    """Pass by the entries that follow in both; whether there were any."""
    alike = _alike(one, other)
    if one.at + alike == len(one.data) and other.at + alike == len(other.data):
        one.at = other.at = -1
        return True
    last = one.data.rfind(BETWEEN, one.at, one.at + alike)
    if last <= one.at or one.data[last - 1 : last] == b"\n":  # three line ends: who cuts where?
        return False
    one.at, other.at = last, other.at + last - one.at
    return True


def _alike(one: _Side, other: _Side) -> int:
    """How many bytes both have in common from where they are."""
    most = min(len(one.data) - one.at, len(other.data) - other.at)
    alike, piece = 0, _PIECE
    while alike < most and piece:
        size = min(piece, most - alike)
        left, right = one.at + alike, other.at + alike
        if one.data[left : left + size] == other.data[right : right + size]:
            alike += size
        else:
            piece //= 2
    return alike
