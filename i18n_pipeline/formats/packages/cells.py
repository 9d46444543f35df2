"""What is wrong with one row of a sheet: cells that moved, or that say what nobody knows.

A row that a spreadsheet or a person spoilt costs that row alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from i18n_pipeline.formats.packages.package import ID, Exported

DONE = ("translated", "reviewed", "final", "approved", "done")
"""What the column `state` may say of a finished translation, in any case."""

OPEN = (
    "", "untranslated", "needs review", "initial", "new", "open", "todo", "to do", "draft",
    "started", "in progress", "in work", "rejected", "fuzzy", "needs translation", "needs work",
)  # fmt: skip
"""What it may say of one that is not; `_` and `-` are blanks."""


def state_of(cell: str) -> str:
    """What a cell says of a state, in the words of `DONE` and `OPEN`."""
    return " ".join(cell.replace("-", " ").replace("_", " ").split()).casefold()


def fault_of(header: Sequence[str], row: Sequence[str], cells: Mapping[str, str]) -> str:
    """Why a row cannot be read; "" where it can. `cells` are those of `row` by the header.

    The last column that is written is `exported`, which is never empty: there shows that a row has
    lost a cell.
    """
    if len(row) > len(header) and any(row[len(header) :]):
        return (
            f"there are {len(header)} columns, and {len(row)} cells here;"
            " a cell that holds the separator has to be quoted"
        )
    name, exported = cells.get("id", "").strip(), cells.get("exported", "").strip()
    if name and not ID.search(name):
        return "the column `id` holds something else: its cells are not where they were"
    if exported and Exported.read(exported) is None:
        return "the column `exported` holds something else: its cells are not where they were"
    if name and "exported" in cells and not exported:
        return "the column `exported` is empty: its cells are not where they were"
    state = state_of(cells.get("state", "")) if cells.get("target", "").strip() else ""
    if state not in DONE and state not in OPEN:
        return f"nobody knows the state `{state}`; finished is one of {', '.join(DONE)}"
    return ""
