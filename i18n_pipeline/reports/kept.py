"""Parts of reports that a program kept as JSON for itself, made into values again.

What is kept lies in `.i18n/` and may be lost or damaged at any time, so that each of these raises
ValueError, TypeError or KeyError for what is not as `dataclasses.asdict()` wrote it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from math import isfinite
from typing import TypeVar

from i18n_pipeline.model import Severity
from i18n_pipeline.reports.report import Issue
from i18n_pipeline.values import fields

T = TypeVar("T")
_LARGEST = 2**53
"""A larger number is none that anybody counted, and no division takes it."""
_SCALARS: Mapping[str, Sequence[type[object]]] = {
    "str": (str,),
    "int": (int,),
    "bool": (bool,),
    "float | None": (int, float),
}
_ROWS: Mapping[str, str] = {"tuple[str, ...]": "str", "tuple[int, ...]": "int"}
_JSON = (str, int, float, bool, list, dict)


def document_of(data: bytes | None) -> dict[str, object]:
    """The object that a file holds; empty where there is no file."""
    try:
        return object_of(json.loads(data) if data else {})
    except RecursionError:
        raise ValueError("nested too deeply") from None


def object_of(found: object) -> dict[str, object]:
    """An object with its names."""
    if not isinstance(found, dict):
        raise TypeError(found)
    return found


def each(read: Callable[[object], T], found: object) -> tuple[T, ...]:
    """What is read of each part of a list."""
    if not isinstance(found, list):
        raise TypeError(found)
    return tuple(map(read, found))


def made(kind: type[T], found: object, **more: object) -> T:
    """A value of a class from its fields; `more` are those that JSON has otherwise."""
    values = {**object_of(found), **more}
    plain, others = _fields_of(kind)  # type: ignore[arg-type]  # a class can be hashed
    for name, value in values.items():
        if type(value) is not plain.get(name) and name in others:
            values[name] = _as(others[name], value)
    return kind(**values)


def issue_of(found: object) -> Issue:
    """An issue of a check."""
    one = object_of(found)
    place = None if one["at"] is None else each(lambda place: _as("int", place), one["at"])
    issue = made(Issue, one, at=place, severity=str(Severity(str(one["severity"]))))
    if issue.at is not None:
        start, end = issue.at
        if not 0 <= start <= end <= len(issue.text):
            raise ValueError(issue.at)
    return issue


@lru_cache
def _fields_of(kind: type[object]) -> tuple[Mapping[str, type[object]], Mapping[str, str]]:
    """The fields that are as they should be where they have a type, and the types of all.

    A long report is read in half the time where not each text of it is looked at twice.
    """
    types = {one.name: str(one.type) for one in fields(kind)}  # type: ignore[arg-type]  # a dataclass
    plain: dict[str, type[object]] = {"str": str, "bool": bool}
    return {name: plain[said] for name, said in types.items() if said in plain}, types


def _as(wanted: str, value: object) -> object:
    """A value for a field of this type. What is JSON still, nobody has read."""
    if value is None and wanted.endswith("None"):
        return value
    if wanted in _SCALARS:
        return _scalar(_SCALARS[wanted], value)
    if wanted.startswith("tuple[") and value == []:
        return ()
    if wanted in _ROWS and isinstance(value, tuple):
        return tuple(_as(_ROWS[wanted], one) for one in value)
    if value is None or type(value) in _JSON:
        raise TypeError(value)
    return value


def _scalar(kinds: Sequence[type[object]], value: object) -> object:
    if type(value) not in kinds:
        raise TypeError(value)
    if isinstance(value, (int, float)) and not (isfinite(value) and abs(value) < _LARGEST):
        raise ValueError(value)
    return value
