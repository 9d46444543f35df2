"""TOML front matter: read and changed by tomlkit, which keeps every other byte."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias, assert_never

from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.front_matter import (
    AddText,
    Change,
    CopyEntry,
    Path,
    Remove,
    SetItems,
    SetText,
    Value,
    changed,
    check_size,
    place_in_file,
    unwritable,
)
from i18n_pipeline.values import dataclass

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.container import OutOfOrderTableProxy
    from tomlkit.items import Item

_AnyItem: TypeAlias = "Item | OutOfOrderTableProxy"
_FENCE = expression(r"^\+\+\+[ \t]*\r?$", re.MULTILINE)
_KEY = r"""^[ \t]*(?:[\w."'-]*\.[ \t]*)?(?P<quote>["']?){}(?P=quote)[ \t]*="""


@dataclass(frozen=True)
class TomlFront:
    """A TOML block between its fences."""

    text: str
    values: Mapping[str, Value]
    texts: frozenset[Path]

    def place_of(self, path: Path) -> tuple[int, int]:
        """Line and column of a value's key, found by its spelling; 0 where it is not found."""
        names = [step for step in path if isinstance(step, str)]
        pattern = _KEY.format(re.escape(names[-1])) if names else r"\Z\A"
        found = re.search(pattern, self.text, re.MULTILINE)
        if not found:
            return 0, 0
        key = found.end() - len(found.group().lstrip())
        return place_in_file(self.text, key)

    def is_text(self, path: Path) -> bool:
        """Whether the value is a TOML string."""
        return path in self.texts

    def edit(self, changes: Sequence[Change]) -> str:
        """Make the changes in tomlkit's document, and compare what the result says."""
        if not changes:
            return self.text
        crlf = "\r\n" in self.text and self.text.count("\r\n") == self.text.count("\n")
        document = _parse(self.text)
        for change in changes:
            _apply(document, change)
        text = document.as_string()
        if crlf:
            text = text.replace("\r\n", "\n").replace("\n", "\r\n")
        if dict(read_toml(text).values) != changed(self.values, changes):
            raise unwritable()
        return text


def read_toml(text: str) -> TomlFront:
    """Read a block. Raises BadFile with line and column in the file (the fence is line 1)."""
    check_size(text)
    document = _parse(text)
    texts: set[Path] = set()
    values = {str(key): _value(item, (str(key),), texts) for key, item in document.items()}
    return TomlFront(text, values, frozenset(texts))


def _parse(text: str) -> TOMLDocument:
    import tomlkit
    from tomlkit.exceptions import ParseError, TOMLKitError

    try:
        return tomlkit.parse(text)
    except ParseError as error:
        message = str(error).partition(" at line")[0]
        line, column = error.line + 1, error.col + 1
    except TOMLKitError as error:  # a key that a table defines too, say; it knows no place
        message, line, column = str(error), 1, 1
    mend = "write one `key = value` a line, text in quotes"
    raise BadFile("toml-syntax", message, mend=mend, line=line, column=column)


def _value(item: object, path: Path, texts: set[Path]) -> Value:
    """A value as written; strings are noted in `texts`."""
    if isinstance(item, str):
        texts.add(path)
        return str(item).replace("\r\n", "\n")
    if isinstance(item, dict):
        return {str(k): _value(v, (*path, str(k)), texts) for k, v in item.items()}
    if isinstance(item, list):
        return [_value(child, (*path, step), texts) for step, child in enumerate(item)]
    if isinstance(item, bool):
        return str(item).lower()
    as_string = getattr(item, "as_string", None)
    return str(as_string() if as_string else item)


def _apply(document: TOMLDocument, change: Change) -> None:
    import tomlkit

    match change:
        case SetText(path, text):
            _set(document, path, text)
        case SetItems(key, items):
            array = tomlkit.array()
            array.extend(items)
            document[key] = array
        case CopyEntry(key, origin, after):
            _copy_entry(document, key, origin.text, after)
        case AddText(key, text, literal, after):
            item = tomlkit.value(text) if literal else tomlkit.string(text)
            last = "".join(_plain_keys(document)[-1:])
            _insert(document, key, item, last if after is None else after)
        case Remove(key):
            document.remove(key)
        case _:
            assert_never(change)


def _set(document: TOMLDocument, path: Path, text: str) -> None:
    import tomlkit

    holder: object = document
    for step in path[:-1]:
        holder = holder[step]  # type: ignore[index]  # paths come from reading
    old = str(holder[path[-1]])  # type: ignore[index]
    text += old[len(old.rstrip("\r\n")) :].replace("\r\n", "\n")
    several = "\n" in text and not _FENCE.search(text)  # such a line would end the front matter
    holder[path[-1]] = tomlkit.string(text, multiline=several)  # type: ignore[index]


def _copy_entry(document: TOMLDocument, key: str, origin: str, after: str) -> None:
    item = _parse(origin).item(key)
    if key in document:
        document[key] = item
    else:
        _insert(document, key, item, after)


def _insert(document: TOMLDocument, key: str, item: _AnyItem, after: str) -> None:
    """Add a key behind another; a plain value must stand before the first table."""
    from tomlkit.items import AoT, Table

    if isinstance(item, AoT | Table) or not document.body:
        document.append(key, item)
    elif after in _plain_keys(document):
        document._insert_after(after, key, item)  # noqa: SLF001  # tomlkit has no public insert
    else:
        document._insert_at(0, key, item)  # noqa: SLF001


def _plain_keys(document: TOMLDocument) -> list[str]:
    """The keys before the first table, in file order."""
    from tomlkit.items import AoT, Table

    tables = (AoT, Table)
    return [key.key for key, item in document.body if key and not isinstance(item, tables)]
