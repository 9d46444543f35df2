"""The piece of a translation that shows an issue: the words, and what stands around them."""

from __future__ import annotations

from i18n_pipeline.expressions import expression
from i18n_pipeline.values import dataclass

AROUND = 30
"""How many characters are shown on either side of the words."""

_LONGEST = 80
_LINE_BREAK = expression(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a text with what stands before and after them, all in one line."""

    before: str
    words: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}⟦{self.words}⟧{self.after}"


def excerpt(text: str, at: tuple[int, int]) -> Excerpt:
    """The range `at` of a text as its words; `…` stands for what is left out."""
    start, end = at
    first, last = max(0, start - AROUND), end + AROUND
    before = ("…" if first else "") + text[first:start]
    after = text[end:last] + ("…" if last < len(text) else "")
    return Excerpt(_line(before), _line(_shortened(text[start:end])), _line(after))


def _shortened(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    half = _LONGEST // 2
    return f"{words[:half]}…{words[-half:]}"


def _line(text: str) -> str:
    return _LINE_BREAK.sub(" ", text)
