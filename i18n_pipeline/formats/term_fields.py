"""The segments of a front matter: the values that the configuration gives to translators."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.config import Role
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.front_matter import FrontMatter, Path, Value, scalars
from i18n_pipeline.formats.po.syntax import CONTROL
from i18n_pipeline.formats.term_names import Names
from i18n_pipeline.markdown import LETTER
from i18n_pipeline.model import Kind, Segment
from i18n_pipeline.values import dataclass

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_LINE_END = expression(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class FieldSlot:
    """A segment of the front matter at its path; a list's path is its key."""

    segment: Segment
    path: Path


def field_slots(front: FrontMatter, names: Names) -> tuple[FieldSlot, ...]:
    """The segments in file order. Raises BadFile for a value that no translator can be given."""
    slots: list[FieldSlot] = []
    for key, value in front.values.items():
        if names.fields.role(key) is Role.LOCALIZE:
            slots += _list(key, value, front, names)
        else:
            slots += _texts(key, value, front, names)
    for slot in slots:
        _refuse_control(slot, names)
    return tuple(slots)


def _list(key: str, value: Value, front: FrontMatter, names: Names) -> Iterator[FieldSlot]:
    items = [
        _LINE_END.sub(" ", text.strip())
        for path, text in scalars(value, (key,))
        if not _blank(front, path, text)
    ]
    if items:
        field = names.fields.spelled(key)
        yield FieldSlot(Segment(field, Kind.LIST, "\n".join(items)), (key,))


def _texts(key: str, value: Value, front: FrontMatter, names: Names) -> Iterator[FieldSlot]:
    fields = names.fields
    for path, text in scalars(value, (key,)):
        name = key if len(path) == 1 else ".".join(step for step in path if isinstance(step, str))
        role = fields.role(name)
        if role not in (Role.TRANSLATE, Role.VOCABULARY) or _blank(front, path, text):
            continue
        field, source = fields.spelled(name), text.rstrip("\n")
        if role is Role.VOCABULARY:
            yield FieldSlot(Segment(field, Kind.VOCABULARY, source), path)
        elif field == fields.name:
            _refuse_list(path, names)
            yield FieldSlot(Segment(field, Kind.NAME, source, field in fields.markdown), path)
        elif LETTER.search(text):
            yield FieldSlot(Segment(field, Kind.TEXT, source, field in fields.markdown), path)


def _refuse_list(path: Path, names: Names) -> None:
    if isinstance(path[-1], int):
        field = names.fields.name
        raise names.bad(
            path[:1],
            "name-not-a-text",
            f"`{field}` is a list, a term has one name",
            f"write one name as `{field}`, the others in a field of their own",
        )


def _blank(front: FrontMatter, path: Path, text: str) -> bool:
    return not text.strip() or (text in _NULLS and not front.is_text(path))


def _refuse_control(slot: FieldSlot, names: Names) -> None:
    """An escape can put into a value what its PO file could not hold."""
    source = slot.segment.source
    if found := CONTROL.search(source):
        raise names.bad(
            slot.path,
            "control-character",
            f"`{slot.segment.field}` holds the control character U+{ord(found.group()):04X}",
            "remove it",
        )
