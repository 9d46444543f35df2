"""A file of configuration with one value more, or less: every other byte stays."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from i18n_pipeline.errors import BadFile
from i18n_pipeline.toml_places import places

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    Tree = MutableMapping[str, object]

_MAY_GO = frozenset(" \t\r\n,[]\"'")
_TABLE, _KEY = "memory", "tmx"


def with_memory(text: str, table: tuple[str, ...], path: str) -> str:
    """A configuration whose `[memory] tmx` names one path more.

    `table` is where the configuration stands in the text. Raises BadFile where that cannot be done
    without touching anything else.
    """
    added = _with_line(text, (*table, _TABLE), path)
    added = added or _edited(text, table, lambda memory: _add(memory, path))
    added = added or _with_table(text, (*table, _TABLE), path)
    if not _says(added, _expected(text, table, lambda paths: [*paths, path])):
        raise _by_hand(f"add {path}")
    return _checked(text, added, f"add {path}", frozenset())


def without_memory(text: str, table: tuple[str, ...], path: str) -> str:
    """A configuration whose `[memory] tmx` names a path no more. Raises BadFile likewise."""
    less = _edited(text, table, lambda memory: _remove(memory, path))
    wanted = _expected(text, table, lambda paths: [one for one in paths if one != path])
    if less is None or not _says(less, wanted):
        raise _by_hand(f"take {path} out")
    return _checked(text, less, f"take {path} out", frozenset(path))


def names_memory(text: str, table: tuple[str, ...], path: str) -> bool:
    """Whether `[memory] tmx` of a table names a path itself, and not by a pattern."""
    found: object = tomllib.loads(text)
    for name in (*table, _TABLE, _KEY):
        found = found.get(name) if isinstance(found, dict) else None
    return isinstance(found, list) and path in found


def _edited(text: str, table: tuple[str, ...], edit: Callable[[Tree], None]) -> str | None:
    """The text after an edit of its table `memory`; None where it has none."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        found: object = document
        for name in (*table, _TABLE):
            found = found.get(name) if isinstance(found, dict) else None
        if not isinstance(found, dict):
            return None
        edit(found)
        return tomlkit.dumps(document)
    except TOMLKitError:
        return None


def _add(memory: Tree, path: str) -> None:
    import tomlkit

    known = memory.get(_KEY)
    if isinstance(known, list):
        known.append(path)
    else:
        paths = tomlkit.array()
        paths.append(path)
        memory[_KEY] = paths


def _remove(memory: Tree, path: str) -> None:
    known = memory.get(_KEY)
    if isinstance(known, list) and path in known:
        known.remove(path)


def _with_line(text: str, table: tuple[str, ...], path: str) -> str | None:
    """The text with a key below the line that begins the table; None where there is none."""
    known = places(text)
    line, _ = known.get(table, (0, 0))
    lines = text.splitlines(keepends=True)
    if not line or (*table, _KEY) in known or not lines[line - 1].lstrip().startswith("["):
        return None
    head = "".join(lines[:line])
    end = _line_end(text)
    head = head if head.endswith("\n") else head + end
    return f'{head}{_KEY} = ["{path}"]{end}{"".join(lines[line:])}'


def _with_table(text: str, table: tuple[str, ...], path: str) -> str:
    end = _line_end(text)
    before = text if not text or text.endswith("\n") else text + end
    return f'{before}{end}[{".".join(table)}]{end}{_KEY} = ["{path}"]{end}'


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _expected(
    text: str, table: tuple[str, ...], change: Callable[[list[object]], list[object]]
) -> Tree:
    """What the text says, with other paths."""
    whole: Tree = tomllib.loads(text)
    place = whole
    for name in (*table, _TABLE):
        inner = place.setdefault(name, {})
        if not isinstance(inner, dict):
            raise _by_hand("mend it")
        place = inner
    known = place.get(_KEY, [])
    place[_KEY] = change(known if isinstance(known, list) else [])
    return whole


def _says(text: str, wanted: Tree) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False


def _checked(before: str, after: str, what: str, path: frozenset[str]) -> str:
    """The text after an edit, if nothing but blanks, brackets and the path itself went."""
    same = _common(before, after)
    rest = min(len(before), len(after)) - same
    tail = _common(before[::-1][:rest], after[::-1][:rest])
    if set(before[same : len(before) - tail]) - _MAY_GO - path:
        raise _by_hand(what)
    return after


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginnings."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _by_hand(what: str) -> BadFile:
    message = "it cannot be changed here without changing more of it"
    return BadFile("cannot-edit", message, mend=f"by hand, {what}: `tmx` of [memory]")
