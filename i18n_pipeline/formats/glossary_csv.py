"""Glossary files: CSV tables of required terminology, and of names to keep, read strictly.

A cell is quoted as in RFC 4180; the separator is a comma, a tab or a semicolon, whichever the
file uses. What two lines contradict each other about is an error that names both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from i18n_pipeline.errors import BadFile
from i18n_pipeline.glossary import Entry, Status

FORMS = "|"
"""Separates the further forms of a target in one cell."""

_COLUMNS = ("source", "target", "status", "pos", "case", "forms", "note")
_KEEP_COLUMNS = ("source", "note")
_SEPARATORS = ("\t", ",", ";")
_CASE = {"": False, "no": False, "insensitive": False, "yes": True, "sensitive": True}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LINE_END = re.compile(r"\r\n?|\n")

_Meaning = TypeVar("_Meaning")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell's text, stripped, and where it begins (from 1)."""

    text: str
    line: int
    column: int


_Row = list[_Cell]
_Seen = dict[tuple[str, ...], tuple[Entry, _Cell]]


def read_glossary(data: bytes) -> tuple[Entry, ...]:
    """The entries of a glossary file, in file order.

    The header names the columns: `source` and `target`, and as far as wanted `status`, `pos`,
    `case`, `forms`, `note`. A file without header has these two columns (DeepL's own export).
    Raises BadFile with line and column.
    """
    seen: _Seen = {}
    preferred: _Seen = {}
    for row in _records(data, _COLUMNS, ("source", "target")):
        entry, place = _entry(row), row["source"]
        source = entry.source if entry.exact else entry.source.casefold()
        _refuse_second(seen, (source, entry.target, entry.pos), entry, place)
        if entry.status is Status.PREFERRED:
            _refuse_second(preferred, (source, entry.pos), entry, place)
    return tuple(entry for entry, _ in seen.values())


def read_keep(data: bytes) -> tuple[str, ...]:
    """The names of a keep file (`source[,note]`, the header may be missing). Raises BadFile."""
    seen: dict[str, _Cell] = {}
    for row in _records(data, _KEEP_COLUMNS, ("source",)):
        cell = row["source"]
        first = seen.setdefault(_filled(cell, "source"), cell)
        if first is not cell:
            raise _bad(
                "duplicate-entry", f"`{cell.text}` is in line {first.line} too", cell, "keep one"
            )
    return tuple(seen)


def _entry(row: Mapping[str, _Cell]) -> Entry:
    status = row.get("status")
    case = row.get("case")
    forms = row["forms"].text if "forms" in row else ""
    return Entry(
        source=_filled(row["source"], "source"),
        target=_filled(row["target"], "target"),
        status=_one_of(status, _status, [*Status]) if status else Status.PREFERRED,
        pos=row["pos"].text if "pos" in row else "",
        case_sensitive=_one_of(case, _CASE.__getitem__, [*_CASE][1:]) if case else False,
        forms=tuple(form.strip() for form in forms.split(FORMS) if form.strip()),
        note=row["note"].text if "note" in row else "",
    )


def _status(word: str) -> Status:
    return Status(word) if word else Status.PREFERRED


def _one_of(cell: _Cell, meaning: Callable[[str], _Meaning], words: Sequence[str]) -> _Meaning:
    try:
        return meaning(cell.text.casefold())
    except (KeyError, ValueError):
        known = ", ".join(f"`{word}`" for word in words)
        raise _bad(
            "unknown-value", f"`{cell.text}` is none of {known}", cell, _did_you_mean(cell, words)
        ) from None


def _filled(cell: _Cell, column: str) -> str:
    if not cell.text:
        raise _bad("empty-cell", f"the {column} is empty", cell, "fill it in or delete the line")
    if _LINE_END.search(cell.text):
        raise _bad("line-break", f"the {column} holds a line break", cell, "write it in one line")
    return cell.text


def _refuse_second(seen: _Seen, key: tuple[str, ...], entry: Entry, place: _Cell) -> None:
    """Note an entry; raise BadFile if one with its key is there."""
    first, there = seen.setdefault(key, (entry, place))
    if there is place:
        return
    if first.target == entry.target and first.status is entry.status:
        raise _bad(
            "duplicate-entry",
            f"`{entry.source}` → `{entry.target}` is in line {there.line} too",
            place,
            "delete one of the two",
        )
    raise _bad(
        "contradicting-entries",
        f"`{entry.source}` is {_said(entry)} here and {_said(first)} in line {there.line}",
        place,
        "keep one, or give the other the status `admitted` or `deprecated`",
    )


def _said(entry: Entry) -> str:
    return f"`{entry.target}` ({entry.status})"


