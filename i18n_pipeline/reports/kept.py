"""Parts of reports that a program kept as JSON for itself, made into values again.

What is kept lies in `.i18n/` and may be lost or damaged at any time, so that each of these raises
ValueError, TypeError or KeyError for what is not as `dataclasses.asdict()` wrote it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from i18n_pipeline.reports.report import Issue

T = TypeVar("T")


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


def made(kind: Callable[..., T], found: object, **more: object) -> T:
    """A value of a class from its fields; `more` are those that JSON has otherwise."""
    return kind(**{**object_of(found), **more})


def issue_of(found: object) -> Issue:
    """An issue of a check."""
    issue = made(Issue, found)
    return replace(issue, at=(issue.at[0], issue.at[1])) if issue.at else issue
