"""Markdown inline text cut into tokens: what a translation has to carry over, and where.

Offsets here are characters of the text. Tokens nest (a link holds emphasis) and are given in
document order, the outer before the inner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from i18n_pipeline.markdown.masks import Span
from i18n_pipeline.markdown.parser import DEFAULT_EXTENSIONS, Event, Parsed, parse


class Mark(StrEnum):
    """What a token is."""

    CODE = "inline code"
    LINK = "link"
    IMAGE = "image"
    AUTOLINK = "address"
    HTML = "HTML"
    TEMPLATE = "template tag"
    MATH = "formula"
    FOOTNOTE = "footnote reference"
    STRONG = "bold text"
    EMPHASIS = "emphasis"
    STRIKE = "struck text"
    BREAK = "line break"
    ESCAPE = "escaped character"
    ENTITY = "character reference"


@dataclass(frozen=True, slots=True)
class Token:
    """Something other than plain words, from `start` to `end` (characters of the text).

    `inner` is the range of what it wraps, None where it stands alone. `destination` is where a
    link or image points, as the parser reads it, `at` its place in the text and `title` the range of the title between
    its quotes; `label` is what a reference link refers to ("" for an inline one).
    """

    mark: Mark
    start: int
    end: int
    inner: Span | None = None
    destination: str = ""
    at: Span | None = None
    title: Span | None = None
    label: str = ""


_PAIRED = {
    "Strong": Mark.STRONG,
    "Emphasis": Mark.EMPHASIS,
    "Strikethrough": Mark.STRIKE,
    "Link": Mark.LINK,
    "Image": Mark.IMAGE,
}
_ALONE = {
    "Code": Mark.CODE,
    "InlineHtml": Mark.HTML,
    "Html": Mark.HTML,
    "InlineMath": Mark.MATH,
    "DisplayMath": Mark.MATH,
    "FootnoteReference": Mark.FOOTNOTE,
    "HardBreak": Mark.BREAK,
}
_TAIL = re.compile(
    r"""\]\(\s*(?P<dest><[^>]*>|[^\s]*?)(?:\s+(?:"(?P<a>.*)"|'(?P<b>.*)'|\((?P<c>.*)\)))?\s*\)\Z""",
    re.DOTALL,
)
_SMALL = re.compile(
    r"(?P<address>\bhttps?://[^\s<>\"'`]+|\bwww\.[^\s<>\"'`]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
)
_TRAILING = re.compile(r"[?!.,:*_~;)\]。、，）」]+\Z")
_PLAIN = re.compile(
    r"(?P<template>\{\{.*?\}\}|\{%.*?%\})"
    r"|(?P<code>(?<!`)(`+)(?!`).+?(?<!`)\3(?!`))"
    r"|(?P<html></?[A-Za-z][^<>]*>|<!--.*?-->)"
    r"|(?P<address>\bhttps?://[^\s<>\"'`]+|\bwww\.[^\s<>\"'`]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)",
    re.DOTALL,
)
_PLAIN_MARKS = {
    "template": Mark.TEMPLATE,
    "code": Mark.CODE,
    "html": Mark.HTML,
    "address": Mark.AUTOLINK,
    "entity": Mark.ENTITY,
    "escape": Mark.ESCAPE,
}
_PREFIX = "x "
"""Makes the text a paragraph whatever it begins with, and flanks delimiters like a line start."""


def plain_tokens(text: str) -> tuple[Token, ...]:
    """Tokens of a text that is not Markdown: tags, code, addresses, character references."""
    return tuple(_small_tokens(_PLAIN, text, 0, len(text)))


def inline_tokens(
    text: str, definitions: str = "", extensions: frozenset[str] = DEFAULT_EXTENSIONS
) -> tuple[Token, ...]:
    """Tokens of Markdown inline text; `definitions` make its references known to the parser."""
    whole = f"{_PREFIX}{text}\n\n{definitions}\n" if definitions else _PREFIX + text
    parsed = parse(whole.encode(), extensions)
    found = list(_events_to_tokens(parsed, _Characters(whole), len(text)))
    found += _small_in_gaps(text, found)
    return tuple(sorted(found, key=lambda token: (token.start, -token.end)))


class _Characters:
    """Byte offsets of the parsed text as character offsets of the text behind the prefix."""

    def __init__(self, whole: str) -> None:
        self.text = whole[len(_PREFIX) :]
        self._starts: list[int] | None = None
        if not whole.isascii():
            sizes = (len(character.encode()) for character in whole)
            self._starts = list(accumulate(sizes, initial=0))
            self._index = {byte: at for at, byte in enumerate(self._starts)}

    def __getitem__(self, byte: int) -> int:
        return (byte if self._starts is None else self._index[byte]) - len(_PREFIX)


def _events_to_tokens(parsed: Parsed, at: _Characters, length: int) -> Iterator[Token]:
    limit = length
    opened: list[tuple[Event, int]] = []
    child_end = 0
    for start, end in parsed.tags:
        if at[start] < limit:
            yield Token(Mark.TEMPLATE, at[start], at[end])
    for event in parsed.events:
        if at[event.start] >= limit and limit:
            break
        if event.name in _PAIRED:
            if event.phase == "start":
                opened.append((event, child_end))
                child_end = 0
                continue
            begun, outer = opened.pop()
            yield _paired(begun, at, child_end)
            child_end = max(outer, event.end)
            continue
        if event.name in _ALONE and event.phase != "end":
            yield _alone(event, at, parsed)
        if event.phase == "":
            child_end = max(child_end, event.end)


def _alone(event: Event, at: _Characters, parsed: Parsed) -> Token:
    end = event.end
    if event.name == "HardBreak":
        end = parsed.data.find(b"\n", event.start) + 1 or event.end
    return Token(_ALONE[event.name], max(at[event.start], 0), at[end])


def _paired(event: Event, at: _Characters, child_end: int) -> Token:
    start, end = at[event.start], at[event.end]
    mark = _PAIRED[event.name]
    kind = event.detail.get("link_type", "")
    if kind in ("Autolink", "Email"):
        return Token(Mark.AUTOLINK, start, end, None, event.detail["dest_url"], (start, end))
    if mark in (Mark.LINK, Mark.IMAGE):
        return _link(event, at, child_end)
    width = 2 if mark is Mark.STRONG else 1
    if mark is Mark.STRIKE and at.text.startswith("~~", start):
        width = 2
    return Token(mark, start, end, (start + width, end - width))


def _link(event: Event, at: _Characters, child_end: int) -> Token:
    start, end = at[event.start], at[event.end]
    mark = _PAIRED[event.name]
    inner_start = start + (2 if mark is Mark.IMAGE else 1)
    after = max(at[child_end] if child_end else inner_start, inner_start)
    inner_end = at.text.find("]", after, end)
    inner = (inner_start, inner_end)
    destination = event.detail["dest_url"]
    tail = _TAIL.match(at.text, inner_end, end)
    if event.detail["link_type"] != "Inline" or tail is None:
        return Token(mark, start, end, inner, destination, label=event.detail["id"] or destination)
    quoted = next((name for name in "abc" if tail[name] is not None), "")
    title = tail.span(quoted) if quoted else None
    return Token(mark, start, end, inner, destination, tail.span("dest"), title)


def opaque_ranges(tokens: Sequence[Token]) -> list[Span]:
    """The ranges of the text that are not words: whole lone tokens, and both ends of paired ones."""
    ranges: list[Span] = []
    for token in tokens:
        if token.inner is None:
            ranges.append((token.start, token.end))
        else:
            ranges += [(token.start, token.inner[0]), (token.inner[1], token.end)]
    return sorted(ranges)


def _small_in_gaps(text: str, tokens: Sequence[Token]) -> Iterator[Token]:
    position = 0
    for start, end in [*opaque_ranges(tokens), (len(text), len(text))]:
        if start > position:
            yield from _small_tokens(_SMALL, text, position, start)
        position = max(position, end)


def _small_tokens(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Token]:
    for match in pattern.finditer(text, start, end):
        mark = _PLAIN_MARKS[match.lastgroup or ""] if match.lastgroup else _mark(match)
        left, right = match.span()
        if mark is Mark.AUTOLINK:
            right -= len(found.group()) if (found := _TRAILING.search(match.group())) else 0
            yield Token(mark, left, right, None, text[left:right], (left, right))
        else:
            yield Token(mark, left, right)


def _mark(match: re.Match[str]) -> Mark:
    return next(_PLAIN_MARKS[name] for name, value in match.groupdict().items() if value)
