"""Where the cells of tables are, in words: a cell alone says little of what it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from i18n_pipeline.formats.body import Body, Slot
from i18n_pipeline.markdown import Parsed, Span, parse
from i18n_pipeline.values import dataclass

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the `table`th table of a text, counted from 1; row 0 is the head."""

    table: int
    row: int
    column: int
    at: Span


def cell_words(body: Body) -> Mapping[int, str]:
    """For the slots of a body that are in tables, by their number: `row 2 “LoRA”, column “Cost”`.

    Raises BadFile where the parser gives up.
    """
    cells = list(_cells(parse(body.data, body.extensions)))
    if not cells:
        return {}
    placed = {at: cell for at, slot in enumerate(body.slots) if (cell := _around(cells, slot))}
    texts = {
        (cell.table, cell.row, cell.column): body.slots[at].segment.source
        for at, cell in placed.items()
    }
    return {at: _words(cell, texts) for at, cell in placed.items()}


def _cells(parsed: Parsed) -> Iterator[Cell]:
    table = row = column = 0
    for event in parsed.events:
        if event.phase == "end":
            continue
        match event.name:
            case "Table":
                table += 1
            case "TableHead":
                row, column = 0, 0
            case "TableRow":
                row, column = row + 1, 0
            case "TableCell":
                column += 1
                yield Cell(table, row, column, (event.start, event.end))


def _around(cells: list[Cell], slot: Slot) -> Cell | None:
    start, end = slot.leaf.start, slot.leaf.end
    return next((one for one in cells if one.at[0] <= start and end <= one.at[1]), None)


def _words(cell: Cell, texts: Mapping[tuple[int, int, int], str]) -> str:
    column = _named(f"column {cell.column}", texts.get((cell.table, 0, cell.column), ""))
    if cell.row == 0:
        return f"head of column {cell.column}"
    first = texts.get((cell.table, cell.row, 1), "") if cell.column > 1 else ""
    return f"{_named(f'row {cell.row}', first)}, {column}"


def _named(what: str, text: str) -> str:
    """What it is by its number, and by its own words, where it has any."""
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return f"{what} “{short}”" if short else what
