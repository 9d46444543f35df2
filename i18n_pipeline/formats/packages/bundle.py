"""Units ↔ one PO file in the layout of our review files; a `#.` line says what was exported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.packages.package import (
    Exported,
    Package,
    ReadPackage,
    Returned,
    Sent,
    unit_id,
)
from i18n_pipeline.formats.po import header_to_send, read_po, unit_lines, write_po
from i18n_pipeline.locales import canonical, closest, english_name, gettext_code
from i18n_pipeline.model import Catalog, Unit
from i18n_pipeline.values import replace

_EXPORTED = "Exported: "
_LOCALE = "X-I18n-Locale"
"""The locale as a tag: gettext says `zh_CN` for `zh-Hans`."""


def write_bundle(package: Package) -> bytes:
    """The package as PO. It is to be imported again, and never put in a review file's place."""
    name = english_name(package.locale)
    comment = f"{name} work package of the glossary."
    units = tuple(_with_notes(sent) for sent in package.units)
    header = (*header_to_send(package.locale, name), (_LOCALE, canonical(package.locale)))
    return write_po(Catalog(units, header, (comment,)), frozenset())


def _with_notes(sent: Sent) -> Unit:
    terms = (f"Term: {term} → {rendering}" for term, rendering in sent.terms)
    return replace(sent.unit, notes=(*sent.unit.notes, *terms, f"{_EXPORTED}{sent.exported}"))


def read_bundle(data: bytes) -> ReadPackage:
    """The active units of a PO file. Raises BadFile with line and column."""
    catalog = read_po(data)
    lines = unit_lines(data)
    active = (unit for unit in catalog.units if not unit.obsolete)
    return ReadPackage(
        _locale(dict(catalog.header)),
        tuple(_returned(unit, lines.get(unit.key, 0)) for unit in active),
    )


def _locale(header: Mapping[str, str]) -> str:
    """Which locale the header names. Raises BadFile where it names two."""
    own, said = header.get(_LOCALE, ""), header.get("Language", "").replace("@", "-")
    as_gettext = gettext_code(own).replace("@", "-") if own else ""
    if own and said and canonical(said) != canonical(as_gettext) and not closest(said, (own,)):
        message = f"its header says {said} as Language, and {own} as {_LOCALE}"
        mend = "put the package's language back, or take the line out that is wrong"
        raise BadFile("two-languages", message, mend=mend, line=1, column=1)
    return own or said


def _returned(unit: Unit, line: int) -> Returned:
    return Returned(
        id=unit_id(unit.key),
        context=unit.context,
        source=unit.source,
        target=unit.target,
        done=unit.reviewed,
        exported=next(_exported(unit), None),
        comments=unit.comments,
        line=line,
    )


def _exported(unit: Unit) -> Iterator[Exported]:
    for note in unit.notes:
        found = Exported.read(note.removeprefix(_EXPORTED)) if note.startswith(_EXPORTED) else None
        if found is not None:
            yield found
