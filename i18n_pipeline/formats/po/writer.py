"""`Catalog` → PO bytes, in the one layout that editing tools give back unchanged.

It is what `msgcat --no-wrap`, polib with `wrapwidth=0`, Poedit and Weblate (`po_line_wrap=65535`)
write. Where they disagree among themselves msgcat wins: polib also starts a new line after a
carriage return, vertical tab, form feed, U+0085 or U+2028 in a text, and drops blank lines and
spaces at the ends of comments. The content is the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from io import BytesIO
from itertools import chain

from i18n_pipeline.errors import I18nError
from i18n_pipeline.formats.po.comments import (
    FUZZY,
    flags_line,
    note_lines,
    origin_line,
    path_line,
    review_line,
    translator_lines,
)
from i18n_pipeline.formats.po.header import VOLATILE, header_text
from i18n_pipeline.formats.po.syntax import quoted
from i18n_pipeline.model import Catalog, Unit


def write_po(catalog: Catalog, dropped: Set[str] = VOLATILE) -> bytes:
    """The catalog as PO: header without the fields `dropped`, active units, obsolete ones last.

    An obsolete unit without a target holds nothing and is left out, as msgcat does. Raises
    I18nError for what would make a file that nothing can read (a bug of ours): a unit without
    source, two units with one key, a control character in a text.
    """
    active = [unit for unit in catalog.units if not unit.obsolete]
    obsolete = [unit for unit in catalog.units if unit.obsolete and unit.target]
    _refuse_unreadable(active + obsolete)
    units = chain(map(_active, active), map(_obsolete, obsolete))
    # One after the other into one buffer, which is given away as it is: of a file of 80 MB there
    # is neither a second copy nor its text, which takes twice the room where it is Japanese.
    file = BytesIO()
    file.write(_header(catalog, dropped).encode("utf-8"))
    for unit in units:
        file.write(b"\n\n")
        file.write(unit.encode("utf-8"))
    file.write(b"\n")
    return file.getvalue()


def _refuse_unreadable(units: list[Unit]) -> None:
    keys = set()
    for unit in units:
        if not unit.source:
            raise I18nError(f"a unit of {unit.context} without source cannot be written")
        if unit.key in keys:
            raise I18nError(f"two units of {unit.context} have one source: {unit.source!r}")
        keys.add(unit.key)


def _header(catalog: Catalog, dropped: Set[str]) -> str:
    # polib writes a bare `#` where there is no comment; without it every save there is a diff
    comments = translator_lines(catalog.header_comments or ("",))
    fields = quoted("msgstr", header_text(catalog.header, dropped))
    return "\n".join([*comments, 'msgid ""', fields])


def written_alone(unit: Unit) -> bytes:
    """An active unit as it stands in a file, without the blank line before it or after it."""
    return _active(unit).encode("utf-8")


def _active(unit: Unit) -> str:
    return "\n".join(
        [
            *translator_lines(unit.comments),
            *_from_us(unit),
            *_flags(unit),
            *_previous(unit),
            *_texts(unit, ""),
        ]
    )


def _obsolete(unit: Unit) -> str:
    return "\n".join([*translator_lines(unit.comments), *_flags(unit), *_texts(unit, "#~ ")])


def _from_us(unit: Unit) -> Iterator[str]:
    yield from note_lines(unit.notes)
    if unit.origin and unit.target:
        yield origin_line(unit.origin)
    if unit.review and unit.reviewer:
        yield review_line(unit.review)
    if unit.path:
        yield path_line(unit.path)


def _flags(unit: Unit) -> Iterator[str]:
    fuzzy = (FUZZY,) if unit.target and not unit.reviewed else ()
    if fuzzy or unit.flags:
        yield flags_line(fuzzy + unit.flags)


def _previous(unit: Unit) -> Iterator[str]:
    if unit.previous is None:
        return
    if unit.previous_context is not None:
        yield quoted("msgctxt", unit.previous_context, "#| ")
    yield quoted("msgid", unit.previous, "#| ")


def _texts(unit: Unit, mark: str) -> Iterator[str]:
    if unit.context:
        yield quoted("msgctxt", unit.context, mark)
    yield quoted("msgid", unit.source, mark)
    yield quoted("msgstr", unit.target, mark)