def _records(
    data: bytes, columns: Sequence[str], required: Sequence[str]
) -> Iterator[dict[str, _Cell]]:
    """The rows of a table as cells by column name; blank rows are left out."""
    rows = [row for row in _table(_decoded(data)) if any(cell.text for cell in row)]
    if not rows:
        return
    names = [cell.text.casefold() for cell in rows[0]]
    if set(names) & set(required):
        _refuse_header(rows.pop(0), columns, required)
    else:
        names = list(required)
    for row in rows:
        for extra in row[len(names) :]:
            if extra.text:
                raise _bad(
                    "too-many-cells",
                    f"there are {len(names)} columns, and this is one more cell",
                    extra,
                    "quote a cell that holds the separator; name the columns in the first line",
                )
        end = _Cell("", row[-1].line, row[-1].column + len(row[-1].text))
        yield dict(zip(names, [*row, *[end] * (len(names) - len(row))], strict=False))


def _refuse_header(header: _Row, columns: Sequence[str], required: Sequence[str]) -> None:
    seen: set[str] = set()
    for cell in header:
        name = cell.text.casefold()
        if name in seen:
            raise _bad("duplicate-column", f"the column `{name}` is there twice", cell)
        if name not in columns:
            mend = _did_you_mean(cell, columns) or f"there are {', '.join(columns)}"
            raise _bad("unknown-column", f"unknown column `{cell.text}`", cell, mend)
        seen.add(name)
    if missing := [name for name in required if name not in seen]:
        raise _bad("missing-column", f"there is no column `{missing[0]}`", header[0])


def _decoded(data: bytes) -> str:
    """The file as text. Raises BadFile where it is not UTF-8 or holds control characters."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        before = data[: failure.start].decode("utf-8-sig")
        raise _bad(
            "not-utf-8",
            f"byte {data[failure.start]:#04x} is not UTF-8",
            _at(before, len(before)),
            "save the file as UTF-8 (a spreadsheet calls it “CSV UTF-8”)",
        ) from None
    if found := _CONTROL.search(text):
        character = f"U+{ord(found.group()):04X}"
        raise _bad(
            "control-character",
            f"control character {character}",
            _at(text, found.start()),
            "remove it",
        )
    return text


def _at(text: str, position: int) -> _Cell:
    """A place in a text, as an empty cell."""
    lines = _LINE_END.split(text[:position])
    return _Cell("", len(lines), len(lines[-1]) + 1)


def _table(text: str) -> list[_Row]:
    """The rows, cut with the separator under which the first one makes the most sense."""
    tables = {separator: _first_row(text, separator) for separator in _SEPARATORS}
    named = [s for s, row in tables.items() if len(row) > 1 and "source" in _words(row)]
    paired = [s for s, row in tables.items() if len(row) == 2]
    several = [s for s, row in tables.items() if len(row) > 1]
    chosen = next(iter([*named, *paired, *several]), ",")
    return list(_rows(text, chosen))


def _words(row: _Row) -> list[str]:
    return [cell.text.casefold() for cell in row]


def _first_row(text: str, separator: str) -> _Row:
    rows = _rows(text, separator)
    try:
        return next((row for row in rows if any(cell.text for cell in row)), [])
    except BadFile:
        return []


def _rows(text: str, separator: str) -> Iterator[_Row]:
    """Cut RFC 4180 text into rows of cells. Raises BadFile at a quote that makes no sense."""
    cell = re.compile(
        rf"""[ ]*"(?P<quoted>(?:[^"]|"")*)"[ ]*(?=[{separator}\r\n]|\Z)"""
        rf"""|(?P<plain>[^{separator}\r\n]*)"""
    )
    row: _Row = []
    position, line, line_start = 0, 1, 0
    while position < len(text) or row:
        match = cell.match(text, position)
        assert match  # noqa: S101  # a plain cell may be empty: one of the two always matches
        place = _Cell("", line, position - line_start + 1)
        row.append(_Cell(_cell_text(match, place), place.line, place.column))
        breaks = [*_LINE_END.finditer(match.group())]
        if breaks:
            line, line_start = line + len(breaks), position + breaks[-1].end()
        position = match.end()
        if text.startswith(separator, position):
            position += 1
            continue
        yield row
        row = []
        if end := _LINE_END.match(text, position):
            position, line, line_start = end.end(), line + 1, end.end()


def _cell_text(match: re.Match[str], place: _Cell) -> str:
    quoted = match["quoted"]
    if quoted is not None:
        return quoted.replace('""', '"').strip()
    if match["plain"].lstrip(" ").startswith('"'):
        raise _bad(
            "bad-quoting",
            "a quoted cell is not closed, or goes on after its closing quote",
            place,
            'write a quote inside a quoted cell twice: ""',
        )
    return match["plain"].strip()


def _did_you_mean(cell: _Cell, words: Sequence[str]) -> str:
    close = get_close_matches(cell.text.casefold(), words, 1)
    return f"did you mean `{close[0]}`?" if close else ""


def _bad(code: str, message: str, place: _Cell, mend: str = "") -> BadFile:
    return BadFile(code, message, mend=mend, line=place.line, column=place.column)
