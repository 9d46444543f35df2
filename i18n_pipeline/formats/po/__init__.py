"""The review file: PO text ↔ `Catalog`; only this package says `fuzzy`.

::

    read_po     bytes → Catalog   strict: whatever gettext refuses, and more (reader.py)
    write_po    Catalog → bytes   one canonical layout (writer.py)
    skim_po     bytes → its units, with their texts and no more (skimming.py)
    new_header  the header of a new file (header.py)
    cut_po, each_row  bytes → the rows of each term, unread (cutting.py)
    ordered_po  bytes → the rows of a few terms, the others unseen (cutting.py)
    changed_rows  two versions → the rows that differ (differing.py)
    continues, put_together  comments that another program wrapped (wrapping.py)
    read_foreign_po  bytes → units of another program's file, which needs no header (reader.py)

entries.py cuts text into entries; strings and their escapes are in syntax.py; comments.py maps the
`#` lines to a unit's origin, notes, path and flags. polib reads and writes the same layout
(`wrapwidth=0`) and is what other programs should use; it is too slow and too trusting to be used
here.
"""

from i18n_pipeline.formats.po.cutting import (
    UnitLines,
    cut_po,
    each_row,
    head_of,
    ordered_po,
)
from i18n_pipeline.formats.po.differing import changed_rows
from i18n_pipeline.formats.po.header import header_to_send, new_header
from i18n_pipeline.formats.po.reader import (
    language_of_po,
    read_foreign_po,
    read_po,
    unit_lines,
    units_in,
)
from i18n_pipeline.formats.po.skimming import skim_po
from i18n_pipeline.formats.po.wrapping import continues, put_together
from i18n_pipeline.formats.po.writer import write_po, written_alone

__all__ = [
    "UnitLines",
    "changed_rows",
    "continues",
    "cut_po",
    "each_row",
    "head_of",
    "header_to_send",
    "language_of_po",
    "new_header",
    "ordered_po",
    "put_together",
    "read_foreign_po",
    "read_po",
    "skim_po",
    "unit_lines",
    "units_in",
    "write_po",
    "written_alone",
]
