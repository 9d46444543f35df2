"""PO bytes → `Catalog`, strictly: a file that could lose somebody's words is refused.

Three steps: text, entries (entries.py), units. The text of a large file is held a piece at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from sys import intern

from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.places import place_in
from i18n_pipeline.formats.po.comments import (
    FUZZY,
    extracted,
    flags_of,
    path_of,
    translator_text,
)
from i18n_pipeline.formats.po.diagnosis import bad, conflict_marker, not_utf8
from i18n_pipeline.formats.po.entries import (
    CONTEXT,
    PREVIOUS,
    PREVIOUS_CONTEXT,
    SOURCE,
    TARGET,
    Entry,
    entries,
    start_of,
)
from i18n_pipeline.formats.po.header import Fields, charset, parse_fields
from i18n_pipeline.formats.po.syntax import CONTROL
from i18n_pipeline.model import Catalog, Key, Unit
from i18n_pipeline.values import replace

MOST_UNITS = 2_000_000
"""Units of the largest file that is read: those of ten thousand long terms, in five seconds."""

_AT_ONCE = 1 << 22
"""Bytes that are decoded at once, where it can be told from a few where a unit ends."""

_BOM = b"\xef\xbb\xbf"
_END = b'"\n\n'
_LAST_LINES = (b'"', b"msgstr ", b"#~ ")
"""How a line begins that ends with a quote and is no comment."""
_HEADER = expression(r'^msgid[ \t]*""[ \t]*\nmsgstr', re.MULTILINE)


def read_po(data: bytes, *, doubled: bool = False) -> Catalog:
    """The units of a PO file, active ones in file order, then obsolete ones; and its header.

    A BOM and CRLF line ends are accepted and not kept. Raises BadFile, with line and column, for
    whatever gettext refuses, and for what it would lose or what we cannot hold: a comment that
    belongs to no unit, plurals, control characters, a charset other than UTF-8. With `doubled` a
    unit may stand more than once.
    """
    if len(data) > _AT_ONCE and b"\r" not in data and data.count(b"\nmsgid ") <= MOST_UNITS:
        with suppress(BadFile):  # what is wrong is told below, with its place in all of the file
            return _catalog(map(_decoded, _cut(data)), doubled=doubled)
    text = _decoded(data)
    try:
        return _catalog((text,), doubled=doubled)
    except BadFile:
        # no line of a sound file begins like one, so whatever else was met is due to it
        if marker := conflict_marker(text):
            raise marker from None
        raise


def read_foreign_po(data: bytes) -> Iterator[tuple[Unit, int, tuple[str, ...]]]:
    """The units of a PO file of another program, their lines, and all words of their references.

    There need be no header, and a text may be there twice. Raises BadFile as `read_po` does for
    what is no PO, in no UTF-8, or a plural.
    """
    text = _decoded(data)
    line, position = 1, 0
    for entry in entries(text):
        line += text.count("\n", position, entry.start)
        position = entry.start
        if entry.says(SOURCE) or CONTEXT in entry.fields:
            words = (word for said in entry.comments.get(":", ()) for word in said.split())
            yield _unit(entry), line, tuple(words)


def language_of_po(data: bytes) -> str:
    """What the header of any PO file says of its language, as a tag; "" where it says nothing."""
    first = next(entries(_decoded(data)), None)
    if first is None or first.says(SOURCE) or CONTEXT in first.fields:
        return ""
    try:
        said = dict(parse_fields(first.says(TARGET))).get("Language", "")
    except ValueError:
        return ""
    return said.replace("_", "-").partition("@")[0]


def unit_lines(data: bytes) -> dict[Key, int]:
    """The line, from 1, at which each active unit of a file begins: its msgctxt, or its msgid.

    Raises BadFile where the file cannot be cut into units.
    """
    text = _decoded(data)
    lines: dict[Key, int] = {}
    line, position = 1, 0
    for entry in entries(text):
        line += text.count("\n", position, entry.start)
        position = entry.start
        if not entry.obsolete:
            lines[entry.says(CONTEXT), entry.says(SOURCE)] = line
    lines.pop(("", ""), None)  # the header
    return lines


def units_in(block: bytes) -> tuple[Unit, ...]:
    """The units of a part of a file, the header left out; none where it cannot be read alone."""
    try:
        found = entries(_decoded(block))
        return tuple(_unit(entry) for entry in found if entry.says(SOURCE))
    except BadFile:
        return ()


def _decoded(data: bytes) -> str:
    try:
        text = data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        raise not_utf8(data, error) from None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if found := CONTROL.search(text):
        message = f"control character U+{ord(found[0]):04X}"
        raise bad(text, found.start(), "po-control-character", message, mend="delete it")
    if text.count("\nmsgid ") > MOST_UNITS:
        message = f"it has more than {MOST_UNITS:,} units"
        mend = 'have a file for each term: catalog = "locales/{locale}/{slug}.po"'
        raise BadFile("too-large", message, mend=mend)
    return text


def _cut(data: bytes) -> Iterator[bytes]:
    """A file in pieces, each with whole units, unless there is something wrong with one of them."""
    start = 0
    while start < len(data):
        end = _end_of_unit(data, start + _AT_ONCE)
        yield data[start:end]
        start = end


def _end_of_unit(data: bytes, start: int) -> int:
    """Where the first unit ends behind a place: before a blank line; the end of all at the latest.

    What goes on behind that line is no unit by itself, and refused.
    """
    found = data.find(_END, start)
    while found >= 0:
        if data.startswith(_LAST_LINES, data.rfind(b"\n", 0, found) + 1):
            return found + 2
        found = data.find(_END, found + 1)
    return len(data)


def _catalog(texts: Iterable[str], *, doubled: bool) -> Catalog:
    found = chain.from_iterable(map(entries, texts))
    first = next(found, None)
    if first is None:
        raise BadFile("po-empty", "the file holds nothing", mend="restore it from version control")
    header = _header(first)
    positions: dict[Key, int] = {}
    units = []
    for entry in found:
        unit = _unit(entry)
        if unit.key in positions and not doubled:
            raise _duplicate(entry.text, entry.start, positions[unit.key])
        positions[unit.key] = entry.start
        units.append(unit)
    units.sort(key=lambda unit: unit.obsolete)
    return Catalog(tuple(units), header, _header_comments(first))


def _duplicate(text: str, second: int, first: int) -> BadFile:
    line, _ = place_in(text, first)
    return bad(
        text,
        second,
        "po-duplicate-unit",
        f"line {line} has the same msgctxt and msgid",
        mend="keep one of the two; of an obsolete one (#~) and another, the other",
    )


def _header(entry: Entry) -> Fields:
    if CONTEXT in entry.fields or entry.obsolete or entry.says(SOURCE):
        raise _no_header(entry)
    try:
        fields = parse_fields(entry.says(TARGET))
    except ValueError as error:
        start = start_of(entry.fields[TARGET])
        raise bad(
            entry.text, start, "po-bad-header", f"a header line without colon: {error}"
        ) from None
    found = charset(fields)
    if found.lower() != "utf-8":
        raise _wrong_charset(entry.text, entry.start, found)
    return fields


def _header_comments(entry: Entry) -> tuple[str, ...]:
    comments = _comments(entry)
    return comments if any(comments) else ()


def _no_header(entry: Entry) -> BadFile:
    if later := _HEADER.search(entry.text, entry.fields[TARGET].end()):
        return bad(
            entry.text,
            later.start(),
            "po-header-not-first",
            "the header stands below a unit",
            mend="move it to the top of the file",
        )
    return bad(
        entry.text,
        entry.start,
        "po-no-header",
        "the first entry is not the header",
        mend='add msgid "" with Language and Content-Type in its msgstr, without msgctxt',
    )


def _wrong_charset(text: str, start: int, found: str) -> BadFile:
    if not found or found == "CHARSET" or found.strip(";,.").lower() == "utf-8":
        mend = 'the header needs "Content-Type: text/plain; charset=UTF-8\\n"'
        what = f"the header says charset {found}" if found else "the header names no charset"
        return bad(text, start, "po-charset", what, mend=mend)
    return bad(
        text,
        max(start, text.find("charset=", start)),
        "po-charset",
        f"the header says charset {found}",
        mend="convert the file with msgconv -t UTF-8",
    )


def _unit(entry: Entry) -> Unit:
    target = entry.says(TARGET)
    flags = _flags(entry)
    ours = entry.comments if not entry.obsolete else {}
    origin, review, notes = extracted(ours.get(".", ()))
    unit = Unit(
        context=intern(entry.says(CONTEXT)),  # a term has many units
        source=entry.says(SOURCE),
        target=target,
        reviewed=bool(target) and FUZZY not in flags,
        origin=origin if target else None,
        previous=_previous(entry, PREVIOUS),
        previous_context=_previous(entry, PREVIOUS_CONTEXT),
        notes=notes,
        comments=_comments(entry),
        path=intern(path_of(ours.get(":", ()))),
        flags=tuple(flag for flag in flags if flag != FUZZY),
        obsolete=entry.obsolete,
        review=review,
    )
    _refuse_half_a_key(entry, unit)
    return unit if not review or unit.reviewer else replace(unit, review=None)


def _refuse_half_a_key(entry: Entry, unit: Unit) -> None:
    if not unit.source:
        message = "a unit with an empty msgid" if unit.context else "a second header"
        raise bad(entry.text, entry.start, "po-empty-msgid", message, mend="delete it")
    if not unit.context and CONTEXT in entry.fields:
        raise bad(
            entry.text, entry.start, "po-empty-msgctxt", "an empty msgctxt", mend="delete the line"
        )


def _previous(entry: Entry, place: int) -> str | None:
    return entry.says(place) if place in entry.fields and not entry.obsolete else None


def _flags(entry: Entry) -> tuple[str, ...]:
    # gettext 0.25 and later write all flags but `fuzzy` on lines of their own, `#=`
    return flags_of([*entry.comments.get(",", ()), *entry.comments.get("=", ())])


def _comments(entry: Entry) -> tuple[str, ...]:
    return tuple(map(translator_text, entry.comments.get("", ())))
