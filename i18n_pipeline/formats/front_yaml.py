"""YAML front matter: read by libyaml's events with their marks, changed by splicing.

Values are the strings as written (`no`, `010` and `10:00` stay what they are). Refused: aliases,
merge keys, unknown tags, duplicate keys, nesting over the limit. Marks count characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.front_matter import (
    MAX_DEPTH,
    Change,
    Path,
    Value,
    changed,
    check_size,
    place_in_file,
    too_deep,
    unwritable,
)
from i18n_pipeline.formats.yaml_edit import Entry, Items, Layout, edited
from i18n_pipeline.formats.yaml_text import Scalar, is_text
from i18n_pipeline.values import dataclass, field

if TYPE_CHECKING:
    import yaml

_TAG_PREFIX = "tag:yaml.org,2002:"
_TAGS = frozenset(
    _TAG_PREFIX + name
    for name in ("str", "int", "float", "bool", "null", "seq", "map", "timestamp")
)
_PROPERTIES = expression(r"(?:[&!]\S*\s+)+")
_QUOTES = ("'", '"')
_IN_QUOTES = "while scanning a quoted scalar"
_DASHES = expression(rf"^[ \t]*(?:[-?:][ \t]+){{{MAX_DEPTH}}}", re.MULTILINE)
_NOT_YAML = expression("[\ufeff\ufffe\uffff]")
_KEEPS_BLANK_LINES = expression(r"[|>]\d?\+")


@dataclass(frozen=True)
class YamlFront:
    """A YAML block between its fences."""

    text: str
    values: Mapping[str, Value] = field(default_factory=dict)
    layout: Layout = field(default_factory=Layout)

    def place_of(self, path: Path) -> tuple[int, int]:
        """Line and column of a value in the file (the opening fence is line 1), or of its key."""
        scalar = self.layout.scalars.get(path)
        entry = self.layout.entries.get(str(path[0])) if path else None
        if scalar:
            return place_in_file(self.text, scalar.start)
        return place_in_file(self.text, entry.start) if entry else (0, 0)

    def is_text(self, path: Path) -> bool:
        """Whether every YAML reader takes the scalar for a string."""
        scalar = self.layout.scalars.get(path)
        return scalar is not None and scalar.is_text

    def edit(self, changes: Sequence[Change]) -> str:
        """Splice the changes in; where plain spellings do not read back right, quote them."""
        if not changes:
            return self.text
        meant = changed(self.values, changes)
        for quoted in (False, True):
            text = edited(self.text, self.layout, changes, quoted=quoted)
            try:
                if dict(read_yaml(text).values) == meant:
                    return text
            except BadFile:
                continue
        raise unwritable()


@lru_cache(maxsize=4)
def read_yaml(text: str) -> YamlFront:
    """Read a block. Raises BadFile with line and column in the file (the fence is line 1).

    The last few are remembered: what an edit came to is read by it, and again with its file.
    """
    check_size(text)
    if found := _DASHES.search(text):
        raise too_deep(*place_in_file(text, found.start()))
    reader = _Reader(text)
    values = reader.read()
    return YamlFront(text, values, Layout(reader.scalars, reader.entries, reader.lists))


class _Step(NamedTuple):
    """One event of libyaml, in our types; marks are character indexes."""

    kind: str
    start: int
    end: int
    value: str = ""
    style: str = ""
    tag: str | None = None
    flow: bool = False


def _steps(text: str) -> Iterator[_Step]:
    """The events of a text. Raises BadFile where it is no YAML."""
    import yaml

    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    quoted: tuple[int, int] | None = None
    try:
        for event in yaml.parse(text, loader):
            start, end = event.start_mark, event.end_mark
            assert start is not None and end is not None  # noqa: S101, PT018  # parsers set both
            over_lines = start.line < end.line and getattr(event, "style", None) in _QUOTES
            quoted = (start.line, start.column) if over_lines else None
            yield _Step(
                type(event).__name__,
                start.index,
                end.index,
                getattr(event, "value", ""),
                getattr(event, "style", None) or "",
                getattr(event, "tag", None),
                bool(getattr(event, "flow_style", False)),
            )
    except yaml.MarkedYAMLError as error:
        raise _open_quote(error, quoted) or _syntax(error) from None
    except yaml.reader.ReaderError as error:
        raise _unreadable(text, error) from None


def _open_quote(error: yaml.MarkedYAMLError, quoted: tuple[int, int] | None) -> BadFile | None:
    """A quote that nothing closes, or that closes lines below, at the next one: where it opens.

    `quoted` is the line and column, from 0, where the quoted value before the fault begins, if it
    goes over several lines.
    """
    mark = error.context_mark
    if error.context == _IN_QUOTES and mark is not None:
        quoted = mark.line, mark.column
    if quoted is None:
        return None
    return BadFile(
        "yaml-syntax",
        "the quote that opens here is not closed in its line",
        mend="close it; inside, write '' for ' and \\\" for \"",
        line=quoted[0] + 2,
        column=quoted[1] + 1,
    )


def _syntax(error: yaml.MarkedYAMLError) -> BadFile:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 2, mark.column + 1) if mark else (1, 1)
    return BadFile(
        "yaml-syntax",
        " ".join(part for part in (error.context, error.problem) if part),
        mend="quote the value if it holds `: ` or begins with a special character",
        line=line,
        column=column,
    )


def _unreadable(text: str, error: yaml.reader.ReaderError) -> BadFile:
    found = _NOT_YAML.search(text)
    line, column = place_in_file(text, found.start()) if found else (1, 1)
    code = f"U+{ord(found.group()):04X}" if found else str(error.reason)
    return BadFile(
        "control-character",
        f"YAML cannot hold the character {code}",
        mend="remove it",
        line=line,
        column=column,
    )


class _Reader:
    """Turns events into values, and remembers where each scalar, list and entry stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.scalars: dict[Path, Scalar] = {}
        self.entries: dict[str, Entry] = {}
        self.lists: dict[str, Items] = {}
        self._steps = _steps(text)
        self._last = 0
        self._flow = 0

    def read(self) -> dict[str, Value]:
        """The values of the one document."""
        documents = [self._document() for step in self._steps if step.kind == "DocumentStartEvent"]
        return documents[0] if documents else {}

    def _document(self) -> dict[str, Value]:
        step = next(self._steps)
        if self.entries:
            self._refuse(step, "front-matter-second-document", "a second YAML document", "keep one")
        if step.kind == "ScalarEvent" and not step.value:
            return {}
        if step.kind != "MappingStartEvent":
            self._refuse(
                step,
                "front-matter-not-a-mapping",
                "the front matter is not a list of `key: value` lines",
                "write one `key: value` a line between the fences",
            )
        self._check(step)
        return self._mapping(step, ())

    def _value(self, step: _Step, path: Path) -> Value:
        self._check(step)
        if step.kind == "ScalarEvent":
            return self._scalar(step, path)
        if len(path) > MAX_DEPTH:
            raise too_deep(*place_in_file(self.text, step.start))
        if step.kind == "SequenceStartEvent":
            return self._sequence(step, path)
        return self._mapping(step, path)

    def _scalar(self, step: _Step, path: Path) -> str:
        start, end = step.start, step.end
        if found := _PROPERTIES.match(self.text, start, end):
            start = found.end()
        typed = step.tag is not None and step.tag != _TAG_PREFIX + "str"
        text = bool(step.style or step.tag or is_text(step.value)) and not typed
        self.scalars[path] = Scalar(step.value, start, end, step.style, text, self._flow > 0)
        if step.style in ("|", ">") and not _KEEPS_BLANK_LINES.match(self.text, start):
            end = start + len(self.text[start:end].rstrip())
        self._last = max(self._last, end)
        return step.value

    def _sequence(self, step: _Step, path: Path) -> list[Value]:
        items: list[Value] = []
        self._flow += step.flow
        while (item := next(self._steps)).kind != "SequenceEndEvent":
            items.append(self._value(item, (*path, len(items))))
        self._leave(step, item)
        if len(path) == 1:
            self.lists[str(path[0])] = Items(step.start, self._last, step.flow, len(items))
        return items

    def _mapping(self, step: _Step, path: Path) -> dict[str, Value]:
        values: dict[str, Value] = {}
        self._flow += step.flow
        while (key := next(self._steps)).kind != "MappingEndEvent":
            name = self._key(key, values)
            values[name] = self._value(next(self._steps), (*path, name))
            if not path:
                start = self.text.rfind("\n", 0, key.start) + 1
                self.entries[name] = Entry(start, self._line_end(self._last))
        self._leave(step, key)
        return values

    def _leave(self, opening: _Step, closing: _Step) -> None:
        """A flow collection ends at its bracket, a block one with the last thing in it."""
        self._flow -= opening.flow
        if opening.flow:
            self._last = max(self._last, closing.end)

    def _key(self, key: _Step, values: Mapping[str, Value]) -> str:
        self._check(key)
        if key.kind != "ScalarEvent":
            self._refuse(key, "front-matter-key", "a key is not a word", "use a plain key")
        if key.value in values:
            message = f"the key `{key.value}` appears twice"
            self._refuse(key, "duplicate-key", message, "keep one of the two")
        if key.value == "<<" and not key.style:
            self._refuse(key, "yaml-merge", "merge keys are not expanded here", "write it out")
        self._last = key.end + 1
        return key.value

    def _line_end(self, index: int) -> int:
        if self.text[max(index - 1, 0) : index] == "\n":
            return index
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end + 1

    def _check(self, step: _Step) -> None:
        if step.kind == "AliasEvent":
            self._refuse(step, "yaml-alias", "aliases are not expanded here", "write the value out")
        if step.tag is not None and step.tag not in _TAGS:
            self._refuse(step, "yaml-tag", f"unknown tag `{step.tag}`", "remove the tag")

    def _refuse(self, step: _Step, code: str, message: str, mend: str) -> NoReturn:
        line, column = place_in_file(self.text, step.start)
        raise BadFile(code, message, mend=mend, line=line, column=column)
