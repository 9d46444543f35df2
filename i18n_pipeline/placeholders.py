"""protect() and restore(): what must survive a translation unchanged travels as numbered tags.

The protected form is XML text: words escaped (`&amp; &lt; &gt;`), `<x id="1"/>` for what stands
alone (code, HTML, a formula), `<g id="2">words</g>` around words with something at both ends
(a link, bold text). Ids are numbers only: engines translate words, also those in attributes
(shared experience of DeepL's users, docs/decisions/005-placeholders.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from xml.sax.saxutils import escape, unescape

from i18n_pipeline.markdown import Mark, Token, inline_tokens, opaque_ranges, plain_tokens
from i18n_pipeline.model import Segment

_TAG = re.compile(r'<(?P<slash>/?)(?P<name>[xg])(?:\s+id="(?P<id>\d{1,6})")?\s*(?P<alone>/?)>')
_EMPTY_PAIR = re.compile(r'<x id="(\d{1,6})"\s*>\s*</x>')
_ENTITIES = {"&quot;": '"', "&apos;": "'", "&#39;": "'", "&#34;": '"'}


class Form(StrEnum):
    """How a protected text is put to an engine, from the best to the safest.

    TAGS: as it is. CONTENT: what stands alone shows its text, `<x id="1">code</x>`, for engines
    that need to read it. SPLIT: cut at every tag, each piece of words a text of its own.
    """

    TAGS = "tags"
    CONTENT = "content"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One protected thing. `close` is None where it stands alone.

    `label` is the text a shortcut reference (`[text]`) wraps: when the text changes, the
    reference has to name it (`[translated][text]`). `owner` is the number of the link that a
    title belongs to: it stays in that link, and last.
    """

    open: str
    close: str | None = None
    label: str | None = None
    owner: int = 0


@dataclass(frozen=True, slots=True)
class Protected:
    """A text as an engine gets it, and what its tags stand for (id n is `placeholders[n - 1]`).

    `before` and `after` are the blanks around the text, which no engine gets to see.
    """

    text: str
    placeholders: tuple[Placeholder, ...] = ()
    before: str = ""
    after: str = ""

    @property
    def characters(self) -> int:
        """Code points that an engine bills: the words without the tags."""
        return len(unescape(_TAG.sub("", self.text)))


@dataclass(frozen=True, slots=True)
class Restored:
    """An engine's answer as the text it stands for; or, with `fault`, why it stands for none."""

    text: str
    fault: str = ""


def tokens_of(segment: Segment, text: str, extensions: frozenset[str]) -> tuple[Token, ...]:
    """The tokens of a source or target text of a segment."""
    if segment.markdown:
        return inline_tokens(text, segment.definitions, extensions)
    return plain_tokens(text)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A range of the text that becomes a tag."""

    start: int
    end: int
    tag: str


def protect(text: str, tokens: Sequence[Token], keep: Iterable[tuple[int, int]] = ()) -> Protected:
    """Protect what the tokens name, and the ranges in `keep` (names kept in every locale)."""
    placeholders: list[Placeholder] = []
    cuts: list[_Cut] = []
    for token in sorted([*tokens, *_kept(keep, tokens)], key=lambda t: (t.start, -t.end)):
        _cut(text, token, placeholders, cuts)
    sent = _assemble(text, cuts)
    words = sent.strip()
    before = sent[: len(sent) - len(sent.lstrip())] if words else sent
    return Protected(words, tuple(placeholders), before, sent[len(before) + len(words) :])


def _kept(keep: Iterable[tuple[int, int]], tokens: Sequence[Token]) -> Iterable[Token]:
    """Names to keep as tokens, unless one meets a lone token, a pair's end or another name."""
    edges = opaque_ranges(tokens)
    position = 0
    for start, end in sorted(keep):
        apart = not any(start < right and left < end for left, right in edges)
        if position <= start < end and apart:
            position = end
            yield Token(Mark.CODE, start, end)


def _cut(text: str, token: Token, placeholders: list[Placeholder], cuts: list[_Cut]) -> None:
    number = len(placeholders) + 1
    if token.inner is None or (token.inner[0] == token.inner[1] and token.title is None):
        placeholders.append(Placeholder(text[token.start : token.end]))
        cuts.append(_Cut(token.start, token.end, f'<x id="{number}"/>'))
        return
    start, end = token.inner
    close = text[end : token.end]
    cuts.append(_Cut(token.start, start, f'<g id="{number}">'))
    if token.title:
        left, right = token.title
        placeholders.append(Placeholder(text[token.start : start], ""))
        placeholders.append(Placeholder(text[end:left], text[right : token.end], owner=number))
        cuts.append(_Cut(end, left, f'<g id="{number + 1}">'))
        cuts.append(_Cut(right, token.end, "</g></g>"))
        return
    label = text[start:end] if token.label and close in ("]", "][]") else None
    placeholders.append(Placeholder(text[token.start : start], close, label))
    cuts.append(_Cut(end, token.end, "</g>"))


