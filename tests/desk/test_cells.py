"""A cell of a table says which row and column it is in, by their own words."""

from __future__ import annotations

from i18n_pipeline.desk.cells import cell_words
from i18n_pipeline.formats.body import read_body
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS

TABLES = b"""# Costs

| Method | Memory |
|--------|--------|
| LoRA   | little |
|        | much   |

- an item

> | One |
> |-----|
> | two |
"""
LONG = "word " * 20


def words(data: bytes) -> dict[str, str]:
    body = read_body(data, DEFAULT_EXTENSIONS)
    return {body.slots[at].segment.source: said for at, said in cell_words(body).items()}


def test_a_cell_is_named_by_its_row_and_its_column() -> None:
    assert words(TABLES) == {
        "Method": "head of column 1",
        "Memory": "head of column 2",
        "LoRA": "row 1, column 1 “Method”",
        "little": "row 1 “LoRA”, column 2 “Memory”",
        "much": "row 2, column 2 “Memory”",
        "One": "head of column 1",
        "two": "row 1, column 1 “One”",
    }


def test_what_is_in_no_table_is_no_cell() -> None:
    assert words(b"# Costs\n\nA text with a | in it.\n") == {}


def test_a_long_head_is_cut() -> None:
    found = words(f"| {LONG} |\n|---|\n| x |\n".encode())
    assert found["x"] == "row 1, column 1 “word word word word word word word word…”"
