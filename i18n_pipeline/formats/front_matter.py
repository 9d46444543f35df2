"""Front matter as values with places, changed value by value: what YAML and TOML have in common.

The block is never dumped: a change is spliced into its place, every other byte stays, and the
result is read again and compared before anybody gets it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeAlias, assert_never

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.places import place_in
from i18n_pipeline.values import dataclass

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands: keys and list positions, from the top."""
Value: TypeAlias = "str | list[Value] | dict[str, Value]"
"""A value as written: scalars are strings whatever YAML would make of them."""

MAX_BYTES = 64 * 1024
MAX_DEPTH = 100


@dataclass(frozen=True, slots=True)
class SetText:
    """Replace a scalar; its quoting style is kept where it can hold the text."""

    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class SetItems:
    """Replace a list of scalars that stands under a top-level key."""

    key: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CopyEntry:
    """Put in another file's whole entry for a key, after `after` ("" for first) when it is new."""

    key: str
    origin: FrontMatter
    after: str = ""


@dataclass(frozen=True, slots=True)
class AddText:
    """Add a top-level key with a scalar, behind the key `after` or at the end.

    `literal` spells a truth value or number.
    """

    key: str
    text: str
    literal: bool = False
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """Take out a top-level key with its value."""

    key: str


Change: TypeAlias = SetText | SetItems | CopyEntry | AddText | Remove


class FrontMatter(Protocol):
    """The text between the fences, read."""

    @property
    def text(self) -> str:
        """The block's text, without the fences."""
        ...

    @property
    def values(self) -> Mapping[str, Value]:
        """Top-level values by key, in file order."""
        ...

    def place_of(self, path: Path) -> tuple[int, int]:
        """Line and column of a value in the file, counted from 1; 0 where it is not known."""
        ...

    def is_text(self, path: Path) -> bool:
        """Whether a scalar is a string to every reader, and no number, date or truth value."""
        ...

    def edit(self, changes: Sequence[Change]) -> str:
        """The block with changes made. Raises BadFile where no spelling reads back as meant."""
        ...


def scalars(value: Value, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """All scalars under a value, in file order."""
    if isinstance(value, str):
        yield path, value
        return
    children: Iterable[tuple[str | int, Value]]
    children = value.items() if isinstance(value, dict) else enumerate(value)
    for step, child in children:
        yield from scalars(child, (*path, step))


def at(values: Mapping[str, Value], path: Path) -> Value | None:
    """The value at a path, or None."""
    found: Value | None = values if isinstance(values, dict) else dict(values)
    for step in path:
        if isinstance(found, dict) and isinstance(step, str):
            found = found.get(step)
        elif isinstance(found, list) and isinstance(step, int) and step < len(found):
            found = found[step]
        else:
            return None
    return found


def changed(values: Mapping[str, Value], changes: Sequence[Change]) -> dict[str, Value]:
    """What the values are meant to be after the changes: the oracle every splice is held to."""
    result = {key: _copy(value) for key, value in values.items()}
    for change in changes:
        match change:
            case SetText(path, text):
                _assign(result, path, text)
            case SetItems(key, items):
                result[key] = list(items)
            case CopyEntry(key, origin, _):
                result[key] = _copy(origin.values[key])
            case AddText(key, text, _):
                result[key] = text
            case Remove(key):
                result.pop(key, None)
            case _:
                assert_never(change)
    return result


def _copy(value: Value) -> Value:
    if isinstance(value, dict):
        return {key: _copy(child) for key, child in value.items()}
    return [_copy(child) for child in value] if isinstance(value, list) else value


def _assign(values: dict[str, Value], path: Path, text: str) -> None:
    """Put a text where a scalar is; the line ends a block scalar closes with stay."""
    holder = at(values, path[:-1])
    old = at(values, path)
    if not isinstance(old, str):
        raise unwritable()
    step, text = path[-1], text + "\n" * (len(old) - len(old.rstrip("\n")))
    if isinstance(holder, dict) and isinstance(step, str):
        holder[step] = text
    if isinstance(holder, list) and isinstance(step, int):
        holder[step] = text


def unwritable() -> BadFile:
    """The error for a change that no spelling expresses."""
    return BadFile(
        "front-matter-unwritable",
        "the front matter cannot hold the translation without changing its meaning",
        mend="check the control characters of the text, and report the file",
    )


def place_in_file(text: str, index: int) -> tuple[int, int]:
    """Line and column in the file of a character of the block, whose fence is line 1."""
    return place_in(text, index, first=2)


def check_size(text: str) -> None:
    """Refuse what would cost a parser its stack or its time. Raises BadFile."""
    if len(text.encode()) > MAX_BYTES:
        raise BadFile(
            "front-matter-too-large",
            f"the front matter is over {MAX_BYTES // 1024} KiB",
            mend="move text into the body",
            line=1,
            column=1,
        )
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for index, character in enumerate(text):
        depth += (character in "[{") - (character in "]}" and depth > 0)
        if depth > MAX_DEPTH:
            raise too_deep(*place_in_file(text, index))


def too_deep(line: int, column: int) -> BadFile:
    """The error for nesting over the limit."""
    return BadFile(
        "front-matter-too-deep",
        f"the front matter nests deeper than {MAX_DEPTH} levels",
        mend="flatten it",
        line=line,
        column=column,
    )
