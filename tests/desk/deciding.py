"""Decisions about the units of a project, as somebody takes who sees it now."""

from __future__ import annotations

import pytest

from i18n_pipeline.desk.session import Session
from i18n_pipeline.formats.decisions import Decision, Verb
from i18n_pipeline.model import Unit
from i18n_pipeline.stages.deciding import version_of


def at(value: object, *path: str | int) -> object:
    """What stands at a place of a JSON value."""
    for step in path:
        match value:
            case dict():
                value = value[step]
            case list():
                assert isinstance(step, int)
                value = value[step]
            case _:
                pytest.fail(f"nothing has a {step} in {value!r}")
    return value


def names(value: object, *path: str | int) -> set[str]:
    """The names of the object that stands at a place of a JSON value."""
    found = at(value, *path)
    assert isinstance(found, dict)
    return set(found)


def listed(value: object, *path: str | int) -> list[object]:
    """The list that stands at a place of a JSON value."""
    found = at(value, *path)
    assert isinstance(found, list)
    return found


def unit_of(session: Session, source: str) -> Unit:
    """The unit whose source begins so."""
    with session.looking() as opened:
        return next(unit for unit in opened.units.values() if unit.source.startswith(source))


def decision(unit: Unit, text: str = "", verb: Verb = Verb.APPROVE, **more: str) -> Decision:
    """A decision about a unit as it is; with no text, about the text it has."""
    return Decision(unit.context, unit.source, version_of(unit), verb, text or unit.target, **more)
