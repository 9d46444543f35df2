"""Aliases: a page says under which addresses it was found before, for redirects."""

from __future__ import annotations

import json

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.front_matter import SetItems
from i18n_pipeline.formats.front_toml import TomlFront
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.formats.term_names import Names


def with_alias(file: TermFile, rules: Rules, name: str, alias: str) -> TermFile:
    """A term file, of that name, with one alias more in the field that is configured for them.

    A file without front matter stays as it is. Raises BadFile where it would not read back.
    """
    if file.front is None:
        return file
    key = Names(rules.fields, file.front).key(rules.fields.aliases)
    items = file.list_items(key)
    if alias in items:
        return file
    if key in file.values:
        data = file.render([SetItems(key, (*items, alias))], [])
    else:
        data = _with_line(file, key, alias)
    found = read_term(data, rules, name, file.locale)
    if found.segments != file.segments or found.list_items(key) != (*items, alias):
        raise BadFile("front-matter-unwritable", f"the front matter cannot hold `{key}`")
    return found


def _with_line(file: TermFile, key: str, alias: str) -> bytes:
    """The file with a new line: in YAML the last one, in TOML the first, before any table."""
    text = file.front.text if file.front else ""
    eol = "\r\n" if b"\r\n" in file.opening else "\n"
    is_toml = isinstance(file.front, TomlFront)
    line = (
        f"{key} = [{json.dumps(alias)}]{eol}" if is_toml else f"{key}: [{json.dumps(alias)}]{eol}"
    )
    front = line + text if is_toml else text + line
    return file.around(front.encode(), file.body.data)
