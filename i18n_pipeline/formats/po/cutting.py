"""A PO file cut into the entries of its terms, without reading them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.po.reader import unit_lines
from i18n_pipeline.formats.po.syntax import unquoted
from i18n_pipeline.formats.rows import Ordered, Row, Rows
from i18n_pipeline.model import Key

_CONTEXT = expression(
    rb'^(?:#~ )?msgctxt ("[^"\\\n]*(?:\\.[^"\\\n]*)*")\n(?:#~ )?msgid ', re.MULTILINE
)
BETWEEN = b"\n\n"
"""What stands between two entries."""
_HEADER = expression(rb'(?:#[^\n]*\n)*msgid ""\nmsgstr ')


def cut_po(data: bytes) -> Rows | None:
    """A catalog's active entries by the slugs of their terms, "" for vocabulary.

    Obsolete ones are behind them. None where it is not laid out as we write it: in another order,
    with other line ends, with an entry that has no context.
    """
    try:
        rows = [*each_row(data)]
    except ValueError:
        return None
    named = tuple((slug, row) for slug, row in rows if slug is not None)
    return Rows(head_of(data), named, tuple(row for slug, row in rows if slug is None))


def head_of(data: bytes) -> bytes:
    """What stands above all units of a catalog that is laid out as we write it."""
    return data.partition(BETWEEN)[0].removesuffix(b"\n")


def each_row(data: bytes) -> Iterator[tuple[str | None, bytes]]:
    """The rows of `cut_po`, one at a time, with their slugs, None for obsolete ones.

    Raises ValueError where the file is not laid out as we write it: maybe after some of them.
    """
    if b"\r" in data or not data.endswith(b"\n") or not _HEADER.match(data):
        raise ValueError
    if _entries_in(head_of(data)) != 1:
        raise ValueError
    last: str | None = ""
    for slug, row in map(_row, blocks_of(data)):
        if slug is not None and (last is None or slug < last):
            raise ValueError
        last = slug
        yield slug, row


def blocks_of(data: bytes) -> Iterator[bytes]:
    """What follows the header, one by one: a list of all of it is as large as the file."""
    start = data.find(BETWEEN)
    while start >= 0:
        end = data.find(BETWEEN, start + 2)
        yield data[start + 2 :].removesuffix(b"\n") if end < 0 else data[start + 2 : end]
        start = end


def rows_in(entries: Iterable[bytes]) -> list[Row]:
    """The active ones of some entries, with their slugs.

    Raises ValueError where one is not laid out as we write it.
    """
    return [(slug, row) for slug, row in map(_row, entries) if slug is not None]


def _row(block: bytes) -> tuple[str | None, bytes]:
    """An entry with its slug, None for an obsolete one.

    Raises ValueError where it is not laid out as we write it, or is more than one.
    """
    found = _CONTEXT.search(block)
    if found is None or block.startswith(b"\n") or _entries_in(block) != 1:
        raise ValueError
    return _slug(found), block


def _entries_in(data: bytes) -> int:
    first = data.startswith((b"msgid ", b"#~ msgid "))
    return data.count(b"\nmsgid ") + data.count(b"\n#~ msgid ") + first


def ordered_po(data: bytes) -> Ordered:
    """A catalog that `cut_po` is known to cut, uncut."""
    return Ordered(data, _slug_at)


def _slug_at(data: bytes, start: int, end: int) -> str | None:
    found = _CONTEXT.search(data, start, end)
    return found and _slug(found)


def _slug(found: re.Match[bytes]) -> str | None:
    if found[0].startswith(b"#~"):
        return None
    return unquoted(found[1].decode("utf-8", "replace")).rpartition("/")[0]


class UnitLines:
    """The lines at which the active units of a file begin; no more is read than is asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._read: dict[str, Mapping[Key, int]] = {}

    def of(self, key: Key) -> int:
        """The line of a unit, from 1: its msgctxt, or its msgid. 0 where it is not there.

        Raises BadFile where the file cannot be cut into units.
        """
        slug = "" if self._rows is None else key[0].rpartition("/")[0]
        if slug not in self._read:
            self._read[slug] = self._lines(slug)
        return self._read[slug].get(key, 0)

    def _lines(self, slug: str) -> Mapping[Key, int]:
        if self._rows is None:
            return unit_lines(self._data) if self._data else {}
        found: dict[Key, int] = {}
        for row, line in self._rows.get(slug, ()):
            found |= {key: at + line - 1 for key, at in unit_lines(row).items()}
        return found

    @cached_property
    def _rows(self) -> Mapping[str, list[tuple[bytes, int]]] | None:
        cut = cut_po(self._data)
        if cut is None:
            return None
        rows: defaultdict[str, list[tuple[bytes, int]]] = defaultdict(list)
        for slug, row, line in cut.lines():
            rows[slug].append((row, line))
        return rows
