"""Why a PO file cannot be read: the words, the line and the column of each `BadFile`."""

from __future__ import annotations

import re

from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.markers import unresolved
from i18n_pipeline.formats.places import place_in
from i18n_pipeline.formats.po.syntax import STRING

_CONTEXT = expression(r'^(?:#~ )?msgctxt "([^"\\\n]+)"', re.MULTILINE)
_CHARSET = expression(rb"charset=([\w.:-]+)")
_PLURAL = expression(r"(?:\#~?\|?)?[ \t]*(?:msgid_plural\b|msgstr\[)")
_PREFIX = expression(r"[ \t]*(?:\#~\|?|\#\|)?[ \t]*(?:(msgctxt|msgid|msgstr)(?!\w)[ \t]*)?")
_ONE_STRING = expression(STRING)
_QUOTE = expression(r'(?<!\\)"')

_CLOSE = 'every string stands between two ", on one line; " inside it is written \\"'


def bad(text: str, position: int, code: str, message: str, *, mend: str = "") -> BadFile:
    """The error at a position of the text, as line and column."""
    line, column = place_in(text, position)
    return BadFile(code, message, mend=mend, line=line, column=column)


def conflict_marker(text: str) -> BadFile | None:
    """The error for the first conflict that git left, if there is one."""
    return unresolved(text, _last_context)


def _last_context(part: str) -> str:
    return next((found[1] for found in reversed([*_CONTEXT.finditer(part)])), "")


def not_utf8(data: bytes, error: UnicodeDecodeError) -> BadFile:
    """The error for bytes that are not UTF-8, or for the charset that the header names instead."""
    offset = len(data) - len(error.object) + error.start
    before = data[:offset].decode("utf-8-sig")
    named = _CHARSET.search(data)
    if named and named[1].lower() != b"utf-8":
        place = data[: named.start()].decode("utf-8", "replace")
        return bad(
            place,
            len(place),
            "po-charset",
            f"the header says charset {named[1].decode('ascii', 'replace')}",
            mend="convert the file with msgconv -t UTF-8",
        )
    return bad(
        before,
        len(before),
        "not-utf-8",
        f"byte 0x{data[offset]:02X} at offset {offset} is not UTF-8",
        mend="save the file as UTF-8",
    )


def bad_line(text: str, position: int) -> BadFile:
    """The error for a line that is no part of a PO file."""
    line = text[position:].partition("\n")[0]
    start = position + len(line) - len(line.lstrip())
    if _PLURAL.match(line.lstrip()):
        return bad(
            text,
            start,
            "po-plural",
            "plural forms are not supported",
            mend="write the unit with one msgid and one msgstr",
        )
    keyword, rest, after = _split(line, position)
    if rest.startswith('"'):
        return _bad_string(text, after, rest)
    if keyword:
        return bad(text, after, "po-unopened-string", f'no " after {keyword}', mend=_CLOSE)
    if rest.endswith('"') and len(_QUOTE.findall(rest)) == 1:
        return bad(text, start, "po-unopened-string", 'a string without its first "', mend=_CLOSE)
    return bad(
        text,
        start,
        "po-unexpected-line",
        f"this is no line of a PO file: {line.strip()[:40]}",
        mend="delete it, or put # before it",
    )


def _split(line: str, position: int) -> tuple[str, str, int]:
    """The keyword of a line, what follows it, and where in the text that is."""
    prefix = _PREFIX.match(line)
    end = prefix.end() if prefix else 0
    return (prefix[1] or "") if prefix else "", line[end:].rstrip(), position + end


def _bad_string(text: str, position: int, rest: str) -> BadFile:
    string = _ONE_STRING.match(rest)
    if not string:
        return bad(
            text, position, "po-unterminated-string", 'a string without its last "', mend=_CLOSE
        )
    if string[0] == rest:
        return bad(
            text, position, "po-stray-string", "a string that belongs to no field", mend=_CLOSE
        )
    return bad(
        text, position + string.end() - 1, "po-unescaped-quote", 'a " inside a string', mend=_CLOSE
    )
