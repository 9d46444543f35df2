"""A text as pieces in which terms are found: words, letters of scripts without spaces, marks."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import category

from i18n_pipeline.expressions import expression

# Letters of Thai, Lao, Tibetan, Burmese, Khmer, Japanese and Chinese: a term may begin and end
# between any two of them. Punctuation is left out, unlike where line breaks are folded.
SPACELESS = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3100-\u312f"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_GAP = r"\s\u2010\u2011-"
_PIECE = expression(rf"([{_GAP}]+)?([{SPACELESS}]|[^\W{SPACELESS}]+|[^\w{_GAP}])")
_LETTER = expression(f"[{SPACELESS}]")


class Piece(NamedTuple):
    """A piece of text: `raw` begins with a space where the text has a space or hyphen there."""

    raw: str
    key: str
    start: int
    end: int


def pieces_of(text: str) -> list[Piece]:
    """The pieces of a text."""
    return [piece_of(match) for match in matches_of(text, 0, len(text))]


def matches_of(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The places of the pieces in a range of a text; group 2 is the piece without its blank."""
    return list(_PIECE.finditer(text, start, end))


def piece_of(match: re.Match[str]) -> Piece:
    """The piece that stands in a place."""
    gap, word = match.groups()
    raw = f" {word}" if gap else word
    return Piece(raw, raw.casefold(), match.start(2), match.end())


def normal(text: str) -> str:
    """A text in which the kind and number of spaces and hyphens make no difference."""
    return "".join(piece.raw for piece in pieces_of(text)).lstrip()


def key_of(text: str) -> str:
    """A text in which neither spaces and hyphens nor case make a difference."""
    return normal(text).casefold()


def same_term(one: str, other: str) -> bool:
    """Whether two sources are found in the same places, case apart."""
    return key_of(one) == key_of(other)


def is_spaceless(character: str) -> bool:
    """Whether a letter belongs to a script that is written without spaces."""
    return _LETTER.match(character) is not None


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether a range cuts no word in two; marks of Indic scripts belong to their letters."""
    return not (_joined(text, start) or _joined(text, end))


def _joined(text: str, at: int) -> bool:
    """Whether one word goes on across a place."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if is_spaceless(left) or is_spaceless(right):
        return False
    return _in_word(left) and _in_word(right)


def _in_word(character: str) -> bool:
    return character.isalnum() or category(character).startswith("M")
