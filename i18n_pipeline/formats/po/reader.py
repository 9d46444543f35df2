"""PO bytes → `Catalog`, strictly: a file that could lose somebody's words is refused.

Three steps: text, entries, units. One regular expression finds all tokens, so that a catalog of
10,000 units takes a fraction of a second. diagnosis.py finds the words for what is no token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.places import place_in
from i18n_pipeline.formats.po.comments import (
    FUZZY,
    flags_of,
    origin_and_notes,
    path_of,
    translator_text,
)
from i18n_pipeline.formats.po.diagnosis import bad, bad_line, conflict_marker, not_utf8
from i18n_pipeline.formats.po.header import Fields, charset, parse_fields
from i18n_pipeline.formats.po.syntax import CONTROL, STRING, bad_escape, unquoted
from i18n_pipeline.model import Catalog, Key, Unit

_BOM = b"\xef\xbb\xbf"

_TOKEN = re.compile(
    rf"""
      [ \t]*+
      (?P<mark> (?: \#~\|? | \#\| )?+ ) [ \t]*+
      (?P<keyword> msgctxt | msgid | msgstr ) [ \t]*+
      (?P<strings> {STRING} (?: [ \t]*+ \n [ \t\n]*+ (?P=mark) [ \t]*+ {STRING} )* )
      [ \t]*+ (?: \n | \Z )
    | [ \t]*+ \# (?![~|]) (?P<sigil> [.:,=]? ) (?P<comment> [^\n]*+ ) (?: \n | \Z )
    | [ \t]*+ (?: \#~ [ \t]*+ )?+ (?: \n | \Z )
    | (?P<garbage> [^\n]++ )
    """,
    re.VERBOSE,
)
_HEADER = re.compile(r'^msgid[ \t]*""[ \t]*\nmsgstr', re.MULTILINE)

_PREVIOUS_CONTEXT, _PREVIOUS, _CONTEXT, _SOURCE, _TARGET = range(1, 6)
_PLACES = {
    "#|msgctxt": _PREVIOUS_CONTEXT,
    "#~|msgctxt": _PREVIOUS_CONTEXT,
    "#|msgid": _PREVIOUS,
    "#~|msgid": _PREVIOUS,
    "msgctxt": _CONTEXT,
    "#~msgctxt": _CONTEXT,
    "msgid": _SOURCE,
    "#~msgid": _SOURCE,
    "msgstr": _TARGET,
    "#~msgstr": _TARGET,
}

Token = re.Match[str]


class _Entry:
    """The tokens of one unit: fields by their place, comments by the sign after their `#`.

    Filled in file order by `_entries`; `place` is that of the last field so far, and the places
    must rise.
    """

    __slots__ = ("comments", "fields", "obsolete", "place")

    def __init__(self) -> None:
        self.comments: dict[str, list[str]] = {}
        self.fields: dict[int, Token] = {}
        self.place = 0
        self.obsolete = False

    @property
    def start(self) -> int:
        """Where it stands in the text: at its msgctxt, or else its msgid."""
        return _at(self.fields.get(_CONTEXT) or self.fields[_SOURCE])


def read_po(data: bytes) -> Catalog:
    """The units of a PO file, active ones in file order, then obsolete ones; and its header.

    A BOM and CRLF line ends are accepted and not kept. Raises BadFile, with line and column, for
    whatever gettext refuses, and for what it would lose or what we cannot hold: a comment that
    belongs to no unit, plurals, control characters, a charset other than UTF-8.
    """
    text = _decoded(data)
    try:
        return _catalog(text)
    except BadFile:
        # no line of a sound file begins like one, so whatever else was met is due to it
        if marker := conflict_marker(text):
            raise marker from None
        raise


def unit_lines(data: bytes) -> dict[Key, int]:
    """The line, from 1, at which each active unit of a file begins: its msgctxt, or its msgid.

    Raises BadFile where the file cannot be cut into units.
    """
    text = _decoded(data)
    lines: dict[Key, int] = {}
    line, position = 1, 0
    for entry in _entries(text):
        line += text.count("\n", position, entry.start)
        position = entry.start
        if not entry.obsolete:
            lines[_text(text, entry, _CONTEXT), _text(text, entry, _SOURCE)] = line
    lines.pop(("", ""), None)  # the header
    return lines


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
    return text


def _catalog(text: str) -> Catalog:
    entries = _entries(text)
    first = next(entries, None)
    if first is None:
        raise BadFile("po-empty", "the file holds nothing", mend="restore it from version control")
    header = _header(text, first)
    positions: dict[Key, int] = {}
    units = []
    for entry in entries:
        unit = _unit(text, entry)
        if unit.key in positions:
            raise _duplicate(text, entry.start, positions[unit.key])
        positions[unit.key] = entry.start
        units.append(unit)
    units.sort(key=lambda unit: unit.obsolete)
    return Catalog(tuple(units), header, _header_comments(first))


def _entries(text: str) -> Iterator[_Entry]:
    entry = _Entry()
    for token in _TOKEN.finditer(text):
        mark, keyword, _, sigil, comment, garbage = token.groups()
        if keyword:
            _add_field(text, entry, token, mark + keyword)
            if keyword == "msgstr":
                yield entry
                entry = _Entry()
        elif comment is not None:
            if entry.fields or comment.endswith("\\"):
                raise _bad_comment(text, entry, token)
            entry.comments.setdefault(sigil, []).append(comment)
        elif garbage:
            raise bad_line(text, token.start())
    _refuse_rest(text, entry)


def _add_field(text: str, entry: _Entry, token: Token, name: str) -> None:
    place = _PLACES.get(name, 0)
    if place == _TARGET and entry.place != _SOURCE:
        raise bad(text, _at(token), "po-missing-msgid", "msgstr without a msgid before it")
    if entry.place == _PREVIOUS_CONTEXT and place != _PREVIOUS:
        raise _incomplete(text, entry)
    if place <= entry.place:
        raise _incomplete(text, entry) if entry.place >= _CONTEXT else bad_line(text, token.start())
    obsolete = name.startswith("#~")
    if entry.fields and obsolete != entry.obsolete:
        raise bad(
            text,
            _at(token),
            "po-mixed-obsolete",
            "a unit that is obsolete (#~) in part",
            mend="put #~ before all of its lines, or before none",
        )
    entry.place, entry.obsolete = place, obsolete
    entry.fields[place] = token


def _incomplete(text: str, entry: _Entry) -> BadFile:
    missing = "msgstr" if entry.place == _SOURCE else "msgid"
    return bad(
        text,
        _at(entry.fields[entry.place]),
        f"po-missing-{missing}",
        f"a unit without {missing}",
        mend=f"add the {missing}, or delete the unit",
    )


def _bad_comment(text: str, entry: _Entry, token: Token) -> BadFile:
    if entry.place >= _CONTEXT:
        return _incomplete(text, entry)
    if entry.fields:
        message, mend = "a comment below the #| of its unit", "move it above the #|"
        return bad(text, token.start(), "po-misplaced-comment", message, mend=mend)
    return bad(
        text,
        token.end("comment") - 1,
        "po-comment-backslash",
        "a comment with a backslash at its end: gettext takes the next line for a part of it",
        mend="write something after the backslash",
    )


def _refuse_rest(text: str, entry: _Entry) -> None:
    if entry.fields:
        raise _incomplete(text, entry)
    if any(map(str.strip, entry.comments.get("", ()))):
        raise bad(
            text,
            text.rstrip().rfind("\n") + 1,
            "po-stray-comment",
            "a comment at the end of the file belongs to no unit",
            mend="move it above the unit it is about, or delete it",
        )


def _duplicate(text: str, second: int, first: int) -> BadFile:
    line, _ = place_in(text, first)
    return bad(
        text,
        second,
        "po-duplicate-unit",
        f"line {line} has the same msgctxt and msgid",
        mend="keep one of the two; of an obsolete one (#~) and another, the other",
    )


def _header(text: str, entry: _Entry) -> Fields:
    if _CONTEXT in entry.fields or entry.obsolete or _text(text, entry, _SOURCE):
        raise _no_header(text, entry)
    try:
        fields = parse_fields(_text(text, entry, _TARGET))
    except ValueError as error:
        start = _at(entry.fields[_TARGET])
        raise bad(text, start, "po-bad-header", f"a header line without colon: {error}") from None
    found = charset(fields)
    if found.lower() != "utf-8":
        raise _wrong_charset(text, entry.start, found)
    return fields


def _header_comments(entry: _Entry) -> tuple[str, ...]:
    comments = _comments(entry)
    return comments if any(comments) else ()


def _no_header(text: str, entry: _Entry) -> BadFile:
    if later := _HEADER.search(text, entry.fields[_TARGET].end()):
        return bad(
            text,
            later.start(),
            "po-header-not-first",
            "the header stands below a unit",
            mend="move it to the top of the file",
        )
    return bad(
        text,
        entry.start,
        "po-no-header",
        "the first entry is not the header",
        mend='add msgid "" with Language and Content-Type in its msgstr, without msgctxt',
    )


def _wrong_charset(text: str, start: int, found: str) -> BadFile:
    if not found or found == "CHARSET":
        mend = 'the header needs "Content-Type: text/plain; charset=UTF-8\\n"'
        return bad(text, start, "po-charset", "the header names no charset", mend=mend)
    return bad(
        text,
        max(start, text.find("charset=", start)),
        "po-charset",
        f"the header says charset {found}",
        mend="convert the file with msgconv -t UTF-8",
    )


def _unit(text: str, entry: _Entry) -> Unit:
    target = _text(text, entry, _TARGET)
    flags = _flags(entry)
    ours = entry.comments if not entry.obsolete else {}
    origin, notes = origin_and_notes(ours.get(".", ()))
    unit = Unit(
        context=_text(text, entry, _CONTEXT),
        source=_text(text, entry, _SOURCE),
        target=target,
        reviewed=bool(target) and FUZZY not in flags,
        origin=origin if target else None,
        previous=_previous(text, entry, _PREVIOUS),
        previous_context=_previous(text, entry, _PREVIOUS_CONTEXT),
        notes=notes,
        comments=_comments(entry),
        path=path_of(ours.get(":", ())),
        flags=tuple(flag for flag in flags if flag != FUZZY),
        obsolete=entry.obsolete,
    )
    _refuse_half_a_key(text, entry, unit)
    return unit


def _refuse_half_a_key(text: str, entry: _Entry, unit: Unit) -> None:
    if not unit.source:
        message = "a unit with an empty msgid" if unit.context else "a second header"
        raise bad(text, entry.start, "po-empty-msgid", message, mend="delete it")
    if not unit.context and _CONTEXT in entry.fields:
        raise bad(text, entry.start, "po-empty-msgctxt", "an empty msgctxt", mend="delete the line")


def _previous(text: str, entry: _Entry, place: int) -> str | None:
    return _text(text, entry, place) if place in entry.fields and not entry.obsolete else None


def _flags(entry: _Entry) -> tuple[str, ...]:
    # gettext 0.25 and later write all flags but `fuzzy` on lines of their own, `#=`
    return flags_of([*entry.comments.get(",", ()), *entry.comments.get("=", ())])


def _comments(entry: _Entry) -> tuple[str, ...]:
    return tuple(map(translator_text, entry.comments.get("", ())))


def _text(text: str, entry: _Entry, place: int) -> str:
    token = entry.fields.get(place)
    if token is None:
        return ""
    try:
        return unquoted(token["strings"])
    except ValueError:
        start = token.start("strings") + bad_escape(token["strings"])
        raise bad(
            text,
            start,
            "po-unknown-escape",
            f"unknown escape {text[start : start + 2]}",
            mend="a backslash is written \\\\",
        ) from None


def _at(token: Token) -> int:
    return token.start("mark")
