"""A source text cut into pieces: words, signs that mean something, punctuation, blanks, markup.

Words of scripts without blanks are runs of kana and single Chinese characters: fine enough to show
what differs, and never taken for more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from html import unescape
from unicodedata import normalize

from i18n_pipeline.expressions import expression
from i18n_pipeline.markdown import Mark, Span, Token
from i18n_pipeline.values import dataclass

_HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_HIRAGANA = "\u3041-\u3096\u3099-\u309f"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_UNSPACED = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0ec0-\u0ec6\u1000-\u102a\u1780-\u17b3"
)
_JOINING = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0963"
    "\u0980-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ecd\u102b-\u103e"
    "\u1056-\u1060\u17b4-\u17d3\u200c\u200d\ufe0f"
)
"""Vowel signs, accents and joiners: they belong to the letter before them."""

_LETTER = f"[^\\W\\d{_HAN}{_HIRAGANA}{_KATAKANA}{_UNSPACED}]"
_OF_WORD = f"(?:[^\\W{_HAN}{_HIRAGANA}{_KATAKANA}{_UNSPACED}]|[{_JOINING}])"
_PUNCTUATION = (
    ",;:.!…‥、。，．！：；“”„‟\"‘’‚‛'«»‹›「」『』【】〈〉《》〔〕()（）\\[\\]［］"
    "\\-\u2010-\u2015〜～・·¡¿،؛۔।॥"
)
"""Punctuation: what more or less of it means depends on where it stands.

`?`, `%`, `+`, `/`, `&`, `<` are not among it: they are signs, and read like words.
"""

_PIECE = expression(
    rf"(?P<number>(?:(?<![\w.,])[.,])?\d+(?:[.,:/'’٫٬．，]\d+)*)"
    rf"|(?P<word>[{_HAN}]|[{_HIRAGANA}]+|[{_KATAKANA}]+|[{_UNSPACED}][{_JOINING}]*"
    rf"|(?:{_LETTER}|[{_JOINING}])(?:{_OF_WORD}|['’.](?={_LETTER})|(?<=\d)[.,:](?=\d))*)"
    r"|(?P<blank>\s+)"
    rf"|(?P<sign>\.(?={_LETTER})(?<![\w'’.)].)|[-\u2010-\u2015\u2212](?=\d)(?<![^\W\d][^\W\d].)"
    rf"|(?:(?<=\d)|(?<=\d\s))[-\u2010-\u2015](?=\s?\d))"
    rf"|(?P<mark>[{_PUNCTUATION}])"
    r"|(?P<other>.)",
    re.DOTALL,
)
_SAME = str.maketrans(
    {chr(0xFF01 + at): chr(0x21 + at) for at in range(94)}
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("‘’‛", "'")
    | {"؟": "?", "٪": "%"}
)
_PAIRED = frozenset({Mark.STRONG, Mark.EMPHASIS, Mark.STRIKE})
_TEXT = frozenset({Mark.ENTITY, Mark.ESCAPE})
"""Tokens that stand for a character of the text."""


class Role(StrEnum):
    """What a piece of a text is."""

    WORD = "word"
    NUMBER = "number"
    SIGN = "sign"
    MARK = "mark"
    BLANK = "blank"
    OPEN = "open"
    CLOSE = "close"
    LONE = "lone"


_ROLES: Mapping[str, Role] = {**{str(role): role for role in Role}, "other": Role.SIGN}
"""What the groups of the pattern above are."""

SPOKEN = frozenset({Role.WORD, Role.NUMBER, Role.SIGN})
"""What a reader reads."""

_SILENT = frozenset({Mark.HTML, Mark.FOOTNOTE, Mark.BREAK})
"""Markup that stands alone and is no part of a sentence."""


@dataclass(frozen=True, slots=True)
class Tag:
    """Markup with its value: code, an address, what surrounds bold words.

    `places` are where the value stands in the text, none where it cannot be exchanged alone;
    `edges` are all that is not words.
    """

    mark: Mark
    value: str
    places: tuple[Span, ...]
    edges: tuple[Span, ...]

    @property
    def same(self) -> tuple[Mark, str]:
        """What two tags have in common that mean the same."""
        return self.mark, self.value


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; two say the same where their roles and keys are the same."""

    role: Role
    text: str
    key: str
    span: Span
    tag: Tag | None = None

    @property
    def is_part(self) -> bool:
        """Whether it is a part of a sentence: what a reader reads, code and formulas included."""
        if self.role in SPOKEN:
            return True
        return self.role is Role.LONE and self.tag is not None and self.tag.mark not in _SILENT

    @property
    def said(self) -> str:
        """Its characters, also where they are written as a reference or escaped."""
        if len(self.text) > 1 and self.text[0] in "\\&":
            return self.text[1:] if self.text[0] == "\\" else unescape(self.text)
        return self.text

    @property
    def slot(self) -> str:
        """Its key without the value of its tag."""
        return self.key if self.tag is None else f"{self.role} {self.tag.mark}"


