"""Lines of one text joined and kept apart: soft breaks fold away, hard breaks stay."""

from __future__ import annotations

import re
from collections.abc import Iterable

from i18n_pipeline.expressions import expression

_SPACELESS = expression(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u303f\u3040-\u30ff\u3100-\u312f"
    "\u3190-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60"
    "\U00020000-\U0003ffff]"
)
_FIRST_SPACELESS = "\u0e00"
_LINE_END = expression(r"\r?\n")
_BLANKS = " \t"
_HARD = expression(r"(?:(?<! ) {2,}|(?<!\\)(?:\\\\)*\\)\Z")
_MARKER = expression(
    r"(?:(?P<number>\d{1,9})[.)]|[-+*]|#{1,6}|(?P<quote>>))(?(quote)|(?=[ \t\n]|\Z))"
)


def fold(left: str, right: str) -> str:
    """What a soft line break between two lines becomes: nothing inside spaceless scripts."""
    if not left or not right or left[-1] < _FIRST_SPACELESS or right[0] < _FIRST_SPACELESS:
        return " "
    return "" if _SPACELESS.match(left[-1]) and _SPACELESS.match(right[0]) else " "


def is_hard_break(line: str) -> bool:
    """Whether a line that another follows ends in a hard break."""
    return bool(_HARD.search(line))


def joined(first: str, rest: Iterable[tuple[str, str]]) -> str:
    """A line and further ones, each with the break before it: "" is a soft one and folds."""
    parts = [first]
    for mark, line in rest:
        if mark:
            parts += [mark, line]
            continue
        parts[-1] = left = parts[-1].rstrip(_BLANKS)
        right = line.lstrip(_BLANKS)
        parts += [fold(left, right), right]
    return "".join(parts)


def folded(text: str) -> str:
    """The text as it is read back from a paragraph: soft breaks folded, hard ones kept."""
    if "\n" not in text:
        return text.strip(_BLANKS)
    first, *rest = _lines(text)
    marks = ["\n" if is_hard_break(line) else "" for line in (first, *rest)]
    return joined(first, zip(marks, rest, strict=False))


def unbroken(text: str) -> str:
    """The text on one line, hard breaks folded too: what a heading or a table cell can hold."""
    if "\n" not in text:
        return text.strip(_BLANKS)
    *broken, last = _lines(text)
    first, *rest = [*(_HARD.sub(_without_break, line) for line in broken), last]
    return joined(first, [("", line) for line in rest])


def _lines(text: str) -> list[str]:
    """The lines that are not blank, without indentation; a break after the last is none."""
    lines = [line.lstrip(_BLANKS) for line in _LINE_END.split(text)]
    *lines, last = [line for line in lines if line] or [""]
    return [*lines, last.rstrip(_BLANKS)]


def _without_break(found: re.Match[str]) -> str:
    return found.group().removesuffix("\\").rstrip(" ")


def guarded(text: str) -> str:
    """The text with what would begin a list, a heading or a quote at its start escaped.

    `2024. gadā` (in 2024) is a sentence in Latvian and an ordered list in Markdown.
    """
    found = _MARKER.match(text)
    if not found:
        return text
    at = found.end("number") if found["number"] else 0
    return f"{text[:at]}\\{text[at:]}"
