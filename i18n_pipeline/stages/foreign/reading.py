"""PO and XLIFF files of other programs → their translations, in file order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.packages.forms import form_of
from i18n_pipeline.formats.packages.xliff import read_xliff
from i18n_pipeline.formats.po import language_of_po, read_foreign_po
from i18n_pipeline.locales import check_tag, language
from i18n_pipeline.model import Unit
from i18n_pipeline.stages.foreign.values import Foreign
from i18n_pipeline.values import replace

_TYPE = expression(r"type: *(?P<kind>.+)")
_FIELD = expression(r"Ya?ml Front Matter Hash Value: *(?P<field>.+)", re.IGNORECASE)
_BLOCK = expression(r":(?:block|\d+)?\Z")
_HEADER = expression(r"(?:[A-Z][\w-]*: .*\n)*(?:Content-Type|MIME-Version): ")


def foreign_units(data: bytes, path: str, locale: str) -> Iterator[Foreign]:
    """The translations of a file, those without a text left out. Raises BadFile with its place.

    A file that says another language than `locale` is refused; a variant of it will do.
    """
    form = form_of(path, data)
    if form == "csv":
        message = "foreign translations are read from PO and XLIFF"
        raise BadFile("not-a-catalog", message, line=1, column=1)
    found = _of_xliff(data, locale) if form == "xliff" else _of_po(data, locale)
    yield from (replace(one, file=path) for one in found if one.target.strip())


def _of_po(data: bytes, locale: str) -> Iterator[Foreign]:
    _refuse_other(language_of_po(data), locale)
    for unit, line, words in read_foreign_po(data):
        kind = _kind(unit)
        field = _FIELD.match(kind)
        yield Foreign(
            unit.source,
            unit.target,
            unit.reviewed,
            line=line,
            paths=tuple(dict.fromkeys(_BLOCK.sub("", word) for word in words if "." in word)),
            field=field["field"].strip() if field else "",
            kind=kind,
            comments=tuple(one for one in unit.comments if one.strip()),
            obsolete=unit.obsolete,
        )


def _refuse_other(said: str, locale: str) -> None:
    if said and check_tag(said) is None and language(said) != language(locale):
        message = f"it holds {said}, and this is for {locale}"
        raise BadFile("package-language", message, line=1, column=1)


def _kind(unit: Unit) -> str:
    """What po4a calls a text; its comment may stand among others."""
    found = (_TYPE.match(note) for note in unit.notes)
    return next((one["kind"].strip() for one in found if one), "")


def _of_xliff(data: bytes, locale: str) -> Iterator[Foreign]:
    package = read_xliff(data)
    _refuse_other(package.locale, locale)
    for one in package.units:
        if one.source and not one.fault and not _HEADER.match(one.source):
            yield Foreign(
                one.source,
                one.target,
                one.done,
                line=one.line,
                paths=(one.path,) if one.path else (),
                comments=one.comments,
            )
