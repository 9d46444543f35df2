"""Markdown inline text cut into tokens: what a translation has to carry over, and where.

Offsets here are characters of the text. Tokens nest (a link holds emphasis) and are given in
document order, the outer before the inner.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate

from i18n_pipeline.expressions import expression
from i18n_pipeline.markdown.masks import Span
from i18n_pipeline.markdown.parser import DEFAULT_EXTENSIONS, Event, Parsed, parse
from i18n_pipeline.markdown.syntax import CHARACTER_REFERENCE, PUNCTUATION, TEMPLATE_TAG, TRAILING
from i18n_pipeline.values import dataclass


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
    link or image points, as the parser reads it (as written where it holds a template tag), `at`
    its place in the text and `title` the range of the title between its quotes; `label` is what
    a reference link refers to ("" for an inline one).
    """

    mark: Mark
    start: int
    end: int
    inner: Span | None = None
    destination: str = ""
    at: Span | None = None
    title: Span | None = None
    label: str = ""


LINKED = frozenset({Mark.LINK, Mark.IMAGE, Mark.AUTOLINK})
"""What leads somewhere."""

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
_TAIL = expression(
    r"""\]\(\s*(?P<dest><(?:[^<>\\]|\\.)*>|[^\s]*?)"""
    r"""(?:\s+(?:"(?P<a>.*)"|'(?P<b>.*)'|\((?P<c>.*)\)))?\s*\)\Z""",
    re.DOTALL,
)
_SHARED = (
    r"(?P<address>(?<![A-Za-z0-9])(?:https?://|www\.)[^\s<>\"'`]+"
    r"|(?<![A-Za-z0-9_.+-])[A-Za-z0-9][A-Za-z0-9_.+-]{0,63}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
    rf"|(?P<entity>{CHARACTER_REFERENCE})"
)
_SMALL = expression(
    rf"(?P<escape>\\{PUNCTUATION})"
    r"|(?P<template>\{:?[ \t]*[#.][A-Za-z_][^{}\n]*\})|" + _SHARED
)
_PLAIN = expression(
    rf"(?P<template>{TEMPLATE_TAG})"
    r"|(?P<code>(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<html></?[A-Za-z][^<>]*>|<!--(?:(?!<!--|-->).)*-->)|" + _SHARED,
    re.DOTALL,
)
_SMALL_MARKS = {
    "template": Mark.TEMPLATE,
    "code": Mark.CODE,
    "html": Mark.HTML,
    "address": Mark.AUTOLINK,
    "entity": Mark.ENTITY,
    "escape": Mark.ESCAPE,
}
_SIGN = expression(r"[*_`~\[\]<>\\&$^{}|@#\n\r\t]|://|www\.", re.IGNORECASE)
"""Without one of these signs a text is words and punctuation, whatever the extensions."""

_PREFIX = "x "
"""Makes the text a paragraph whatever it begins with, and flanks delimiters like a line start."""
_LINE_END = expression(r"(?<!\n)\n(?!\n)")
_REMEMBERED = 65_536
"""Texts whose tokens are kept: protecting, checking and building a text all ask for them."""
_INDENT = "    "
"""What keeps a further line from beginning a block; four blanks are no code inside a paragraph."""


def plain_tokens(text: str) -> tuple[Token, ...]:
    """Tokens of a text that is not Markdown: tags, code, addresses, character references."""
    return tuple(_small_tokens(_PLAIN, text, 0, len(text)))


@lru_cache(maxsize=_REMEMBERED)
def inline_tokens(
    text: str, definitions: str = "", extensions: frozenset[str] = DEFAULT_EXTENSIONS
) -> tuple[Token, ...]:
    """Tokens of Markdown inline text; `definitions` make its references known to the parser."""
    if not may_hold_tokens(text):
        return ()
    parsed = standing_alone(text, definitions, extensions)
    reader = _Reader(text, _whole(text), parsed.tags)
    for event in parsed.events:
        reader.take(event)
    templates = list(reader.template_tokens())
    # a blank line makes the parser see pieces of a tag that is one
    found = [*templates, *(one for one in reader.tokens if not _is_within(one, templates))]
    for start, end in list(word_ranges(text, found)):
        found += _small_tokens(_SMALL, text, start, end)
    return tuple(sorted(found, key=lambda token: (token.start, -token.end)))


def may_hold_tokens(text: str) -> bool:
    """Whether a text may be more than words and punctuation."""
    return _SIGN.search(text) is not None


def standing_alone(text: str, definitions: str, extensions: frozenset[str]) -> Parsed:
    """Inline text parsed as a paragraph that begins with `x `, its definitions behind it."""
    rest = f"\n\n{definitions}\n" if definitions else ""
    return parse((_whole(text) + rest).encode(), extensions)


def _whole(text: str) -> str:
    return _PREFIX + _LINE_END.sub("\n" + _INDENT, text)


def _is_within(token: Token, others: Iterable[Token]) -> bool:
    return any(other.start <= token.start and token.end <= other.end for other in others)


class _Places:
    """Byte offsets of the parsed text as character offsets of the text inside it."""

    def __init__(self, text: str, whole: str) -> None:
        self.length = len(text)
        self._starts = None if whole.isascii() and "\n" not in text else _starts(text)

    def __getitem__(self, byte: int) -> int:
        if self._starts is None:
            return min(max(byte - len(_PREFIX), 0), self.length)
        return min(bisect_left(self._starts, byte), self.length)