@dataclass(frozen=True)
class Text:
    """A text in pieces, in order and without gaps."""

    raw: str
    pieces: tuple[Piece, ...]

    @cached_property
    def content(self) -> tuple[Piece, ...]:
        """The pieces that carry meaning: words, numbers, signs and markup."""
        return tuple(one for one in self.pieces if one.role not in (Role.MARK, Role.BLANK))

    @cached_property
    def parts(self) -> tuple[Piece, ...]:
        """The parts of its sentences, without punctuation and markup around words."""
        return tuple(one for one in self.pieces if one.is_part)

    @cached_property
    def gaps(self) -> tuple[str, ...]:
        """The blanks and the punctuation before, between and after its parts."""
        found: list[list[str]] = [[]]
        for one in self.pieces:
            if one.is_part:
                found.append([])
            elif one.role in (Role.MARK, Role.BLANK):
                found[-1].append(one.said)
            elif one.tag is not None and one.tag.mark is Mark.BREAK:
                found[-1].append(" ")
        return tuple("".join(some) for some in found)

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """The markup, in order."""
        tags = (one.tag for one in self.pieces if one.role in (Role.OPEN, Role.LONE))
        return tuple(filter(None, tags))


def text_of(raw: str, tokens: Sequence[Token]) -> Text:
    """A text in pieces, given its tokens."""
    return Text(raw, tuple(_pieces(raw, tokens)))


def tag_of(raw: str, token: Token) -> Tag:
    """A token as markup with its value."""
    start, end = token.start, token.end
    if token.mark is Mark.BREAK:
        return Tag(token.mark, "", (), ((start, end),))
    if token.inner is None:
        return Tag(token.mark, raw[start:end], ((start, end),), ((start, end),))
    left, right = token.inner
    edges = _edges(token)
    if token.mark in _PAIRED:
        return Tag(token.mark, raw[start:left], edges, edges)
    if token.at is not None:
        return Tag(token.mark, raw[slice(*token.at)], (token.at,), edges)
    own = raw.startswith("][", right) and end - right > 3
    places = ((right + 2, end - 1),) if own else ()
    label = raw[right + 2 : end - 1] if own else raw[left:right]
    return Tag(token.mark, f"[{label}]", places, edges)


def _edges(token: Token) -> tuple[Span, ...]:
    assert token.inner is not None  # noqa: S101 - asked for pairs alone
    left, right = token.inner
    if token.title is None:
        return (token.start, left), (right, token.end)
    return (token.start, left), (right, token.title[0]), (token.title[1], token.end)


def _pieces(raw: str, tokens: Sequence[Token]) -> Iterator[Piece]:
    position = 0
    for (start, end), role, token in sorted(_cuts(tokens), key=lambda cut: cut[0]):
        yield from _spoken(raw, position, start)
        position = end
        if token.mark in _TEXT:
            yield from _character(raw, start, end)
            continue
        tag = tag_of(raw, token)
        yield Piece(role, raw[start:end], f"{role} {tag.mark} {tag.value}", (start, end), tag)
    yield from _spoken(raw, position, len(raw))


def _cuts(tokens: Sequence[Token]) -> Iterator[tuple[Span, Role, Token]]:
    for token in tokens:
        if token.inner is None:
            yield (token.start, token.end), Role.LONE, token
            continue
        first, *others = _edges(token)
        yield first, Role.OPEN, token
        yield from ((span, Role.CLOSE, token) for span in others)


def _character(raw: str, start: int, end: int) -> Iterator[Piece]:
    """A character that is written as a reference, or escaped."""
    written = raw[start:end]
    said = written[1:] if written.startswith("\\") else unescape(written)
    for match in _PIECE.finditer(said):
        role = _role(match)
        yield Piece(role, written, _key(role, match.group()), (start, end))


def _spoken(raw: str, start: int, end: int) -> Iterator[Piece]:
    for match in _PIECE.finditer(raw, start, end):
        role = _role(match)
        yield Piece(role, match.group(), _key(role, match.group()), match.span())


def _role(match: re.Match[str]) -> Role:
    return _ROLES[match.lastgroup or "other"]


def as_written(text: str) -> str:
    """A text with its capitals, one way of writing each letter and sign."""
    return text if text.isascii() else normalize("NFC", text).translate(_SAME)


def _key(role: Role, text: str) -> str:
    if role is Role.BLANK:
        return " "
    if role is Role.MARK:
        return text
    return as_written(text).lower()
