"""Numbers in words, as every report says them."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 unit`, `2 units`."""
    plural = f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"


def money(amount: float, currency: str) -> str:
    """An amount with as many digits as it takes to be more than nothing."""
    digits = f"{amount:.2f}" if amount >= 0.1 or not amount else f"{amount:.2g}"
    return f"{digits} {currency}".rstrip()