def _starts(text: str) -> list[int]:
    """The byte at which each character of the text stands in the parsed text."""
    sizes: Iterable[int] = map(len, map(str.encode, text))
    if "\n" in text:
        indented = {found.start() for found in _LINE_END.finditer(text)}
        sizes = (size + len(_INDENT) if at in indented else size for at, size in enumerate(sizes))
    return list(accumulate(sizes, initial=len(_PREFIX)))


class _Reader:
    """Takes the parser's events one by one and collects tokens; links and bold text nest."""

    def __init__(self, text: str, whole: str, tags: Sequence[Span]) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self._at = _Places(text, whole)
        self._limit = len(whole.encode())
        self._tags = [(self._at[start], self._at[end]) for start, end in tags if end <= self._limit]
        self._whole_tags = frozenset(self._tags)
        self._masked = _masked(text, self._tags)
        self._opened: list[tuple[Event, int]] = []
        self._child_end = 0

    def take(self, event: Event) -> None:
        """Read one event; those of the definitions behind the text are none of ours."""
        if event.start >= self._limit:
            return
        if event.name in _PAIRED:
            self._pair(event)
        elif event.name in _ALONE and event.phase != "end":
            self._alone(event)
        if event.phase == "":
            self._child_end = max(self._child_end, event.end)

    def template_tokens(self) -> Iterator[Token]:
        """The template tags that are not part of something else, such as a destination."""
        ranges = opaque_ranges(self.tokens)
        starts = [start for start, _ in ranges]
        for start, end in self._tags:
            outer = bisect_right(starts, start) - 1
            if outer < 0 or ranges[outer][1] < end:
                yield Token(Mark.TEMPLATE, start, end)

    def _alone(self, event: Event) -> None:
        start, end = self._at[event.start], self._at[event.end]
        if event.name == "HardBreak":
            end = self.text.find("\n", start) + 1 or end
        if (start, end) not in self._whole_tags:
            self.tokens.append(Token(_ALONE[event.name], start, end))

    def _pair(self, event: Event) -> None:
        if event.phase == "start":
            self._opened.append((event, self._child_end))
            self._child_end = 0
            return
        begun, outer = self._opened.pop()
        self.tokens.append(self._paired(begun))
        self._child_end = max(outer, begun.end)

    def _paired(self, event: Event) -> Token:
        start, end = self._at[event.start], self._at[event.end]
        mark = _PAIRED[event.name]
        if mark in (Mark.LINK, Mark.IMAGE):
            return self._link(event, start, end)
        width = 2 if mark is Mark.STRONG else 1
        if mark is Mark.STRIKE and self.text.startswith("~~", start):
            width = 2
        return Token(mark, start, end, (start + width, end - width))

    def _link(self, event: Event, start: int, end: int) -> Token:
        kind, destination = event.detail["link_type"], event.detail["dest_url"]
        if kind in ("Autolink", "Email"):
            return Token(Mark.AUTOLINK, start, end, None, destination, (start, end))
        mark = _PAIRED[event.name]
        inner_start = start + (2 if mark is Mark.IMAGE else 1)
        after = max(self._at[self._child_end] if self._child_end else inner_start, inner_start)
        inner_end = self._masked.find("]", after, end)
        inner = (inner_start, inner_end)
        tail = _TAIL.match(self._masked, inner_end, end)
        if kind != "Inline" or tail is None:
            label = event.detail["id"] or destination
            return Token(mark, start, end, inner, destination, label=label)
        quoted = next((name for name in "abc" if tail[name] is not None), "")
        title = tail.span(quoted) if quoted else None
        at = tail.span("dest")
        if self._holds_tag(*at):
            destination = self.text[slice(*at)].removeprefix("<").removesuffix(">")
        return Token(mark, start, end, inner, destination, at, title)

    def _holds_tag(self, start: int, end: int) -> bool:
        found = bisect_left(self._tags, (start, start))
        return found < len(self._tags) and self._tags[found][0] < end


def _masked(text: str, tags: Sequence[Span]) -> str:
    """The text with its template tags blacked out: what is in them ends no link."""
    parts: list[str] = []
    position = 0
    for start, end in tags:
        parts += [text[position:start], "x" * (end - start)]
        position = end
    return "".join(parts) + text[position:]


def opaque_ranges(tokens: Sequence[Token]) -> list[Span]:
    """The ranges that are not words: whole lone tokens, and both ends of paired ones."""
    ranges: list[Span] = []
    for token in tokens:
        if token.inner is None:
            ranges.append((token.start, token.end))
        else:
            ranges += [(token.start, token.inner[0]), (token.inner[1], token.end)]
    return sorted(ranges)


def word_ranges(text: str, tokens: Sequence[Token]) -> Iterator[Span]:
    """The ranges of a text that hold words: what its opaque ranges leave."""
    position = 0
    for start, end in [*opaque_ranges(tokens), (len(text), len(text))]:
        if start > position:
            yield position, start
        position = max(position, end)


def _small_tokens(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Token]:
    for match in pattern.finditer(text, start, end):
        mark = next(_SMALL_MARKS[name] for name, part in match.groupdict().items() if part)
        left, right = match.span()
        if mark is Mark.AUTOLINK:
            right = _address_end(text, left, right)
            yield Token(mark, left, right, None, text[left:right], (left, right))
        else:
            yield Token(mark, left, right)


def _address_end(text: str, start: int, end: int) -> int:
    """Where a bare address ends: before the sentence's punctuation, as GFM has it."""
    unopened = text.count(")", start, end) - text.count("(", start, end)
    while end > start and text[end - 1] in TRAILING:
        if text[end - 1] == ")":
            if unopened <= 0:
                break
            unopened -= 1
        end -= 1
    return end