def _assemble(text: str, cuts: list[_Cut]) -> str:
    """The text with its cuts replaced by tags; where two touch, what closes comes first."""
    parts: list[str] = []
    position = 0
    for cut in sorted(cuts, key=lambda c: (c.start, c.end)):
        parts += [escape(text[position : cut.start]), cut.tag]
        position = cut.end
    return "".join(parts) + escape(text[position:])


def restore(protected: Protected, answer: str) -> Restored:
    """Turn an engine's answer back into text. Every placeholder must be there once, nested well."""
    reader = _Reader(protected.placeholders)
    try:
        text = reader.read(_EMPTY_PAIR.sub(r'<x id="\1"/>', answer.strip()))
    except _Fault as fault:
        return Restored("", str(fault))
    return Restored(protected.before + text + protected.after)


class _Fault(Exception):
    """What is wrong with an answer; never leaves this module."""


@dataclass(slots=True)
class _Frame:
    """A placeholder whose end has not come yet, and the text inside it so far."""

    number: int
    parts: list[str] = field(default_factory=list)
    title: str = ""


class _Reader:
    """Takes an answer tag by tag and puts back what the tags stand for."""

    def __init__(self, placeholders: Sequence[Placeholder]) -> None:
        self._placeholders = placeholders
        self._stack = [_Frame(0)]
        self._seen: set[int] = set()

    def read(self, answer: str) -> str:
        """The text an answer stands for. Raises _Fault."""
        position = 0
        for tag in _TAG.finditer(answer):
            self._words(answer[position : tag.start()])
            position = tag.end()
            if tag["slash"]:
                self._close(tag["name"])
            else:
                self._open(int(tag["id"] or 0), tag["name"] == "x", bool(tag["alone"]))
        self._words(answer[position:])
        if len(self._stack) > 1:
            raise _Fault(f"placeholder {self._shown(self._stack[-1].number)} is not closed")
        for number in range(1, len(self._placeholders) + 1):
            if number not in self._seen:
                raise _Fault(f"placeholder {self._shown(number)} is missing")
        return "".join(self._stack[0].parts)

    def _words(self, words: str) -> None:
        if "<" in words:
            raise _Fault("the answer holds markup that was not sent")
        self._stack[-1].parts.append(unescape(words, _ENTITIES))

    def _open(self, number: int, lone: bool, empty: bool) -> None:
        if not 0 < number <= len(self._placeholders):
            raise _Fault(f"placeholder {number} was not sent")
        if number in self._seen:
            raise _Fault(f"placeholder {self._shown(number)} appears twice")
        self._seen.add(number)
        placeholder = self._placeholders[number - 1]
        if lone != (placeholder.close is None) or (lone and not empty):
            raise _Fault(f"placeholder {self._shown(number)} changed its form")
        if lone:
            self._stack[-1].parts.append(placeholder.open)
        elif empty:
            raise _Fault(f"placeholder {self._shown(number)} was emptied")
        else:
            self._stack.append(_Frame(number))

    def _close(self, name: str) -> None:
        if name != "g" or len(self._stack) == 1:
            raise _Fault("a placeholder is closed that was not opened")
        frame = self._stack.pop()
        placeholder = self._placeholders[frame.number - 1]
        text = _closed(placeholder, "".join(frame.parts), frame.title)
        if not placeholder.owner:
            self._stack[-1].parts.append(text)
        elif self._stack[-1].number == placeholder.owner:
            self._stack[-1].title = text
        else:
            raise _Fault(f"placeholder {self._shown(frame.number)} left its link")

    def _shown(self, number: int) -> str:
        placeholder = self._placeholders[number - 1]
        close = "…" + placeholder.close if placeholder.close else ""
        return f"{number} ({placeholder.open}{close})"


def _closed(placeholder: Placeholder, inner: str, title: str) -> str:
    close = placeholder.close or ""
    if placeholder.label is not None and inner != placeholder.label:
        close = f"][{placeholder.label}]"
    return placeholder.open + inner + title + close
