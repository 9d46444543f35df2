"""Which column of a glossary file holds what: in ours, in DeepL's and in Google's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.glossaries.formulas import armed, defused
from i18n_pipeline.formats.glossaries.table import (
    Cell,
    Row,
    Table,
    Words,
    bad_cell,
    lower,
    read_table,
)
from i18n_pipeline.locales import canonical, check_tag, closest
from i18n_pipeline.values import dataclass, field, replace

COLUMNS = ("source", "target", "status", "pos", "case", "forms", "note")
"""The columns of a glossary file of ours; the first two are needed."""

REQUIRED = COLUMNS[:2]

# cloud.google.com/translate/docs/advanced/glossary, "equivalent term sets"
_GOOGLES = {"pos": "pos", "description": "note"}

# support.deepl.com, "Upload a glossary": the languages may be missing
_DEEPLS = ("source", "target", "source_lang", "target_lang")


@dataclass(frozen=True, slots=True)
class Pair:
    """From which locale into which, as the project spells them; "" where nobody knows."""

    source: str = ""
    target: str = ""


@dataclass(frozen=True)
class Sheet:
    """A glossary file's table, its columns by our names, and the rows that are of the pair.

    `headed`: the first row names the columns. `open`: further ones of ours may be added. `fixed`
    are the cells that all rows of the pair share.
    """

    table: Table
    rows: tuple[Row, ...]
    at: Mapping[str, int]
    width: int
    headed: bool = True
    open: bool = True
    fixed: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))

    def cells(self, row: Row) -> dict[str, Cell]:
        """A row's cells by our names; a short row ends in empty ones."""
        for extra in row[self.width :]:
            if extra.text:
                raise bad_cell(
                    "too-many-cells",
                    f"there are {self.width} columns, and this is one more cell",
                    extra,
                    "quote a cell that holds the separator; name the columns in the first line",
                )
        last = row[-1]
        end = Cell("", last.line, last.column + len(last.text), last.end, last.end)
        full = [*row, *[end] * (self.width - len(row))]
        return {name: self._read(full[at]) for name, at in self.at.items()}

    def written(self, text: str) -> str:
        """A text as a cell of this file: programs take theirs as it is, people open ours."""
        return defused(text) if self.open else text

    def _read(self, cell: Cell) -> Cell:
        return replace(cell, text=armed(cell.text)) if self.open else cell


def read_sheet(data: bytes, pair: Pair) -> Sheet:
    """Read a glossary file of ours, of DeepL's or of Google's. Raises BadFile with its place."""

    def names_languages(words: Words) -> bool:
        return _names_languages(words, pair)

    table = read_table(data, (_names_columns, _ends_in_languages, names_languages))
    first = table.rows[0] if table.rows else ()
    words = lower(first)
    if set(words) <= {*COLUMNS} and set(words) >= {*REQUIRED}:
        return _named(table, COLUMNS, REQUIRED)
    if tuple(words) == _DEEPLS or (first and all(map(_ends_in_languages, map(lower, table.rows)))):
        return _deepls(table, pair)
    if names_languages(words):
        return _googles(table, pair)
    if _ends_in_languages(words):
        return _deepls(table, pair)
    return _named(table, COLUMNS, REQUIRED)


def read_named(data: bytes, columns: Sequence[str], required: Sequence[str]) -> Sheet:
    """Read a table with these columns; without a header it has those required. Raises BadFile."""
    return _named(read_table(data, (_names_columns,)), columns, required)


def did_you_mean(word: str, words: Sequence[str]) -> str:
    """`did you mean …?` for the nearest of some words, or ""."""
    close = get_close_matches(word.casefold(), words, 1)
    return f"did you mean `{close[0]}`?" if close else ""


def _named(table: Table, columns: Sequence[str], required: Sequence[str]) -> Sheet:
    words = lower(table.rows[0]) if table.rows else []
    if {*words} & {*required}:
        _refuse_header(table.rows[0], columns, required)
        return Sheet(table, table.rows[1:], _in_order(words), len(words))
    return Sheet(table, table.rows, _in_order(required), len(required), headed=False)


def _refuse_header(header: Row, columns: Sequence[str], required: Sequence[str]) -> None:
    seen: set[str] = set()
    for cell in header:
        name = cell.text.casefold()
        if name in seen:
            message = f"the column `{name}` is there twice"
            raise bad_cell("duplicate-column", message, cell, "keep the one that counts")
        if name not in columns:
            mend = did_you_mean(name, columns) or f"there are {', '.join(columns)}"
            raise bad_cell("unknown-column", f"unknown column `{cell.text}`", cell, mend)
        seen.add(name)
    if missing := [name for name in required if name not in seen]:
        message = f"there is no column `{missing[0]}`"
        raise bad_cell("missing-column", message, header[0], "name it in the first line")


