"""An edit of markup made in a translation: where the same markup stands there, it is exchanged.

The words of a translation are never touched. What is not sure is not done: then a person looks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Protocol

from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.markdown import Mark, Token
from i18n_pipeline.model import Edit, Segment
from i18n_pipeline.placeholders import tokens_of
from i18n_pipeline.stages.edits.borrowed import Borrowed
from i18n_pipeline.stages.edits.kinds import Swap
from i18n_pipeline.stages.edits.pieces import SPOKEN, Tag, Text, text_of
from i18n_pipeline.values import dataclass

_FREE = frozenset({Mark.STRONG, Mark.EMPHASIS, Mark.STRIKE, Mark.BREAK})
"""Markup that a language may have more or less of."""

_TAKEN_OFF = frozenset({Mark.LINK, Mark.STRONG, Mark.EMPHASIS, Mark.STRIKE, Mark.HTML})
_TAKEN_OFF_TOO = _TAKEN_OFF | {Mark.FOOTNOTE, Mark.CODE}
_PUT_ON = (_TAKEN_OFF - {Mark.HTML}) | {Mark.CODE}
_ASCII_WORD = expression(r"[A-Za-z0-9_]")

_Same = tuple[Mark, str]


class _IsRendering(Protocol):
    """Whether words mean the same in a source and in its translation."""

    def __call__(self, words: str, texts: tuple[Text, Text]) -> bool: ...


class _Unsure(Exception):
    """There is more than one way to do it, or none; never leaves this module."""


def patched(
    swaps: Sequence[Swap],
    texts: tuple[str, str, str],
    segment: Segment,
    borrowed: Borrowed,
) -> str | None:
    """A translation with an edit of its source's markup made in it; None where that is not clear.

    `texts` are the source before, the source after, and the translation of the one before. Asked
    for are as much markup of each kind in the translation as in the source before, and one way
    alone to make each of the `swaps`.
    """
    if not swaps:
        return texts[2]
    try:
        extensions = borrowed.ground.extensions
        old, new, target = (_read(text, segment, extensions) for text in texts)
        patch = _Patch(old, new, target, partial(borrowed.is_rendering, segment=segment))
        changed = _applied(texts[2], list(patch.edits(swaps)))
        result = _read(changed, segment, extensions)
    except (_Unsure, BadFile):
        return None
    return changed if _is_as_meant(target, result, swaps) else None


def _read(text: str, segment: Segment, extensions: frozenset[str]) -> Text:
    tokens: Sequence[Token] = tokens_of(segment, text, extensions)
    return text_of(text, tokens)


@dataclass(frozen=True)
class _Patch:
    old: Text
    new: Text
    target: Text
    is_rendering: _IsRendering

    def edits(self, swaps: Sequence[Swap]) -> Iterator[Edit]:
        """What changes in the translation. Raises _Unsure."""
        marks = {tag.mark for swap in swaps for tag in (swap.old, swap.new) if tag is not None}
        if _counted(self.old, marks) != _counted(self.target, marks):
            raise _Unsure
        for same in dict.fromkeys(swap.old.same for swap in swaps if swap.old is not None):
            yield from self._exchanged(same, [s for s in swaps if s.old and s.old.same == same])
        for swap in swaps:
            if swap.old is None and swap.new is not None:
                yield from self._put_on(swap.new, swap.around)

    def _exchanged(self, same: _Same, swaps: Sequence[Swap]) -> Iterator[Edit]:
        """All places of one value, which have to become the same."""
        there = [tag for tag in self.target.tags if tag.same == same]
        before = sum(tag.same == same for tag in self.old.tags)
        after = {None if swap.new is None else swap.new.same for swap in swaps}
        if len(swaps) != before or len(there) != before or len(after) != 1:
            raise _Unsure
        for tag in there:
            yield from self._made(tag, swaps[0])

    def _made(self, tag: Tag, swap: Swap) -> Iterator[Edit]:
        if swap.new is None:
            yield from _taken_off(tag, swap.around)
            return
        if not tag.places or not swap.new.places:
            raise _Unsure
        for place, wanted in zip(tag.places, swap.new.places, strict=True):
            yield Edit(*place, self.new.raw[slice(*wanted)])

    def _put_on(self, tag: Tag, around: str) -> Iterator[Edit]:
        """Markup around words that the translation has as they are, once, and with that sense."""
        if tag.mark not in _PUT_ON or len(tag.edges) > 2:
            raise _Unsure
        if not self.is_rendering(around, (self.old, self.target)):
            raise _Unsure
        start, end = _only(self.target, around)
        _only(self.old, around)
        first, *others = (self.new.raw[slice(*edge)] for edge in tag.edges)
        if not others:
            yield Edit(start, end, first)
            return
        yield Edit(start, start, first)
        yield Edit(end, end, others[0])


def _taken_off(tag: Tag, around: str) -> Iterator[Edit]:
    if tag.mark not in _TAKEN_OFF_TOO:
        raise _Unsure
    if tag.mark is Mark.CODE:
        yield Edit(*tag.edges[0], around)
        return
    yield from (Edit(*edge, "") for edge in tag.edges)


def _only(text: Text, words: str) -> tuple[int, int]:
    """Where words stand in a text by themselves, if that is one place. Raises _Unsure."""
    start = text.raw.find(words) if words.strip() else -1
    end = start + len(words)
    if start < 0 or text.raw.find(words, start + 1) >= 0:
        raise _Unsure
    around = (text.raw[start - 1 : start], text.raw[end : end + 1])
    ends = (words[0], words[-1])
    glued = any(map(_are_glued, around, ends))
    inside = any(
        start < edge[1] and edge[0] < end for tag in text.tags for edge in tag.edges
    ) or any(_holds_words(tag, start, end) for tag in text.tags)
    if glued or inside:
        raise _Unsure
    return start, end


def _holds_words(tag: Tag, start: int, end: int) -> bool:
    """Whether words stand in a link's or an image's words: no link goes into another."""
    if tag.mark not in (Mark.LINK, Mark.IMAGE) or len(tag.edges) < 2:
        return False
    return tag.edges[0][1] <= start and end <= tag.edges[1][0]


def _are_glued(beside: str, end: str) -> bool:
    return bool(_ASCII_WORD.match(beside) and _ASCII_WORD.match(end))


def _counted(text: Text, also: Iterable[Mark]) -> Counter[_Same]:
    free = _FREE.difference(also)
    return Counter(tag.same for tag in text.tags if tag.mark not in free)


def _applied(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits made in it; where two overlap it says the same words twice."""
    parts: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        parts += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*parts, text[position:]])


def _is_as_meant(before: Text, after: Text, swaps: Sequence[Swap]) -> bool:
    """Whether the result, read again, has the same words and the markup that was meant."""
    wanted = Counter(tag.same for tag in before.tags)
    wanted.subtract(Counter(swap.old.same for swap in swaps if swap.old is not None))
    wanted.update(Counter(swap.new.same for swap in swaps if swap.new is not None))
    found = Counter(tag.same for tag in after.tags)
    if +wanted != found or min(wanted.values(), default=0) < 0:
        return False
    exchanged = {s.old.same: s.new.value for s in swaps if s.old is not None and s.new is not None}
    return _said(before, exchanged) == _said(after, {})


def _said(text: Text, exchanged: Mapping[_Same, str]) -> str:
    """What a reader reads, code included, in one line; some code as what it became."""
    shown = (
        one.text if one.tag is None else _code(exchanged.get(one.tag.same, one.tag.value))
        for one in text.pieces
        if one.role in SPOKEN or (one.tag is not None and one.tag.mark is Mark.CODE)
    )
    return "".join("".join(shown).split())


def _code(value: str) -> str:
    return value.strip("`").strip()
