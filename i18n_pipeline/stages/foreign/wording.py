"""How other programs write a text that we write otherwise, from the same to the much alike.

Three readings of a text: its characters but for blanks; its markup in one spelling; its letters
alone. And the way back for texts in which addresses and HTML are `{1}`, `{2}`, ….
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from html import unescape

from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.markdown import Mark, Token, inline_tokens

NUMBERED = expression(r"\{(\d{1,3})\}")
"""What stands for an address or HTML in a text of translate-toolkit."""


class Likeness(IntEnum):
    """How much a foreign source is ours, the nearest first."""

    SAME = 0
    MARKUP = 1
    LETTERS = 2


_BLANKS = expression(r"\s+")
_BREAK = expression(r"(?:\\| {2,})\n")
_SIGNS = {Mark.STRONG: "**", Mark.EMPHASIS: "*", Mark.STRIKE: "~~"}
_UNSAID = frozenset({Mark.HTML, Mark.IMAGE, Mark.AUTOLINK})


def tokens_in(text: str, definitions: str, extensions: frozenset[str]) -> tuple[Token, ...]:
    """The tokens of a Markdown text; none where the parser gives up."""
    try:
        return inline_tokens(text, definitions, extensions)
    except BadFile:
        return ()


def readings(text: str, tokens: Sequence[Token]) -> Iterator[tuple[Likeness, str]]:
    """What a text is found by, the most exact first; "" finds nothing."""
    yield Likeness.SAME, _BLANKS.sub(" ", text).strip()
    yield Likeness.MARKUP, _BLANKS.sub(" ", _respelled(text, tokens)).strip()
    yield Likeness.LETTERS, _letters(text, tokens)


def _respelled(text: str, tokens: Sequence[Token]) -> str:
    """A text with its emphasis as `*` and `**`, breaks as blanks, and no character escaped."""
    edits: list[tuple[int, int, str]] = []
    for token in tokens:
        if token.mark in _SIGNS and token.inner is not None:
            sign = _SIGNS[token.mark]
            edits += [(token.start, token.inner[0], sign), (token.inner[1], token.end, sign)]
        elif token.mark is Mark.BREAK:
            edits.append((token.start, token.end, " "))
        elif token.mark is Mark.ESCAPE:
            edits.append((token.start, token.start + 1, ""))
        elif token.mark is Mark.ENTITY:
            edits.append((token.start, token.end, unescape(text[token.start : token.end])))
    return _edited(text, edits)


def _letters(text: str, tokens: Sequence[Token]) -> str:
    """Letters and digits of what a reader sees; without pictures, addresses and HTML."""
    edits: list[tuple[int, int, str]] = []
    for token in tokens:
        if token.mark in _UNSAID:
            edits.append((token.start, token.end, " "))
        elif token.mark is Mark.LINK and token.inner is not None:
            edits += [(token.start, token.inner[0], ""), (token.inner[1], token.end, "")]
        elif token.mark is Mark.ENTITY:
            edits.append((token.start, token.end, unescape(text[token.start : token.end])))
    said = NUMBERED.sub(" ", _edited(text, edits))
    return "".join(filter(str.isalnum, said)).casefold()


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    """A text with ranges replaced; of ranges in each other the outer one counts."""
    parts: list[str] = []
    position = 0
    for start, end, words in sorted(edits, key=lambda edit: (edit[0], -edit[1])):
        if start >= position:
            parts += [text[position:start], words]
            position = end
    return "".join(parts) + text[position:]


def breaks_in(text: str) -> int:
    """How many hard line breaks a text has."""
    return len(_BREAK.findall(text))


def lines_are_breaks(source: str, ours: str) -> bool:
    """Whether a foreign source has a bare line end where ours has a hard line break."""
    return (
        bool(breaks_in(ours))
        and not breaks_in(source)
        and (source.strip().count("\n") == breaks_in(ours))
    )


def with_breaks(text: str, ours: str) -> str:
    """A text whose line ends are breaks, with breaks as ours has them."""
    found = _BREAK.search(ours)
    return text.strip().replace("\n", found[0]) if found else text


def has_numbers(source: str, ours: str) -> bool:
    """Whether a foreign source has placeholders that stand for something in ours."""
    return bool(set(NUMBERED.findall(source)) - set(NUMBERED.findall(ours)))


def in_our_words(source: str, target: str, ours: str) -> str | None:
    """A foreign translation as we write it; None where nobody knows what its `{1}` stands for."""
    if not has_numbers(source, ours) and not has_numbers(target, ours):
        return target
    used = set(NUMBERED.findall(target))
    stands = _standing(source, ours)
    if stands is None or not used <= stands.keys():
        return None
    return NUMBERED.sub(lambda number: stands.get(number[1], number[0]), target)


def _standing(source: str, ours: str) -> Mapping[str, str] | None:
    """What each `{n}` of a source stands for, told by the words between them; None: no telling."""
    parts = NUMBERED.split(source.strip())
    words, numbers = parts[::2], parts[1::2]
    text = ours.strip()
    if not text.startswith(words[0]) or any(not word for word in words[1:-1]):
        return None
    stands: dict[str, str] = {}
    position = len(words[0])
    for number, word in zip(numbers, words[1:], strict=True):
        is_last = word is words[-1]
        end = len(text) - len(word) if is_last else text.find(word, position)
        if end < position or text[end : end + len(word)] != word:
            return None
        raw = text[position:end]
        if stands.setdefault(number, raw) != raw:
            return None
        position = end + len(word)
    return stands if position == len(text) else None
