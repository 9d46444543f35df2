"""protect() and restore(): what must survive a translation unchanged travels as numbered tags.

The protected form is XML text: words escaped (`&amp; &lt; &gt;`), `<x id="1"/>` for what stands
alone (code, HTML, a formula), `<g id="2">words</g>` around words with something at both ends
(a link, bold text). Ids are numbers only: engines translate words, also those in attributes
(shared experience of DeepL's users, docs/decisions/005-placeholders.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from xml.sax.saxutils import escape, unescape

from i18n_pipeline.expressions import expression
from i18n_pipeline.markdown import Mark, Token, inline_tokens, opaque_ranges, plain_tokens
from i18n_pipeline.model import Segment
from i18n_pipeline.values import dataclass, field

_TAG = expression(r'<(?P<slash>/?)(?P<name>[xg])(?:\s+id="(?P<id>\d{1,6})")?\s*(?P<alone>/?)>')
_PAIR = expression(r'<x id="(\d{1,6})"\s*>([^<]*)</x>')
_BLANK = expression(r'<g id="(\d{1,6})">\s*(?:</g>|<g id="\d{1,6}">[^<]*</g></g>)')
_LONE = expression(r'<x id="(\d{1,6})"\s*/>')
_LINE = expression(r"\n")
_SENTENCE = expression(r"[.!?…]['\"’”»)\]]*\s+|[。！？][」』）]*\s*")
_ANYWHERE = expression(r"[\s、，]+")
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
class Piece:
    """A part of a protected text: asked of an engine for itself, or (not `asked`) kept as it is."""

    text: str
    asked: bool = True


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


_NO_TERMS: Mapping[tuple[int, int], str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Cut:
    """A range of the text that becomes a tag."""

    start: int
    end: int
    tag: str


def protect(
    text: str,
    tokens: Sequence[Token],
    keep: Iterable[tuple[int, int]] = (),
    terms: Mapping[tuple[int, int], str] = _NO_TERMS,
) -> Protected:
    """Protect what the tokens name, and the ranges in `keep` (names kept in every locale).

    `terms` are ranges that come back as other words: required renderings of terms, for engines
    that know no glossary.
    """
    placeholders: list[Placeholder] = []
    cuts: list[_Cut] = []
    whole = _kept((*keep, *terms), tokens)
    for token in sorted([*tokens, *whole], key=lambda t: (t.start, -t.end)):
        number = len(placeholders)
        _cut(text, token, placeholders, cuts)
        if token.mark is Mark.CODE and (token.start, token.end) in terms:
            placeholders[number] = Placeholder(terms[token.start, token.end])
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


def pieces(protected: Protected, form: Form) -> tuple[Piece, ...]:
    """What to ask an engine, to put a text to it in a form; joined again they are the answer."""
    if form is Form.CONTENT:
        return (Piece(_LONE.sub(lambda tag: _with_content(protected, tag), protected.text)),)
    if form is Form.TAGS or not protected.placeholders:
        return (Piece(protected.text),)
    found: list[Piece] = []
    position = 0
    for tag in _TAG.finditer(protected.text):
        found += _words(protected.text[position : tag.start()])
        found.append(Piece(tag.group(), asked=False))
        position = tag.end()
    return (*found, *_words(protected.text[position:]))


def _with_content(protected: Protected, tag: re.Match[str]) -> str:
    return f'<x id="{tag[1]}">{escape(protected.placeholders[int(tag[1]) - 1].open)}</x>'


def _words(words: str) -> Iterator[Piece]:
    """Words between two tags, their blanks apart; without a letter there is nothing to ask."""
    core = words.strip()
    if not any(character.isalpha() for character in unescape(core, _ENTITIES)):
        core = ""
    before, _, after = words.partition(core) if core else (words, "", "")
    if before:
        yield Piece(before, asked=False)
    if core:
        yield Piece(core)
    if after:
        yield Piece(after, asked=False)


def shortened(text: str, fits: Callable[[str], bool]) -> tuple[Piece, ...]:
    """A protected text in pieces that fit: cut at line ends, else sentence ends, else blanks.

    Never inside a pair of tags. A piece that has no such place stays too long.
    """
    if fits(text):
        return (Piece(text),)
    for place in (_LINE, _SENTENCE, _ANYWHERE):
        ends = [end for end in _ends(text, place) if 0 < end < len(text)]
        if ends:
            middle = min(ends, key=lambda end: abs(2 * end - len(text)))
            halves = (text[:middle], text[middle:])
            return tuple(one for half in halves for one in _stripped(half, fits))
    return (Piece(text),)


def _stripped(text: str, fits: Callable[[str], bool]) -> Iterator[Piece]:
    core = text.strip()
    before, _, after = text.partition(core) if core else (text, "", "")
    if before:
        yield Piece(before, asked=False)
    if core:
        yield from shortened(core, fits)
    if after:
        yield Piece(after, asked=False)


def _ends(text: str, place: re.Pattern[str]) -> Iterator[int]:
    """Where a text may be cut: behind a match that stands in no pair of tags, and in no tag."""
    depth, tags = 0, iter(_TAG.finditer(text))
    tag = next(tags, None)
    for match in place.finditer(text):
        while tag is not None and tag.start() < match.end():
            depth += -1 if tag["slash"] else 0 if tag["alone"] else 1
            inside = tag.end() > match.start()
            tag = next(tags, None)
            if inside:
                break
        else:
            if depth == 0:
                yield match.end()


def restore(protected: Protected, answer: str, form: Form = Form.TAGS) -> Restored:
    """Turn an engine's answer back into text. Every placeholder must be there once, nested well.

    In the form CONTENT what stands alone must still have its own text in it.
    """
    reader = _Reader(protected)
    try:
        plain = _PAIR.sub(lambda pair: _emptied(protected, pair, form), answer.strip())
        text = reader.read(plain)
    except _Fault as fault:
        return Restored("", str(fault))
    return Restored(protected.before + text + protected.after)


def _emptied(protected: Protected, pair: re.Match[str], form: Form) -> str:
    """A pair for something lone as it was sent; as it is where other words are in it."""
    number, content = int(pair[1]), unescape(pair[2], _ENTITIES).strip()
    known = 0 < number <= len(protected.placeholders)
    own = protected.placeholders[number - 1].open.strip() if known else ""
    alike = not content or (form is Form.CONTENT and content == own)
    return f'<x id="{number}"/>' if alike else pair.group()


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

    def __init__(self, protected: Protected) -> None:
        self._placeholders = protected.placeholders
        self._blank = frozenset(map(int, _BLANK.findall(protected.text)))
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
        self._stack[-1].parts.append(unescape(words, _ENTITIES) if "&" in words else words)

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
        inner = "".join(frame.parts)
        if not inner.strip() and frame.number not in self._blank:
            raise _Fault(f"placeholder {self._shown(frame.number)} was emptied")
        text = _closed(placeholder, inner, frame.title)
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
