"""What goes wrong with the texts of an answer: lists cut short, texts emptied, tags spoiled."""

from __future__ import annotations

import re

from tests.stubs.engine import tags


def short(texts: list[str]) -> list[str]:
    """One text too few."""
    return texts[:-1]


def emptied(texts: list[str]) -> list[str]:
    """Nothing in any text."""
    return ["" for _ in texts]


def without_tag(texts: list[str]) -> list[str]:
    """The first tag of each text lost."""
    return [re.sub(r"<x [^>]*/>", "", text, count=1) for text in texts]


def with_tag_twice(texts: list[str]) -> list[str]:
    """The first standalone tag of each text doubled."""
    return [re.sub(r"(<x [^>]*/>)", r"\1\1", text, count=1) for text in texts]


def swapped(texts: list[str]) -> list[str]:
    """The ids of the first two standalone tags of each text changed over."""

    def change(text: str) -> str:
        first, *others = re.findall(r"<x [^>]*/>", text) or [""]
        if not others:
            return text
        marked = text.replace(first, "\0", 1).replace(others[0], first, 1)
        return marked.replace("\0", others[0], 1)

    return [change(text) for text in texts]


def with_tag_translated(texts: list[str]) -> list[str]:
    """The id of each tag taken for a word."""
    return [re.sub(r'id="(\d+)"', r'id="Nummer \1"', text) for text in texts]


def tags_first(texts: list[str]) -> list[str]:
    """All tags moved to the front, as DeepL sometimes does."""
    return ["".join(tags(text)) + re.sub(r"<[^>]*>", "", text) for text in texts]