def _deepls(table: Table, pair: Pair) -> Sheet:
    """DeepL's four columns: each row says its languages. Rows of other pairs are left out."""
    headed = tuple(lower(table.rows[0])) == _DEEPLS
    rows = table.rows[headed:]
    tags = [_languages_of(row) for row in rows]
    of_pair = {tag: _is_of(tag, pair) for tag in dict.fromkeys(tags)}
    ours = [(row, tag) for row, tag in zip(rows, tags, strict=True) if of_pair[tag]]
    if not ours:
        said = (" → ".join(tag) for tag in dict.fromkeys(tags))
        raise no_such_languages(said, f"{pair.source} → {pair.target}", rows[0][0])
    fixed = dict(zip((2, 3), ours[0][1], strict=True))
    own = tuple(row for row, _ in ours)
    return Sheet(table, own, _in_order(REQUIRED), 4, headed, open=False, fixed=fixed)


def _languages_of(row: Row) -> tuple[str, str]:
    if len(row) < len(_DEEPLS):
        raise bad_cell(
            "missing-language",
            "the row does not say its two languages, as the first one does",
            row[-1],
            "write source, target and their two languages in each row, or in none",
        )
    for cell in row[2:4]:
        if reason := check_tag(cell.text):
            raise bad_cell("unknown-language", reason, cell)
    return row[2].text, row[3].text


def _is_of(tags: tuple[str, str], pair: Pair) -> bool:
    return closest(pair.source, tags[:1]) is not None and closest(pair.target, tags[1:]) is not None


def _googles(table: Table, pair: Pair) -> Sheet:
    """Google's sets of equivalent terms: a column for each language. Half a pair is left out."""
    header = table.rows[0]
    tags = [cell.text for cell in header if cell.text.casefold() not in _GOOGLES]
    source, target = closest(pair.source, tags), closest(pair.target, tags)
    if source is None or target is None:
        raise no_such_languages(tags, f"{pair.source} and {pair.target}", header[0])
    words = lower(header)
    at = {"source": words.index(source.casefold()), "target": words.index(target.casefold())}
    at |= {ours: words.index(theirs) for theirs, ours in _GOOGLES.items() if theirs in words}
    sheet = Sheet(table, table.rows[1:], at, len(header), open=False)
    return Sheet(table, tuple(_whole_pairs(sheet)), at, len(header), open=False)


def _whole_pairs(sheet: Sheet) -> Iterable[Row]:
    """The rows that have both terms; two that differ in other languages alone are one."""
    seen: dict[tuple[str, ...], Row] = {}
    for row in sheet.rows:
        cells = sheet.cells(row)
        key = tuple(cells[name].text for name in ("source", "target", "pos") if name in cells)
        if all(key[:2]):
            seen.setdefault(key, row)
    return seen.values()


def no_such_languages(said: Iterable[str], wanted: str, place: Cell) -> BadFile:
    """The failure of a file that has other languages than those wanted."""
    return bad_cell(
        "no-such-languages",
        f"the file has {', '.join(said) or 'no languages'}, not {wanted}",
        place,
        "take the file of these languages; if the first row holds terms, put"
        " `source,target` above it",
    )


def _in_order(names: Sequence[str]) -> dict[str, int]:
    return {name: at for at, name in enumerate(names)}


def _names_columns(words: Words) -> bool:
    return "source" in words


def _ends_in_languages(words: Words) -> bool:
    return len(words) == len(_DEEPLS) and all(_is_tag(word) for word in words[2:])


def _names_languages(words: Words, pair: Pair) -> bool:
    """Whether a first row names languages, not two terms that look like it (ML, AI)."""
    tags = [word for word in words if word.casefold() not in _GOOGLES]
    names = {canonical(tag).casefold() for tag in tags}
    if len(tags) < 2 or len(names) < len(tags) or not all(map(_is_tag, tags)):
        return False
    of_pair = (closest(one, tags) is not None for one in (pair.source, pair.target))
    return len(tags) > 2 or any(of_pair)


def _is_tag(word: str) -> bool:
    return bool(word) and word.isascii() and check_tag(word) is None
