"""The data of a file that needs no server, read as its page reads it (revive.js)."""

from __future__ import annotations

import json
import re

_DATA = re.compile(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', re.DOTALL)


def revived(written: dict[str, object]) -> object:
    """The value that was shared."""
    known: list[object] = []

    def full(value: object) -> object:
        if isinstance(value, list):
            return [full(one) for one in value]
        if not isinstance(value, dict):
            return value
        match value:
            case {"$": int(at)} if len(value) == 1 and not isinstance(at, bool):
                return known[at]
        return {name: full(one) for name, one in value.items()}

    values = written["shared"]
    assert isinstance(values, list)
    for value in values:
        known += [full(value)]
    return full(written["root"])


def units_in(page: str) -> list[dict[str, object]]:
    """The units in a page that needs no server."""
    data = _DATA.search(page)
    assert data is not None
    found = revived(json.loads(data[1]))
    assert isinstance(found, dict)
    return rows_of(found["start"]["units"])


def rows_of(table: object) -> list[dict[str, object]]:
    """The objects of which only the values are there."""
    assert isinstance(table, dict)
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]
