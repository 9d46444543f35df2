"""Numbers in words, as every report says them."""

from __future__ import annotations

from collections.abc import Iterable

from i18n_pipeline.expressions import expression

_NAMED = 5
"""How many terms are named in a note."""


_LONGEST = 60
"""Characters of a text that a message shows."""


COUNTED = expression(
    r"(?<![\w.,:/#-])[0-9]{4,}"
    r"(?= (?:more\b|(?:\w+ )?"
    r"(?:addresses|(?:character|entrie|file|finding|issue|request|term|text|unit)s)\b))"
)
"""A number that `counted` wrote in words, large enough to be written in groups."""


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 unit`, `2 units`; in figures alone, for whoever reads it."""
    return f"{number} {noun_for(number, noun)}"


def noun_for(number: int, noun: str) -> str:
    """A noun as it goes with a number."""
    if number == 1:
        return noun
    if noun.endswith("try"):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith("s") else f"{noun}s"


def begins(text: str, most: int = 60) -> str:
    """How a text begins, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def money(amount: float, currency: str) -> str:
    """An amount with as many digits as it takes to be more than nothing."""
    digits = f"{amount:.2f}" if amount >= 0.1 or not amount else f"{amount:.2g}"
    return f"{digits} {currency}".rstrip()


def in_short(words: str) -> str:
    """Words of a text that stand in a message: in one line, and not longer than a name."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def named(things: Iterable[str], *, whole: bool = False) -> str:
    """Names of what was counted already, the first of them if there are many and not `whole`."""
    names = sorted(things)
    shown = len(names) if whole else _NAMED
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(names[:shown]) + more


def some(things: Iterable[str], *, whole: bool = False) -> str:
    """Names, the first of them if there are many: `8 terms: a, b, c, d, e and 3 more`."""
    names = sorted(things)
    count = f"{len(names)} terms: " if len(names) > _NAMED else ""
    return f"{count}{named(names, whole=whole)}"
