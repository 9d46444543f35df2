"""JSON in which what stands in several places stands once; `revive` in revive.js undoes it.

::

    {"shared": ["a long text", ["em", {}, [{"$": 0}]]], "root": {"a": {"$": 0}, "b": {"$": 1}}}

`{"$": n}` stands for the nth shared value, which refers only to those before it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from i18n_pipeline.desk.marking import Json
from i18n_pipeline.values import dataclass, field

_LEAST = 14
"""Letters of JSON; what is shorter costs less where it is than the number that stands for it."""


def shared(value: object) -> Json:
    """A value that JSON can hold, with everything that is long and stands in it twice only once."""
    known = _Known()
    root = known.number(value)
    writer = _Writer(known)
    written = writer.written(root)
    return {"shared": writer.shared, "root": written}


def table(rows: Iterable[Mapping[str, object]]) -> Json:
    """Objects that all have the same names, with the names once."""
    found = list(rows)
    columns = list(found[0]) if found else []
    return {"columns": columns, "rows": [[row[name] for name in columns] for row in found]}


@dataclass(frozen=True, slots=True)
class _Value:
    """A value whose parts are numbers of values; `cost` is how long it would be in JSON."""

    value: object
    cost: int


@dataclass
class _Known:
    """Every different value once, by number, and how often it stands in others."""

    values: list[_Value] = field(default_factory=list)
    uses: list[int] = field(default_factory=list)
    _numbers: dict[tuple[object, ...], int] = field(default_factory=dict)

    def number(self, value: object) -> int:
        """The number of a value, which is used once more."""
        match value:
            case dict():
                parts = tuple((str(name), self.number(part)) for name, part in value.items())
                names = sum(len(name) + 4 for name, _ in parts)
                return self._noted(("object", parts), dict(parts), names)
            case list() | tuple():
                items = tuple(map(self.number, value))
                return self._noted(("list", items), list(items), 2 + len(items))
            case str():
                return self._noted(("text", value), value, 2 + len(value))
        return self._noted((type(value), value), value, 4)

    def _noted(self, key: tuple[object, ...], value: object, own: int) -> int:
        at = self._numbers.get(key)
        if at is None:
            parts = _parts(value)
            at = self._numbers[key] = len(self.values)
            self.values.append(_Value(value, own + sum(self.values[one].cost for one in parts)))
            self.uses.append(0)
        else:  # what is in it stands there already, as a part of the first one
            for part in _parts(value):
                self.uses[part] -= 1
        self.uses[at] += 1
        return at


def _parts(value: object) -> Sequence[int]:
    match value:
        case dict():
            return list(value.values())
        case list():
            return value
    return ()


@dataclass
class _Writer:
    """Writes values, and puts those that are used twice among the shared ones first."""

    known: _Known
    shared: list[object] = field(default_factory=list)
    _places: dict[int, int] = field(default_factory=dict)

    def written(self, number: int) -> object:
        """A value as it stands in another one."""
        if number in self._places:
            return {"$": self._places[number]}
        found = self.known.values[number]
        whole = self._whole(found.value)
        if self.known.uses[number] < 2 or found.cost < _LEAST:
            return whole
        self._places[number] = len(self.shared)
        self.shared.append(whole)
        return {"$": self._places[number]}

    def _whole(self, value: object) -> object:
        match value:
            case dict():
                return {name: self.written(part) for name, part in value.items()}
            case list():
                return [self.written(part) for part in value]
        return value


def as_json(value: object) -> str:
    """JSON without a blank, the same text for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
