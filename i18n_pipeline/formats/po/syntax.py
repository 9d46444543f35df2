"""PO strings: quoting, escapes, and which characters a PO file may hold.

Sources of fact: gettext 0.21 (msgcat, msgfmt) and polib 1.2.0, as the tests run them.
"""

from __future__ import annotations

import re

from i18n_pipeline.errors import I18nError
from i18n_pipeline.expressions import expression

STRING = r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
"""A quoted string on one line, as a regular expression."""

CONTROL = expression(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]")
"""Characters that never stand in a PO file as they are.

U+0085, U+2028 and U+2029 may: gettext has no stable way to escape them, msgcat writes them as
they are, and polib keeps them when it reads from a file (not from a `str`, which it splits there).
"""

_ESCAPES = {
    "\\": r"\\",
    '"': r"\"",
    "\a": r"\a",
    "\b": r"\b",
    "\t": r"\t",
    "\n": r"\n",
    "\v": r"\v",
    "\f": r"\f",
    "\r": r"\r",
}
_PLAIN = {escaped: plain for plain, escaped in _ESCAPES.items()}

_NOT_PLAIN = expression(r'["\\\x00-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]')
_SEAM = expression(r'"[ \t]*+\n[^"]*+"')
_CODE = r"(?:[0-7]{1,3}|x[0-9A-Fa-f]++)"
_ESCAPE = expression(rf"\\(?:{_CODE}(?:\\{_CODE})*|.)")
_NUMBER = expression(r"\\(?:x([0-9A-Fa-f]+)|([0-7]+))")


def quoted(keyword: str, text: str, mark: str = "") -> str:
    """The lines of one PO field: `msgid "…"`, or `msgid ""` and a line per line of the text.

    `mark` stands before every line (`#| `, `#~ `). Raises I18nError for a character that PO cannot
    hold: reading terms, catalogs and answers keeps them out, so that is a bug of ours.
    """
    if "\n" not in text[:-1]:
        return f'{mark}{keyword} "{_escaped(text)}"'
    *lines, last = text.split("\n")
    rows = [f"{line}\n" for line in lines] + ([last] if last else [])
    written = "".join(f'\n{mark}"{_escaped(row)}"' for row in rows)
    return f'{mark}{keyword} ""{written}'


def unquoted(strings: str) -> str:
    """The text of strings joined by line ends and marks. Raises ValueError: see `bad_escape`."""
    text = strings[1:-1]
    if "\\" not in text:
        return _SEAM.sub("", text) if "\n" in text else text
    return "".join(_ESCAPE.sub(_plain, part) for part in _SEAM.split(text))


def bad_escape(strings: str) -> int:
    """Where in `strings` the first escape stands that `unquoted` refused."""
    return next(found.start() for found in _ESCAPE.finditer(strings) if not _is_known(found))


def _is_known(escape: re.Match[str]) -> bool:
    try:
        _plain(escape)
    except ValueError:
        return False
    return True


def _escaped(text: str) -> str:
    return _NOT_PLAIN.sub(_escape, text) if _NOT_PLAIN.search(text) else text


def _escape(found: re.Match[str]) -> str:
    escaped = _ESCAPES.get(found[0])
    if escaped is None:
        raise I18nError(f"U+{ord(found[0]):04X} cannot be written to a PO file")
    return escaped


def _plain(escape: re.Match[str]) -> str:
    plain = _PLAIN.get(escape[0])
    return plain if plain is not None else _from_numbers(escape[0])


def _from_numbers(escapes: str) -> str:
    """The text that octal and hexadecimal escapes spell: bytes of UTF-8, as gettext reads them."""
    numbers = _NUMBER.findall(escapes)
    if not numbers:
        raise ValueError(escapes)
    data = bytes(int(hexa, 16) if hexa else int(octal, 8) for hexa, octal in numbers)
    text = data.decode("utf-8")
    if _NOT_PLAIN.search(text) and not all(char in _ESCAPES for char in _NOT_PLAIN.findall(text)):
        raise ValueError(escapes)
    return text
