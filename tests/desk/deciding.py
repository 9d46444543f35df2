"""Decisions about the units of a project, as somebody takes who sees it now."""

from __future__ import annotations

from i18n_pipeline.desk.session import Session
from i18n_pipeline.formats.decisions import Decision, Verb
from i18n_pipeline.model import Unit
from i18n_pipeline.stages.deciding import version_of


def at(value: object, *path: str | int) -> object:
    """What stands at a place of a JSON value."""
    for step in path:
        assert isinstance(value, (dict, list))
        value = value[step]  # type: ignore[index]  # a key of the one, a number of the other
    return value


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
