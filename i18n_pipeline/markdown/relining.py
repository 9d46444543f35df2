"""A changed text in the lines of the one before: breaks stay where the words around them do.

Many write one sentence a line. A corrected word is then one line of a diff, not the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from i18n_pipeline.expressions import expression
from i18n_pipeline.markdown.folding import fold, is_hard_break
from i18n_pipeline.values import dataclass

_BREAK = expression(r"[ \t]*\r?\n[ \t>]*")
_TOKEN = expression(r"[ \t]+|[^\W\u0e00-\U0010ffff]+|.", re.DOTALL)
_BEGINS_A_BLOCK = expression(r"[-+=>|<:{#]|```|~~~|\$\$|\[\^|\d{1,9}[.)]|\*[ \t]|[*_ \t]+(?:\n|\Z)")
_COMPARED = 1_000_000
"""Most pairs of words that are compared; a longer text is written in one line."""


@dataclass(frozen=True, slots=True)
class _Break:
    """A soft break of the old text: where it folds away, to what, and how it was written."""

    at: int
    folds_to: str
    written: str


def relined(raw: str, source: str, text: str) -> list[str] | None:
    """A text in pieces, and between them the line breaks of the raw text that it replaces.

    `source` is the raw text folded, `text` a folded one. None where nothing is to be kept.
    """
    if "\n" not in raw:
        return None
    old, breaks = _unlined(raw)
    a, b = _TOKEN.findall(old), _TOKEN.findall(text)
    if not breaks or old != source or len(a) * len(b) > _COMPARED:
        return None
    cuts = dict(_cuts(breaks, (old, a), (text, b)))
    return list(_pieces(text, cuts)) if cuts else None


def _unlined(raw: str) -> tuple[str, list[_Break]]:
    """A raw text folded, hard breaks kept, and the soft ones."""
    parts: list[str] = []
    breaks: list[_Break] = []
    length = start = 0
    for found in _BREAK.finditer(raw):
        newline = raw.index("\n", found.start())
        line = raw[start:newline].removesuffix("\r")
        start = found.end()
        if is_hard_break(line):
            part = f"{line}\n"
        else:
            line = line.rstrip(" \t")
            folds_to = fold(line, raw[start : start + 1])
            breaks.append(_Break(length + len(line), folds_to, found.group()))
            part = line + folds_to
        parts.append(part)
        length += len(part)
    return "".join([*parts, raw[start:]]), breaks


Words = tuple[str, Sequence[str]]
"""A text and its words."""


def _cuts(
    breaks: Sequence[_Break], old: Words, new: Words
) -> Iterator[tuple[tuple[int, int], str]]:
    """Where the new text is cut, as character ranges that a break takes the place of."""
    (was, a), (text, b) = old, new
    starts_a = {start: at for at, start in enumerate([0, *accumulate(map(len, a))])}
    starts_b = [0, *accumulate(map(len, b))]
    same = _same_words(a, b)
    last = 0
    for one in breaks:
        at = starts_a.get(one.at)
        place = None if at is None else _place(at, one, same, b)
        if place is None:
            continue
        start, end = starts_b[place], starts_b[place] + len(one.folds_to)
        begins = _begins(text, end)
        as_before = not begins or begins == _begins(was, one.at + len(one.folds_to))
        if last < start and end < len(text) and as_before:
            yield (start, end), one.written
            last = end


def _begins(text: str, at: int) -> str:
    """What could begin another block at the beginning of a line, with what follows; "" for none."""
    found = _BEGINS_A_BLOCK.match(text, at)
    return text[at : found.end() + 12] if found else ""


def _place(at: int, one: _Break, same: Mapping[int, int], b: Sequence[str]) -> int | None:
    """The word of the new text at which it breaks: a blank one, or the one behind the break."""
    blank = len(one.folds_to)
    after, before = same.get(at - 1), same.get(at + blank)
    for place in (
        None if after is None else after + 1,
        None if before is None else before - blank,
    ):
        if place is None or not 0 < place < len(b) - blank:
            continue
        folds = fold(b[place - 1], b[place + blank]) == one.folds_to and b[place - 1] != "\\"
        if folds and (not blank or b[place] == " "):
            return place
    return None


def _same_words(a: Sequence[str], b: Sequence[str]) -> Mapping[int, int]:
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return {
        i + step: j + step for i, j, size in matcher.get_matching_blocks() for step in range(size)
    }


def _pieces(text: str, cuts: Mapping[tuple[int, int], str]) -> Iterator[str]:
    position = 0
    for (start, end), written in cuts.items():
        yield text[position:start]
        yield written
        position = end
    yield text[position:]
