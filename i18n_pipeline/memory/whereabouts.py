"""Where the receipts of a locale lie: a run that wants a few of a million reads no others.

An index of files that never change under their names, kept to save time. For each receipt it has
its key and the number of its file, in the order of keys; and what receipts are about, in order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from i18n_pipeline.memory.batches import Line
from i18n_pipeline.sealed import opened, sealed
from i18n_pipeline.values import dataclass

_SCHEMA = "i18n-receipts-index/1"
_KEY, _FILE, _ABOUT = 16, 4, 8
_ROW = _KEY + _FILE


@dataclass(frozen=True)
class Whereabouts:
    """The `files` that are indexed, by name; `rows` of keys and files, `abouts` of texts: bytes."""

    files: tuple[str, ...] = ()
    rows: bytes = b""
    abouts: bytes = b""

    def __len__(self) -> int:
        """How many receipts it knows."""
        return len(self.rows) // _ROW

    def files_of(self, key: str) -> Iterator[str]:
        """The names of the files that have receipts of a key."""
        wanted = _bytes(key, _KEY)
        at = _first(self.rows, _ROW, wanted) * _ROW if wanted else len(self.rows)
        while wanted and self.rows[at : at + _KEY] == wanted:
            number = int.from_bytes(self.rows[at + _KEY : at + _ROW], "big")
            yield from self.files[number : number + 1]
            at += _ROW

    def knows(self, about: str) -> bool:
        """Whether a receipt is about a text, by the hash of that."""
        wanted = _bytes(about, _ABOUT)
        at = _first(self.abouts, _ABOUT, wanted) * _ABOUT
        return bool(wanted) and self.abouts[at : at + _ABOUT] == wanted

    def to_bytes(self) -> bytes:
        """As it is kept."""
        head = json.dumps([self.files, len(self.rows)]).encode()
        return sealed(_SCHEMA, b"".join((head, b"\n", self.rows, self.abouts)))


class Growing:
    """Whereabouts to which files are added, as soon as these have more receipts than `most`."""

    def __init__(self, known: Whereabouts, most: int) -> None:
        self._known, self._most = known, most
        self._files = list(known.files)
        self._rows: list[bytes] = []
        self._abouts: list[bytes] = []
        self._late: list[tuple[str, Sequence[Line]]] = []
        self._count = 0
        self.has_grown = False

    def add(self, file: str, lines: Sequence[Line]) -> None:
        """Add a file whose lines are `listable`."""
        self._late.append((file, lines))
        self._count += len(lines)
        if self.has_grown or self._count > self._most:
            self._take_in()

    @property
    def late(self) -> Iterator[Line]:
        """The receipts that were too few to be taken in."""
        return (line for _, lines in self._late for line in lines)

    def grown(self) -> Whereabouts:
        """What has come of it."""
        if not self.has_grown:
            return self._known
        rows = _joined(self._known.rows, self._rows, _ROW)
        abouts = _joined(self._known.abouts, self._abouts, _ABOUT)
        return Whereabouts(tuple(self._files), rows, abouts)

    def _take_in(self) -> None:
        self.has_grown = True
        for file, lines in self._late:
            number = len(self._files).to_bytes(_FILE, "big")
            self._files.append(file)
            self._rows += (bytes.fromhex(line.key) + number for line in lines)
            self._abouts += (bytes.fromhex(line.about) for line in lines)
        self._late.clear()


def read_whereabouts(data: bytes | None) -> Whereabouts:
    """What `to_bytes` wrote; nothing where it is something else."""
    head, _, rest = (opened(_SCHEMA, data) or b"").partition(b"\n")
    try:
        files, size = json.loads(head)
        return Whereabouts(tuple(map(str, files)), rest[:size], rest[size:])
    except (ValueError, TypeError, RecursionError):
        return Whereabouts()


def listable(lines: Iterable[Line]) -> bool:
    """Whether all receipts of a file are found by hashes of ours, which other programs may not."""
    return all(_bytes(one.key, _KEY) and _bytes(one.about, _ABOUT) for one in lines)


def _bytes(spelled: str, size: int) -> bytes:
    """A hash as bytes; none where it is not of that size."""
    try:
        found = bytes.fromhex(spelled)
    except ValueError:
        return b""
    return found if len(found) == size and len(spelled) == 2 * size else b""


def _joined(known: bytes, more: Iterable[bytes], width: int) -> bytes:
    """Rows and more of them, in order, each once."""
    rows = {known[at : at + width] for at in range(0, len(known), width)}
    return b"".join(sorted(rows.union(more)))


def _first(data: bytes, width: int, wanted: bytes) -> int:
    """The number of the first row that does not come before what is wanted."""
    low, high = 0, len(data) // width
    while low < high:
        middle = (low + high) // 2
        at = middle * width
        if data[at : at + len(wanted)] < wanted:
            low = middle + 1
        else:
            high = middle
    return low
