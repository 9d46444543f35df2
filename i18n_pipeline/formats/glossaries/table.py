"""Tables in text files: cells as in RFC 4180, with exact places, and changed by splicing alone.

The separator is a comma, a tab or a semicolon, whichever the file uses.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Sequence

from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.markers import BY_HAND, unresolved
from i18n_pipeline.model import Edit
from i18n_pipeline.values import dataclass

CONTROL = expression(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Characters that no table of ours holds."""

LINE_END = expression(r"\r\n?|\n")

_SEPARATORS = ("\t", ",", ";")

Words = Sequence[str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, stripped, and where it begins (from 1).

    `start` and `end` are its range in the file's text, quotes and spaces around them with it.
    """

    text: str
    line: int
    column: int
    start: int = 0
    end: int = 0
    quoted: bool = False


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A file as read: its text, and the rows that hold anything."""

    mark: bytes
    text: str
    separator: str
    rows: tuple[Row, ...]

    @property
    def line_end(self) -> str:
        """How the file ends its lines."""
        start = self.rows[0][-1].end if self.rows else 0
        found = LINE_END.search(self.text, start)
        return found.group() if found else "\n"

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """The file with ranges of its text replaced; every other byte is kept."""
        text = self.text
        for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return self.mark + text.encode()

    def extended(self, rows: Iterable[Words]) -> bytes:
        """The file with rows after its last one; a last line without an end stays one."""
        lines = [row_text(row, self.separator) for row in rows]
        if not lines:
            return self.edited(())
        ended = not self.text or self.text.endswith(("\r", "\n"))
        added = self.line_end.join(lines)
        added = added + self.line_end if ended else self.line_end + added
        return self.edited([Edit(len(self.text), len(self.text), added)])


def read_table(data: bytes, known: Sequence[Callable[[Words], bool]] = ()) -> Table:
    """Cut a file into cells, with the separator under which its first row makes the most sense.

    `known` tell a first row, in small letters, by which a file is recognized; the earlier one
    counts more. Raises BadFile with line and column.
    """
    text = _decoded(data)
    separator = _separator(text, known)
    rows = (row for row in _rows(text, separator) if any(cell.text for cell in row))
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    return Table(mark, text, separator, tuple(rows))


def write_table(rows: Iterable[Words], separator: str = ",") -> bytes:
    """A file of these rows: quoted where needed, LF, UTF-8."""
    return "".join(f"{row_text(row, separator)}\n" for row in rows).encode()


def row_text(row: Words, separator: str) -> str:
    """A row without its line end."""
    return separator.join(cell_text(cell, separator) for cell in row)


def cell_text(text: str, separator: str) -> str:
    """A cell as it stands in a file: in quotes where it would not be read as itself."""
    if separator in text or re.search(r'["\r\n]', text):
        return quoted_cell(text)
    return text


def quoted_cell(text: str) -> str:
    """A cell in quotes."""
    return '"{}"'.format(text.replace('"', '""'))


def lower(row: Row) -> list[str]:
    """The texts of a row in small letters."""
    return [cell.text.casefold() for cell in row]


def bad_cell(code: str, message: str, place: Cell, mend: str = "") -> BadFile:
    """The failure that a cell is to blame for."""
    return BadFile(code, message, mend=mend, line=place.line, column=place.column)


_ZIP = b"PK\x03\x04"
"""What files of spreadsheets begin with (.xlsx, .ods)."""


def _decoded(data: bytes) -> str:
    """The file as text. Raises BadFile where it is not UTF-8 or holds control characters."""
    raw = data.removeprefix(BOM_UTF8)
    if raw.startswith(_ZIP):
        mend = "save it as CSV (a spreadsheet calls it “CSV UTF-8”)"
        raise bad_cell("not-a-table", "this is a spreadsheet or an archive", Cell("", 1, 1), mend)
    try:
        text = raw.decode()
    except UnicodeDecodeError as failure:
        before = raw[: failure.start].decode()
        raise bad_cell(
            "not-utf-8",
            f"byte {raw[failure.start]:#04x} is not UTF-8",
            _at(before, len(before)),
            "save the file as UTF-8 (a spreadsheet calls it “CSV UTF-8”)",
        ) from None
    if torn := unresolved(text, mend=BY_HAND):
        raise torn
    if found := CONTROL.search(text):
        character = f"U+{ord(found.group()):04X}"
        place = _at(text, found.start())
        raise bad_cell("control-character", f"control character {character}", place, "remove it")
    return text


def _at(text: str, position: int) -> Cell:
    """A place in a text, as an empty cell."""
    lines = LINE_END.split(text[:position])
    return Cell("", len(lines), len(lines[-1]) + 1)


def _separator(text: str, known: Sequence[Callable[[Words], bool]]) -> str:
    tables = {separator: lower(_first_row(text, separator)) for separator in _SEPARATORS}
    wide = {separator: words for separator, words in tables.items() if len(words) > 1}
    told = (sign for is_known in known for sign, words in wide.items() if is_known(words))
    paired = (sign for sign, words in wide.items() if len(words) == 2)
    return next(iter([*told, *paired, *wide]), ",")


def _first_row(text: str, separator: str) -> Row:
    rows = _rows(text, separator)
    try:
        return next((row for row in rows if any(cell.text for cell in row)), ())
    except BadFile:
        return ()


def _rows(text: str, separator: str) -> Iterator[Row]:
    """Cut RFC 4180 text into rows of cells. Raises BadFile at a quote that makes no sense."""
    pattern = re.compile(
        rf"""[ ]*"(?P<quoted>(?:[^"]|"")*)"[ ]*(?=[{separator}\r\n]|\Z)"""
        rf"""|(?P<plain>[^{separator}\r\n]*)"""
    )
    row: list[Cell] = []
    position, line, line_start = 0, 1, 0
    while position < len(text) or row:
        match = pattern.match(text, position)
        assert match  # noqa: S101  # a plain cell may be empty: one of the two always matches
        row.append(_cell(match, line, position - line_start + 1))
        breaks = [*LINE_END.finditer(match.group())]
        if breaks:
            line, line_start = line + len(breaks), position + breaks[-1].end()
        position = match.end()
        if text.startswith(separator, position):
            position += 1
            continue
        yield tuple(row)
        row = []
        if end := LINE_END.match(text, position):
            position, line, line_start = end.end(), line + 1, end.end()


def _cell(match: re.Match[str], line: int, column: int) -> Cell:
    quoted, plain = match["quoted"], match["plain"]
    if quoted is None and plain.lstrip(" ").startswith('"'):
        raise bad_cell(
            "bad-quoting",
            "a quoted cell is not closed, or goes on after its closing quote",
            Cell("", line, column),
            'write a quote inside a quoted cell twice: ""',
        )
    text = plain if quoted is None else quoted.replace('""', '"')
    return Cell(text.strip(), line, column, match.start(), match.end(), quoted is not None)
