"""Findings ↔ bytes, by the key of what was judged: a run on a few texts reads those of a few.

Keys are hashes that begin with one of their term, so that what was found in a term lies together.
Findings lie in rows by the first characters of their keys, a line each; a row is read when one of
its findings is asked for, and written anew when one of them is another.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeAlias

from i18n_pipeline.checks import ALL

Found: TypeAlias = tuple[str, str, tuple[int, int] | None, tuple[int, int, str] | None]
"""A finding as it is kept: rule, message, range, edit."""

ROW_BYTES = 2
"""What the keys of a row have in common, in bytes: so 65,536 rows at the most."""
_WIDTH = 2 * ROW_BYTES
"""The same in characters, which are hexadecimal ones."""
_CODES = frozenset(rule.code for rule in ALL)


class Shelved(Mapping[str, tuple[Found, ...]]):
    """Findings by key, read as they are asked for; those of a row that is none are none."""

    def __init__(self, rows: Mapping[str, bytes]) -> None:
        self.rows = rows
        self._read: dict[str, Mapping[str, tuple[Found, ...]]] = {}

    def __getitem__(self, key: str) -> tuple[Found, ...]:
        return self.row(key[:_WIDTH])[key]

    def __iter__(self) -> Iterator[str]:
        for name in self.rows:
            yield from self.row(name)

    def __len__(self) -> int:
        return sum(len(self.row(name)) for name in self.rows)

    def row(self, name: str) -> Mapping[str, tuple[Found, ...]]:
        """The findings of a row."""
        if name not in self._read:
            self._read[name] = _row_in(self.rows.get(name, b"{}"))
        return self._read[name]


def read_shelved(lines: Iterable[bytes]) -> Shelved:
    """The findings in the lines of `lines_of`."""
    found = (line for line in lines if line)
    return Shelved({line[:_WIDTH].decode("ascii", "replace"): line[_WIDTH:] for line in found})


def lines_of(rows: Mapping[str, bytes | bytearray]) -> Iterator[bytes]:
    """The bytes of rows, a line each."""
    return (name.encode() + row for name, row in sorted(rows.items()))


def rows_of(found: Mapping[str, tuple[Found, ...]]) -> Mapping[str, bytes]:
    """Findings as rows."""
    if isinstance(found, Shelved):
        return found.rows
    rows: defaultdict[str, dict[str, tuple[Found, ...]]] = defaultdict(dict)
    for key in sorted(found):
        rows[key[:_WIDTH]][key] = found[key]
    return {name: json.dumps(row, separators=(",", ":")).encode() for name, row in rows.items()}


def rows_with(
    known: Mapping[str, tuple[Found, ...]], used: Mapping[str, tuple[Found, ...]]
) -> Mapping[str, bytes]:
    """The rows of what is known, with what was used in place of what was known of that."""
    shelf = known if isinstance(known, Shelved) else Shelved(rows_of(known))
    new = {key: found for key, found in used.items() if shelf.get(key) != found}
    before = (shelf.row(name).items() for name in {key[:_WIDTH] for key in new})
    return {**shelf.rows, **rows_of({**dict(chain.from_iterable(before)), **new})}


def add_row(row: bytearray, more: bytes) -> None:
    """Add a row to another that has no finding in common with it; an empty one becomes it."""
    if len(row) <= len(b"{}"):
        row[:] = more
    elif more != b"{}":
        row[-1:] = b"," + more[1:]


def findings_of(kept: Iterable[Sequence[object]]) -> tuple[Found, ...]:
    """Findings as they were kept. Raises ValueError or TypeError for anything else."""
    found: list[Found] = []
    for code, message, at, edit in kept:
        if code not in _CODES or not isinstance(message, str):
            raise ValueError(code)
        found.append((str(code), message, _pair(at), _edit(edit)))
    return tuple(found)


def _row_in(data: bytes) -> Mapping[str, tuple[Found, ...]]:
    try:
        return {key: findings_of(one) for key, one in json.loads(data).items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
    except OverflowError:  # a place at 1e999
        return {}


def _pair(at: object) -> tuple[int, int] | None:
    if at is None:
        return None
    if not isinstance(at, list):
        raise TypeError(at)
    start, end = map(int, at)
    return start, end


def _edit(edit: object) -> tuple[int, int, str] | None:
    if edit is None:
        return None
    if not isinstance(edit, list):
        raise TypeError(edit)
    start, end, text = edit
    return int(start), int(end), str(text)
