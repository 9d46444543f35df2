"""Where receipts lie that a run holds no more: a big run has been answered for millions of texts.

A dict would take a hundred bytes for each of them. Here it is twelve, in one of many short rows by
how its key begins: eight for the key, four for the number of the file.
"""

from __future__ import annotations

from i18n_pipeline.model import digest

_KEY, _WHOLE = 8, 12
_ROWS = 4096


class Away:
    """The names of files by the keys of receipts, one for each."""

    def __init__(self) -> None:
        self._rows: dict[int, bytearray] = {}
        self._files: list[str] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __contains__(self, key: str) -> bool:
        short = _short(key)
        return _find(self._row(short), short) >= 0

    def put(self, key: str, file: str) -> None:
        """Take note of where the receipt of a key lies."""
        short = _short(key)
        if file not in self._files[-1:]:  # those of one file come one after the other
            self._files.append(file)
        number = (len(self._files) - 1).to_bytes(_WHOLE - _KEY, "big")
        row = self._row(short)
        at = _find(row, short)
        if at < 0:
            self._count += 1
            row += short + number
        else:
            row[at + _KEY : at + _WHOLE] = number

    def pop(self, key: str) -> str:
        """The file of a key, which is forgotten; "" for one that is not here."""
        short = _short(key)
        row = self._row(short)
        at = _find(row, short)
        if at < 0:
            return ""
        number = int.from_bytes(row[at + _KEY : at + _WHOLE], "big")
        row[at : at + _WHOLE] = row[-_WHOLE:]
        del row[-_WHOLE:]
        self._count -= 1
        return self._files[number]

    def _row(self, short: bytes) -> bytearray:
        return self._rows.setdefault(int.from_bytes(short[:2], "big") % _ROWS, bytearray())


def _find(row: bytearray, short: bytes) -> int:
    """Where a key's place begins in a row, -1 where it has none."""
    at = row.find(short)
    while at >= 0 and at % _WHOLE:
        at = row.find(short, at + 1)
    return at


def _short(key: str) -> bytes:
    """The beginning of a key's hash; of a key that no version of ours has made, a hash."""
    try:
        found = bytes.fromhex(key[: 2 * _KEY])
    except ValueError:
        found = b""
    return found if len(found) == _KEY else bytes.fromhex(digest(key, _KEY))
