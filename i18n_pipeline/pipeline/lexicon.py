"""The words of English, read from the package where they are needed, which is seldom."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def english() -> frozenset[str]:
    """English words of 2 to 16 small letters, in American spelling."""
    text = (files("i18n_pipeline") / "tongues" / "words" / "en.txt").read_text("utf-8")
    lines = (line for line in text.split("\n") if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())
