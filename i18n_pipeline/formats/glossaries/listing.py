"""Glossary files: CSV tables of required terminology, and of names to keep, read strictly.

What two lines contradict each other about is an error that names both. docs/reference/glossary.md
tells of the columns, and of the files of other programs that are read as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TypeVar

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.glossaries.formulas import defused
from i18n_pipeline.formats.glossaries.sheet import (
    COLUMNS,
    REQUIRED,
    Pair,
    Sheet,
    did_you_mean,
    read_named,
    read_sheet,
)
from i18n_pipeline.formats.glossaries.table import LINE_END, Cell, bad_cell, write_table
from i18n_pipeline.glossary import Entry, Status
from i18n_pipeline.values import dataclass

FORMS = "|"
"""Separates the further forms of a target in one cell."""

_CASE = {"": False, "no": False, "insensitive": False, "yes": True, "sensitive": True}

_Meaning = TypeVar("_Meaning")


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry with the line of the file where its row begins (from 1)."""

    entry: Entry
    line: int


_Seen = dict[tuple[str, ...], tuple[Entry, Cell]]


def read_glossary(data: bytes, *, source: str = "", target: str = "") -> tuple[Entry, ...]:
    """The entries of a glossary file, in file order.

    `source` and `target` are locales: what is looked for in a file of several languages. The
    header names the columns; a file without one has `source` and `target`, and perhaps the two
    languages (DeepL); a header of languages is Google's. Raises BadFile with line and column.
    """
    return tuple(row.entry for row in read_listed(data, source=source, target=target))


def read_listed(data: bytes, *, source: str = "", target: str = "") -> tuple[Listed, ...]:
    """The same with the line of each entry, by which `with_targets` finds it again."""
    return tuple(listed_in(read_sheet(data, Pair(source, target))))


def listed_in(sheet: Sheet) -> Iterator[Listed]:
    """The entries of a sheet, in file order. Raises BadFile with line and column."""
    seen: _Seen = {}
    preferred: _Seen = {}
    for row in sheet.rows:
        cells = sheet.cells(row)
        entry, place = _entry(cells), cells["source"]
        _refuse_second(seen, (sought(entry), entry.target, entry.pos), entry, place)
        if entry.status is Status.PREFERRED:
            _refuse_second(preferred, (sought(entry), entry.pos), entry, place)
        yield Listed(entry, row[0].line)


def read_keep(data: bytes) -> tuple[str, ...]:
    """The names of a keep file (`source[,note]`, the header may be missing). Raises BadFile."""
    seen: dict[str, Cell] = {}
    sheet = read_named(data, ("source", "note"), ("source",))
    for row in sheet.rows:
        cell = sheet.cells(row)["source"]
        first = seen.setdefault(_filled(cell, "source"), cell)
        if first is not cell:
            raise bad_cell(
                "duplicate-entry", f"`{cell.text}` is in line {first.line} too", cell, "keep one"
            )
    return tuple(seen)


def write_glossary(entries: Iterable[Entry], separator: str = ",") -> bytes:
    """A glossary file of ours with the columns that are used; `read_glossary` reads it the same.

    Sorted by source without regard to case, and of one source what is preferred first. Raises
    BadFile where an entry cannot stand in a file, and where two contradict each other.
    """
    ordered = in_order(entries)
    names = [
        name for name in COLUMNS if name in REQUIRED or any(cells_of(e)[name] for e in ordered)
    ]
    rows = [[defused(cells_of(entry)[name]) for name in names] for entry in ordered]
    data = write_table([names, *rows], separator)
    refuse_other(read_glossary(data), ordered)
    return data


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries as they are written: by source without regard to case, then by status."""
    statuses = [*Status]
    return tuple(sorted(entries, key=lambda e: (e.source.casefold(), statuses.index(e.status))))


def cells_of(entry: Entry) -> Mapping[str, str]:
    """What stands in each column for an entry; "" where that is the default."""
    return {
        "source": entry.source,
        "target": entry.target,
        "status": "" if entry.status is Status.PREFERRED else entry.status,
        "pos": entry.pos,
        "case": "yes" if entry.case_sensitive else "",
        "forms": FORMS.join(entry.forms),
        "note": entry.note,
    }


def refuse_other(found: Sequence[Entry], wanted: Sequence[Entry]) -> None:
    """Raise BadFile for an entry that was written and is read as another one, or not at all."""
    for was, entry in zip_longest(found, wanted):
        if entry is not None and was != entry:
            raise BadFile(
                "not-to-be-written",
                f"`{entry.source}` → `{entry.target}` would be read as another entry",
                mend=f"write it without spaces at the ends, and forms without `{FORMS}`",
            )


def sought(entry: Entry) -> str:
    """What a source is found by in a text: two entries with one are about one term."""
    return entry.source if entry.exact else entry.source.casefold()


def _entry(row: Mapping[str, Cell]) -> Entry:
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


def _one_of(cell: Cell, meaning: Callable[[str], _Meaning], words: Sequence[str]) -> _Meaning:
    try:
        return meaning(cell.text.casefold())
    except (KeyError, ValueError):
        known = ", ".join(f"`{word}`" for word in words)
        mend = did_you_mean(cell.text, words)
        raise bad_cell("unknown-value", f"`{cell.text}` is none of {known}", cell, mend) from None


def _filled(cell: Cell, column: str) -> str:
    if not cell.text:
        raise bad_cell(
            "empty-cell", f"the {column} is empty", cell, "fill it in or delete the line"
        )
    if LINE_END.search(cell.text):
        raise bad_cell(
            "line-break", f"the {column} holds a line break", cell, "write it in one line"
        )
    return cell.text


def _refuse_second(seen: _Seen, key: tuple[str, ...], entry: Entry, place: Cell) -> None:
    """Note an entry; raise BadFile if one with its key is there."""
    first, there = seen.setdefault(key, (entry, place))
    if there is place:
        return
    if first.target == entry.target and first.status is entry.status:
        raise bad_cell(
            "duplicate-entry",
            f"`{entry.source}` → `{entry.target}` is in line {there.line} too",
            place,
            "delete one of the two",
        )
    raise bad_cell(
        "contradicting-entries",
        f"`{entry.source}` is {_said(entry)} here and {_said(first)} in line {there.line}",
        place,
        "keep one, or give the other the status `admitted` or `deprecated`",
    )


def _said(entry: Entry) -> str:
    return f"`{entry.target}` ({entry.status})"
