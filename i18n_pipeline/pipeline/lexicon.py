"""The words of English, read from the package where they are needed, which is seldom."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def english() -> frozenset[str]:
    """English words of 2 to 16 small letters, in American spelling."""
    return _words("en.txt")


@lru_cache(maxsize=1)
def rare_english() -> frozenset[str]:
    """Words that `english` does not have, and that look like slips of the pen in those it has."""
    return _words("en-rare.txt")


def _words(name: str) -> frozenset[str]:
    text = (files("i18n_pipeline") / "tongues" / "words" / name).read_text("utf-8")
    lines = (line for line in text.split("\n") if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())
