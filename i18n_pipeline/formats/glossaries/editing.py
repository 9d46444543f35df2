"""Changes to a glossary file that keep every byte of it that they are not about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.glossaries.listing import (
    FORMS,
    Listed,
    cells_of,
    listed_in,
    read_listed,
    refuse_other,
)
from i18n_pipeline.formats.glossaries.sheet import COLUMNS, REQUIRED, Pair, Sheet, read_sheet
from i18n_pipeline.formats.glossaries.table import (
    Cell,
    Row,
    Table,
    cell_text,
    quoted_cell,
    row_text,
)
from i18n_pipeline.glossary import Entry
from i18n_pipeline.model import Edit
from i18n_pipeline.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a row is to say instead: a target, further forms; None leaves what is there."""

    target: str | None = None
    forms: tuple[str, ...] | None = None


def with_entries(
    data: bytes, added: Sequence[Entry], *, source: str = "", target: str = ""
) -> bytes:
    """A glossary file with entries after its last row; all that is there stays as it is.

    The rows are written as the file has them: its separator, line ends, columns. A file without
    rows gets a header. Raises BadFile: `missing-column` where an entry needs one that the file
    lacks (see `with_columns`), and whatever `read_glossary` says of the result.
    """
    pair = Pair(source, target)
    sheet = read_sheet(data, pair)
    before = [listed.entry for listed in listed_in(sheet)]
    if not added:
        return data
    if sheet.open and not sheet.table.rows:
        columns = tuple(name for name in COLUMNS if name in {*REQUIRED, *_used(added)})
        sheet = read_sheet(sheet.table.extended([columns]), pair)
    if missing := missing_columns(sheet, added):
        raise _no_column(missing[0])
    changed = sheet.table.extended(_row(entry, sheet) for entry in added)
    _refuse_other(changed, [*before, *added], pair)
    return changed


def with_columns(data: bytes, names: Sequence[str], *, source: str = "", target: str = "") -> bytes:
    """A glossary file of ours with columns after its last one; its rows stay as they are.

    A file without a header gets one. Raises BadFile for the file of another program.
    """
    sheet = read_sheet(data, Pair(source, target))
    new = [name for name in names if name not in sheet.at]
    if not sheet.open and new:
        raise _no_column(new[0])
    return _headed(sheet, new)


def columns_needed(
    data: bytes, added: Sequence[Entry], *, source: str = "", target: str = ""
) -> tuple[str, ...]:
    """The columns that entries need and a file lacks. Raises BadFile where it cannot be read."""
    sheet = read_sheet(data, Pair(source, target))
    return missing_columns(sheet, added) if sheet.table.rows else ()


def missing_columns(sheet: Sheet, added: Sequence[Entry]) -> tuple[str, ...]:
    """The columns that entries need and a sheet lacks."""
    return tuple(name for name in COLUMNS if name in _used(added) and name not in sheet.at)


def with_targets(
    data: bytes, changes: Mapping[int, Rendering], *, source: str = "", target: str = ""
) -> bytes:
    """A glossary file with other targets and forms in the rows that begin in these lines.

    Lines count from 1, as `read_listed` tells them. Only the cells named change; in quotes they
    stay in quotes. Raises BadFile: `no-such-entry` where no row of the pair begins in a line,
    `missing-column` for forms without a column, and whatever `read_glossary` says of the result.
    """
    pair = Pair(source, target)
    sheet = read_sheet(data, pair)
    before = [*listed_in(sheet)]
    rows = {row[0].line: row for row in sheet.rows}
    edits: list[Edit] = []
    for line, change in changes.items():
        if line not in rows:
            raise BadFile("no-such-entry", "no entry begins in this line", line=line, column=1)
        edits += _edits(rows[line], change, sheet)
    changed = sheet.table.edited(edits)
    _refuse_other(changed, [_changed(listed, changes) for listed in before], pair)
    return changed


def _used(entries: Sequence[Entry]) -> set[str]:
    return {name for entry in entries for name, text in cells_of(entry).items() if text}


def _row(entry: Entry, sheet: Sheet) -> list[str]:
    columns = {at: name for name, at in sheet.at.items()}
    cells = {name: sheet.written(text) for name, text in cells_of(entry).items()}
    return [
        cells[columns[at]] if at in columns else sheet.fixed.get(at, "")
        for at in range(sheet.width)
    ]


def _headed(sheet: Sheet, new: Sequence[str]) -> bytes:
    """The file with a header of its columns and the new ones."""
    table = sheet.table
    if sheet.headed:
        end = table.rows[0][-1].end
        names = "".join(table.separator + name for name in new)
        return table.edited([Edit(end, end, names)])
    header = row_text([*sheet.at, *new], table.separator) + table.line_end
    return table.edited([Edit(0, 0, header)] if new else [])


def _edits(row: Row, change: Rendering, sheet: Sheet) -> Iterator[Edit]:
    wanted = {"target": change.target}
    wanted["forms"] = None if change.forms is None else FORMS.join(change.forms)
    for name, text in wanted.items():
        if text and name not in sheet.at:
            raise _no_column(name)
        if text is not None and name in sheet.at:
            yield _edit(row, sheet.at[name], sheet.written(text), sheet.table)


def _edit(row: Row, at: int, text: str, table: Table) -> Edit:
    """What puts a text into a cell of a row; a row that ends before it is made longer."""
    if at >= len(row):
        end, missing = row[-1].end, at - len(row) + 1
        return Edit(end, end, table.separator * missing + cell_text(text, table.separator))
    start, end = _content(row[at], table.text)
    if row[at].quoted:
        return Edit(start, end, quoted_cell(text)[1:-1])
    if cell_text(text, table.separator) != text:
        return Edit(row[at].start, row[at].end, quoted_cell(text))
    return Edit(start, end, text)


def _content(cell: Cell, text: str) -> tuple[int, int]:
    """The range of a cell without its quotes, or without the spaces around it."""
    raw = text[cell.start : cell.end]
    if cell.quoted:
        return cell.start + raw.index('"') + 1, cell.start + raw.rindex('"')
    start = cell.start + len(raw) - len(raw.lstrip()) if raw.strip() else cell.start
    return start, start + len(raw.strip()) if raw.strip() else cell.end


def _changed(listed: Listed, changes: Mapping[int, Rendering]) -> Entry:
    change = changes.get(listed.line, Rendering())
    return replace(
        listed.entry,
        target=listed.entry.target if change.target is None else change.target,
        forms=listed.entry.forms if change.forms is None else change.forms,
    )


def _refuse_other(data: bytes, wanted: Sequence[Entry], pair: Pair) -> None:
    found = read_listed(data, source=pair.source, target=pair.target)
    refuse_other([listed.entry for listed in found], wanted)


def _no_column(name: str) -> BadFile:
    return BadFile(
        "missing-column",
        f"there is no column `{name}`",
        mend="name it in the first line of a glossary file of ours",
        line=1,
        column=1,
    )
