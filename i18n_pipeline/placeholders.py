"""protect() and restore(): what must survive a translation unchanged travels as numbered tags.

The protected form is XML text: words escaped (`&amp; &lt; &gt;`), `<x id="1"/>` for what stands
alone (code, HTML, a formula), `<g id="2">words</g>` around words with something at both ends
(a link, bold text). Ids are numbers only: engines translate words, also those in attributes
(shared experience of DeepL's users, docs/decisions/005-placeholders.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, unescape

from i18n_pipeline.markdown import Mark, Token, inline_tokens, plain_tokens
from i18n_pipeline.model import Segment

_TAG = re.compile(r'<(?P<slash>/?)(?P<name>[xg])(?:\s+id="(?P<id>\d{1,6})")?\s*(?P<alone>/?)>')
_EMPTY_PAIR = re.compile(r'<x id="(\d{1,6})"\s*>\s*</x>')
_ENTITIES = {"&quot;": '"', "&apos;": "'", "&#39;": "'", "&#34;": '"'}


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One protected thing. `close` is None where it stands alone.

    `label` is the text a shortcut reference (`[text]`) wraps: when the text changes, the
    reference has to name it (`[translated][text]`).
    """

    open: str
    close: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Protected:
    """A text as an engine gets it, and what its tags stand for (id n is `placeholders[n - 1]`)."""

    text: str
    placeholders: tuple[Placeholder, ...] = ()

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
    return Protected(_assemble(text, cuts), tuple(placeholders))


def _kept(keep: Iterable[tuple[int, int]], tokens: Sequence[Token]) -> Iterable[Token]:
    """Names to keep, as tokens, unless one cuts across a token's ends or lies in a lone one."""
    edges = [(t.start, t.end) for t in tokens if t.inner is None]
    for t in tokens:
        edges += [(t.start, t.inner[0]), (t.inner[1], t.end)] if t.inner else []
    for start, end in keep:
        if not any(start < right and left < end for left, right in edges):
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
        placeholders.append(Placeholder(text[end:left], text[right : token.end]))
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
    answer = _EMPTY_PAIR.sub(r'<x id="\1"/>', answer.strip())
    stack: list[tuple[int, list[str]]] = [(0, [])]
    seen: set[int] = set()
    position = 0
    for tag in _TAG.finditer(answer):
        words = answer[position : tag.start()]
        position = tag.end()
        stack[-1][1].append(_words(words))
        if "<" in words:
            return Restored("", "the answer holds markup that was not sent")
        fault = _take(tag, protected, stack, seen)
        if fault:
            return Restored("", fault)
    if "<" in answer[position:]:
        return Restored("", "the answer holds markup that was not sent")
    stack[-1][1].append(_words(answer[position:]))
    if len(stack) > 1:
        return Restored("", f"placeholder {stack[-1][0]} is not closed")
    missing = [n for n in range(1, len(protected.placeholders) + 1) if n not in seen]
    if missing:
        return Restored("", f"placeholder {missing[0]} ({_show(protected, missing[0])}) is missing")
    return Restored("".join(stack[0][1]))


def _take(
    tag: re.Match[str],
    protected: Protected,
    stack: list[tuple[int, list[str]]],
    seen: set[int],
) -> str:
    """Handle one tag of an answer; what is wrong with it, or ""."""
    if tag["slash"]:
        if tag["name"] != "g" or len(stack) == 1:
            return "a placeholder is closed that was not opened"
        number, inner = stack.pop()
        stack[-1][1].append(_close(protected.placeholders[number - 1], "".join(inner)))
        return ""
    number = int(tag["id"] or 0)
    if not 0 < number <= len(protected.placeholders):
        return f"placeholder {number} was not sent"
    if number in seen:
        return f"placeholder {number} ({_show(protected, number)}) appears twice"
    seen.add(number)
    placeholder = protected.placeholders[number - 1]
    alone = tag["name"] == "x"
    if alone != (placeholder.close is None) or (alone and not tag["alone"]):
        return f"placeholder {number} changed its form"
    if alone:
        stack[-1][1].append(placeholder.open)
    else:
        stack.append((number, []))
        if tag["alone"]:
            return f"placeholder {number} ({_show(protected, number)}) was emptied"
    return ""


def _close(placeholder: Placeholder, inner: str) -> str:
    close = placeholder.close or ""
    if placeholder.label is not None and inner != placeholder.label:
        close = f"][{placeholder.label}]"
    return placeholder.open + inner + close


def _words(text: str) -> str:
    return unescape(text, _ENTITIES)


def _show(protected: Protected, number: int) -> str:
    placeholder = protected.placeholders[number - 1]
    return placeholder.open + ("…" + placeholder.close if placeholder.close else "")
