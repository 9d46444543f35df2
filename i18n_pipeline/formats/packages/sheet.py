"""Units ↔ CSV for spreadsheets: one row a unit, and no cell that a spreadsheet would compute.

A cell that begins like a formula gets an apostrophe before it, which reading takes off again; one
that begins with apostrophes and then like a formula gets one more.
"""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping, Sequence

from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.markers import unresolved
from i18n_pipeline.formats.packages.cells import DONE, fault_of, state_of
from i18n_pipeline.formats.packages.package import (
    ID,
    Exported,
    Package,
    ReadPackage,
    Returned,
    Sent,
)
from i18n_pipeline.locales import canonical
from i18n_pipeline.values import replace

COLUMNS = (
    "id", "locale", "term", "field", "source", "target", "state",
    "previous source", "about", "comments", "terms", "exported",
)  # fmt: skip
"""The columns that are written. Read are those whose names are known, in any order."""

LARGEST = 32 * 1024 * 1024
"""Bytes of the largest file that is read."""

_NEEDED = ("source", "target")
_SEPARATORS = (",", ";", "\t")
_FORMULA = expression(r"'*[=+\-@\t\r\n|%＝＋－＠]")
_DEFUSED = expression(r"'+[=+\-@\t\r\n|%＝＋－＠]")
_HINT = expression(r"sep=.\r?\n")
_BOTH = "import both sides, each as a file of its own; or keep one of them"
_TORN = "<" * 7
_ZIP = b"PK\x03\x04"


def write_sheet(package: Package) -> bytes:
    """The package as CSV in UTF-8 with a byte order mark, which Excel needs to see that it is."""
    rows = [COLUMNS, *(_row(package, sent) for sent in package.units)]
    return BOM_UTF8 + "".join(f"{','.join(map(_cell, row))}\r\n" for row in rows).encode()


def _row(package: Package, sent: Sent) -> Sequence[str]:
    unit = sent.unit
    origin = (f"Origin: {unit.origin.words}",) if unit.origin and unit.target else ()
    return (
        sent.id,
        canonical(package.locale),
        unit.slug,
        unit.context.rpartition("/")[2],
        unit.source,
        unit.target,
        str(unit.state),
        unit.previous or "",
        "\n".join((*unit.notes, *origin)),
        "\n".join(unit.comments),
        "\n".join(f"{term} → {rendering}" for term, rendering in sent.terms),
        str(sent.exported),
    )


def _cell(text: str) -> str:
    shown = defused(text)
    if re.search(r'[",;\t\r\n]|^\s|\s$', shown):
        return '"{}"'.format(shown.replace('"', '""'))
    return shown


def defused(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def armed(cell: str) -> str:
    """The text that `defused` made a cell of."""
    return cell[1:] if _DEFUSED.match(cell) else cell


def read_sheet(data: bytes) -> ReadPackage:
    """The units of a table with our columns, separated by commas, semicolons or tabs.

    Raises BadFile with the line at which what cannot be read begins.
    """
    text, before = _without_hint(_decoded(data))
    header, separator = _header(text)
    rows = [(line + before, row) for line, row in _rows(text, separator)][1:]
    units: list[Returned] = []
    locales: dict[str, int] = {}
    for line, row in rows:
        if row and row[0].startswith(_TORN):
            _refuse_torn(text)
        cells = {**dict.fromkeys(header, ""), **dict(zip(header, map(armed, row), strict=False))}
        if any(cells.values()):
            fault = fault_of(header, row, cells)
            if not fault:
                locales.setdefault(cells.get("locale", "").strip(), line)
            units.append(replace(_returned(cells, line), fault=fault))
    return ReadPackage(_only(locales), tuple(units))


def _returned(cells: Mapping[str, str], line: int) -> Returned:
    def said(name: str) -> str:
        return cells.get(name, "").replace("\r\n", "\n").replace("\r", "\n")

    found = ID.search(said("id"))
    slug, field = said("term").strip(), said("field").strip()
    return Returned(
        id=found[0] if found else "",
        context=f"{slug}/{field}" if slug else field,
        source=said("source"),
        target=said("target"),
        done=state_of(said("state")) in DONE,
        exported=Exported.read(said("exported")),
        comments=tuple(one for one in said("comments").split("\n") if one.strip()),
        line=line,
    )


def _only(locales: Mapping[str, int]) -> str:
    said = {locale: line for locale, line in locales.items() if locale}
    if len(said) > 1:
        (first, _), (second, line), *_ = said.items()
        message = f"it holds {first} and {second}"
        mend = "make a file for each language"
        raise BadFile("two-languages", message, mend=mend, line=line, column=1)
    return next(iter(said), "")


def _without_hint(text: str) -> tuple[str, int]:
    """The text without Excel's line `sep=;`, and how many lines that was; lines end in LF."""
    text = text if "\n" in text else text.replace("\r", "\n")
    hint = _HINT.match(text)
    return (text[hint.end() :], 1) if hint else (text, 0)


def _header(text: str) -> tuple[list[str], str]:
    """The names of the columns, and the separator under which the first row has those needed."""
    if text.startswith(_TORN):
        _refuse_torn(text)
    for separator in _SEPARATORS:
        rows = _rows(text.partition("\n")[0], separator)
        _, row = next(rows, (1, []))
        names = [" ".join(name.split()).casefold() for name in row]
        if all(name in names for name in _NEEDED):
            _refuse_twice(names)
            return names, separator
    raise BadFile(
        "no-header",
        "the first line does not name the columns `source` and `target`",
        mend=f"the columns of an export are {', '.join(COLUMNS)}",
        line=1,
        column=1,
    )


def _refuse_twice(names: Sequence[str]) -> None:
    """Raise BadFile where two columns have one name of ours: nobody knows which of them counts."""
    twice = next((one for at, one in enumerate(names) if one in COLUMNS and one in names[:at]), "")
    if twice:
        message = f"two columns are called `{twice}`"
        mend = "keep the one that counts, or call the other something else"
        raise BadFile("two-columns", message, mend=mend, line=1, column=1)


def _refuse_torn(text: str) -> None:
    """Raise BadFile for git's conflict markers."""
    if found := unresolved(text, mend=_BOTH):
        raise found


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the lines they begin at."""
    lines = text.split("\n")
    ended = (f"{line}\n" for line in lines[:-1])
    reader = csv.reader((*ended, lines[-1]), delimiter=separator, strict=True)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as failure:
        mend = 'a quote inside a quoted cell is written twice: ""'
        raise BadFile("bad-cell", f"{failure}", mend=mend, line=line, column=1) from None


def _decoded(data: bytes) -> str:
    if len(data) > LARGEST:
        raise BadFile("too-large", f"it has {len(data)} bytes, more than {LARGEST}")
    if data.startswith(_ZIP):
        raise BadFile(
            "not-a-table",
            "this is a spreadsheet or an archive",
            mend="save it as CSV (a spreadsheet calls it “CSV UTF-8”)",
            line=1,
            column=1,
        )
    utf16 = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if utf16 else "utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as failure:
        before = data[: failure.start].decode("utf-8", "replace")
        raise BadFile(
            "not-utf-8",
            f"byte 0x{data[failure.start]:02X} is not UTF-8",
            mend="save the file as UTF-8 (a spreadsheet calls it “CSV UTF-8”)",
            line=before.count("\n") + 1,
            column=len(before) - before.rfind("\n"),
        ) from None
