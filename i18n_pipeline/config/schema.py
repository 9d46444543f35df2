"""The JSON Schema of i18n.toml, made of the same kinds that read it: for editors.

Draft 4, because that is what TOML's language servers document (taplo.tamasfe.dev, "JSON Schema").
What only the whole file shows, two fields in one role say, no schema can tell: `i18n status` does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from i18n_pipeline.config.kinds import (
    Account,
    Address,
    AnyScalar,
    Choice,
    FieldName,
    Kind,
    ListOf,
    ListOrTable,
    NamePattern,
    Number,
    OrNone,
    PathPattern,
    Provider,
    Record,
    TableOf,
)
from i18n_pipeline.config.settings import ENGINES, RUN, TABLES, Settings, kinds
from i18n_pipeline.patterns import Pattern
from i18n_pipeline.values import fields

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Schema = dict[str, object]

_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
_DRAFT = "http://json-schema.org/draft-04/schema#"


def schema() -> str:
    """The schema as JSON text with a final newline, the same each time."""
    return json.dumps(_document(), indent=2, ensure_ascii=False) + "\n"


def _document() -> Schema:
    tag = {"type": "string", "minLength": 2}
    tables = {name: _table(table) for name, table in {**TABLES, **RUN}.items()}
    engines = {name: _table(table) for name, table in ENGINES.items()}
    others = {"type": "object", "additionalProperties": _SCALAR}
    return {
        "$schema": _DRAFT,
        "title": "i18n.toml",
        "type": "object",
        "required": ["source", "targets"],
        "properties": {
            "source": {**tag, "description": "The locale that is translated from."},
            "targets": {
                "type": "array",
                "items": tag,
                "minItems": 1,
                "uniqueItems": True,
                "description": "The locales that are translated into.",
            },
            **_keys(Settings, everywhere=True),
            **tables,
            "provider": {
                "type": "object",
                "description": "What engines are told; which of them are asked is said per locale.",
                "properties": engines,
                "additionalProperties": others,
            },
            "locale": {
                "type": "object",
                "description": "What differs for a locale, by its tag.",
                "additionalProperties": _locale(),
            },
        },
        "additionalProperties": False,
    }


def _locale() -> Schema:
    tables = {name: _table(table) for name, table in TABLES.items()}
    keys = _keys(Settings, everywhere=False)
    return {"type": "object", "properties": {**keys, **tables}, "additionalProperties": False}


def _table(table: type[DataclassInstance]) -> Schema:
    about = " ".join((table.__doc__ or "").partition("\n\n")[0].split())
    return {
        "type": "object",
        "description": about.partition("`: ")[2] or about,
        "properties": _keys(table, everywhere=True),
        "additionalProperties": False,
    }


def _keys(table: type[DataclassInstance], *, everywhere: bool) -> dict[str, Schema]:
    defaults = table()
    found: dict[str, Schema] = {}
    for name, kind in kinds(table, everywhere=everywhere).items():
        default = _plain(getattr(defaults, name))
        found[name] = {**of_kind(kind), **({} if default is None else {"default": default})}
    return found


def _plain(value: object) -> object:
    """A default as JSON has it; None for none."""
    if isinstance(value, Pattern):
        return value.text
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value


def of_kind(kind: Kind) -> Schema:
    """What a kind of value is in JSON Schema; what it cannot say is left to `read_config`."""
    match kind:
        case ListOf(inner):
            return {"type": "array", "items": of_kind(inner), "uniqueItems": True}
        case ListOrTable(_, inner):
            return {"anyOf": [of_kind(inner), _map(inner)]}
        case TableOf(_, inner):
            return _map(inner)
        case Record():
            return _record(kind)
        case _:
            return _single(kind)


def _single(kind: Kind) -> Schema:
    """A kind of text or number."""
    match kind:
        case OrNone(inner):
            return {"anyOf": [of_kind(inner), {"enum": [""]}]}
        case Choice(options):
            return {"enum": list(options)}
        case Number():
            return _number(kind)
        case AnyScalar():
            return dict(_SCALAR)
        case _:
            return {"type": "string", **_pattern(kind)}


def _map(values: Kind) -> Schema:
    return {"type": "object", "additionalProperties": of_kind(values)}


def _number(kind: Number) -> Schema:
    found: Schema = {"type": "integer" if kind.whole else "number", "minimum": kind.least}
    if kind.most is not None:
        found["maximum"] = kind.most
    return {"anyOf": [found, {"enum": [kind.word]}]} if kind.word else found


def _record(kind: Record) -> Schema:
    each = {one.name: of_kind(one.metadata["kind"]) for one in fields(kind.table)}
    found: Schema = {"type": "object", "properties": each, "additionalProperties": False}
    return {**found, "required": list(kind.required)} if kind.required else found


def _pattern(kind: Kind) -> Schema:
    """What a kind of text looks like, as far as one pattern says it."""
    if isinstance(kind, Address):
        starts = "|".join(map(re.escape, kind.starts))
        return {"pattern": rf"^({starts})\S*\{{slug\}}\S*$" if starts else r"^\S*\{slug\}\S*$"}
    if isinstance(kind, (PathPattern, FieldName)):
        return {"minLength": 1}
    if isinstance(kind, NamePattern):
        return {"pattern": r"^[^/\\]+$"}
    if isinstance(kind, Account):
        return {"pattern": r"^@?[A-Za-z0-9_][\w.-]*(\[bot\])?(/[\w.-]+)*$"}
    return {"pattern": "^[a-z][a-z0-9_-]*(:.+)?$"} if isinstance(kind, Provider) else {}
