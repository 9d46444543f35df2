"""PO text cut into entries: the tokens of one unit each, or of the header; what is none is refused.

One regular expression finds all tokens, so that a catalog of 10,000 units takes a fraction of a
second. diagnosis.py finds the words for what is no token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.po.diagnosis import bad, bad_line
from i18n_pipeline.formats.po.syntax import STRING, bad_escape, unquoted

_TOKEN = expression(
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

PREVIOUS_CONTEXT, PREVIOUS, CONTEXT, SOURCE, TARGET = range(1, 6)
_PLACES = {
    "#|msgctxt": PREVIOUS_CONTEXT,
    "#~|msgctxt": PREVIOUS_CONTEXT,
    "#|msgid": PREVIOUS,
    "#~|msgid": PREVIOUS,
    "msgctxt": CONTEXT,
    "#~msgctxt": CONTEXT,
    "msgid": SOURCE,
    "#~msgid": SOURCE,
    "msgstr": TARGET,
    "#~msgstr": TARGET,
}

Token = re.Match[str]


class Entry:
    """The tokens of one unit: fields by their place, comments by the sign after their `#`.

    Filled in file order by `entries`; `place` is that of the last field so far, and the places
    must rise.
    """

    __slots__ = ("comments", "fields", "obsolete", "place", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.comments: dict[str, list[str]] = {}
        self.fields: dict[int, Token] = {}
        self.place = 0
        self.obsolete = False

    @property
    def start(self) -> int:
        """Where it stands in the text: at its msgctxt, or else its msgid."""
        return start_of(self.fields.get(CONTEXT) or self.fields[SOURCE])

    def says(self, place: int) -> str:
        """The text of a field, "" where it is not there. Raises BadFile for an unknown escape."""
        token = self.fields.get(place)
        if token is None:
            return ""
        try:
            return unquoted(token["strings"])
        except ValueError:
            raise _unknown_escape(token) from None


def entries(text: str) -> Iterator[Entry]:
    """The entries of a text, the header's first. Raises BadFile for what is no PO."""
    entry = Entry(text)
    for token in _TOKEN.finditer(text):
        mark, keyword, _, sigil, comment, garbage = token.groups()
        if keyword:
            _add_field(entry, token, mark + keyword)
            if keyword == "msgstr":
                yield entry
                entry = Entry(text)
        elif comment is not None:
            if entry.fields or comment.endswith("\\"):
                raise _bad_comment(entry, token)
            entry.comments.setdefault(sigil, []).append(comment)
        elif garbage:
            raise bad_line(text, token.start())
    _refuse_rest(entry)


def _add_field(entry: Entry, token: Token, name: str) -> None:
    place = _PLACES.get(name, 0)
    if place == TARGET and entry.place != SOURCE:
        raise bad(
            entry.text,
            start_of(token),
            "po-missing-msgid",
            "msgstr without a msgid before it",
            mend="write the msgid above it, or delete the unit",
        )
    if entry.place == PREVIOUS_CONTEXT and place != PREVIOUS:
        raise _incomplete(entry)
    if place <= entry.place:
        raise _incomplete(entry) if entry.place >= CONTEXT else bad_line(entry.text, token.start())
    obsolete = name.startswith("#~")
    if entry.fields and obsolete != entry.obsolete:
        raise bad(
            entry.text,
            start_of(token),
            "po-mixed-obsolete",
            "a unit that is obsolete (#~) in part",
            mend="put #~ before all of its lines, or before none",
        )
    entry.place, entry.obsolete = place, obsolete
    entry.fields[place] = token


def _incomplete(entry: Entry) -> BadFile:
    missing = "msgstr" if entry.place == SOURCE else "msgid"
    return bad(
        entry.text,
        start_of(entry.fields[entry.place]),
        f"po-missing-{missing}",
        f"a unit without {missing}",
        mend=f"add the {missing}, or delete the unit",
    )


def _bad_comment(entry: Entry, token: Token) -> BadFile:
    if entry.place >= CONTEXT:
        return _incomplete(entry)
    if entry.fields:
        message, mend = "a comment below the #| of its unit", "move it above the #|"
        return bad(entry.text, token.start(), "po-misplaced-comment", message, mend=mend)
    return bad(
        entry.text,
        token.end("comment") - 1,
        "po-comment-backslash",
        "a comment with a backslash at its end: gettext takes the next line for a part of it",
        mend="write something after the backslash",
    )


def _refuse_rest(entry: Entry) -> None:
    if entry.fields:
        raise _incomplete(entry)
    if any(map(str.strip, entry.comments.get("", ()))):
        raise bad(
            entry.text,
            entry.text.rstrip().rfind("\n") + 1,
            "po-stray-comment",
            "a comment at the end of the file belongs to no unit",
            mend="move it above the unit it is about, or delete it",
        )


def _unknown_escape(token: Token) -> BadFile:
    start = token.start("strings") + bad_escape(token["strings"])
    return bad(
        token.string,
        start,
        "po-unknown-escape",
        f"unknown escape {token.string[start : start + 2]}",
        mend="a backslash is written \\\\",
    )


def start_of(token: Token) -> int:
    """Where a token stands in the text, without the blanks before it."""
    return token.start("mark")
