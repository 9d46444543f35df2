"""Cells of glossaries that people open in a spreadsheet: none of ours is one that it computes.

A text that begins like a formula is written with an apostrophe before it, and with two where it
holds apostrophes itself: people quote terms (`'@property' decorator`), and what they wrote is read
as it stands. What spreadsheets take for formulas: owasp.org/www-community/attacks/CSV_Injection.
"""

from __future__ import annotations

from i18n_pipeline.expressions import expression

_FORMULA = expression(r"[=+\-@|%＝＋－＠]")
_ONCE = expression(r"'(?=[=+\-@|%＝＋－＠][^']*\Z)")
_TWICE = expression(r"''(?='*[=+\-@|%＝＋－＠])")


def defused(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula; `armed` gives it back."""
    if not _FORMULA.match(text) and armed(text) == text:
        return text
    return f"'{text}" if armed(f"'{text}") == text else f"''{text}"


def armed(cell: str) -> str:
    """The text that a cell stands for."""
    found = _TWICE.match(cell) or _ONCE.match(cell)
    return cell[found.end() :] if found else cell
