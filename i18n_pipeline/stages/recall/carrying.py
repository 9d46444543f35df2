"""A remembered translation with the placeholders of a new source in the place of the old ones.

Only where it is plain which stands for which: both sources have the same kinds of things in the
same order, and the translation has each of the old ones as often as its source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from i18n_pipeline.markdown import Mark, Span, Token
from i18n_pipeline.model import Segment
from i18n_pipeline.placeholders import tokens_of
from i18n_pipeline.values import dataclass

_WHOLE = frozenset(
    {Mark.CODE, Mark.MATH, Mark.FOOTNOTE, Mark.TEMPLATE, Mark.HTML, Mark.AUTOLINK, Mark.ENTITY}
)

_Thing = tuple[Mark, str]
"""What must be carried over: code, say, or where a link leads."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A thing with its place in a text."""

    thing: _Thing
    at: Span


def carried(segment: Segment, old: str, target: str, extensions: frozenset[str]) -> str | None:
    """`target`, which translates `old`, for the segment's source; None where that is not plain.

    Raises BadFile where the parser gives up.
    """
    texts = (old, segment.source, target)
    was, now, there = (tuple(_things(segment, text, extensions)) for text in texts)
    if Counter(one.thing for one in was) == Counter(one.thing for one in now):
        return target
    became = _mapped([one.thing for one in was], [one.thing for one in now])
    if became is None:
        return None
    before, here = Counter(one.thing for one in was), Counter(one.thing for one in there)
    if any(before[thing] != here[thing] for thing in became):
        return None
    return _replaced(target, there, became)


def _things(segment: Segment, text: str, extensions: frozenset[str]) -> Iterator[_Placed]:
    for token in tokens_of(segment, text, extensions):
        span = _span(token)
        if span is not None:
            yield _Placed((token.mark, text[slice(*span)]), span)


def _span(token: Token) -> Span | None:
    """What of a token must be carried over: all of it, or where it leads."""
    return (token.start, token.end) if token.mark in _WHOLE else token.at


def _mapped(was: list[_Thing], now: list[_Thing]) -> Mapping[_Thing, str] | None:
    """What each thing became, where it is one thing each and everywhere the same."""
    if [mark for mark, _ in was] != [mark for mark, _ in now]:
        return None
    pairs = {(old, new) for old, new in zip(was, now, strict=True)}
    if len(pairs) != len({old for old, _ in pairs}) or len(pairs) != len({new for _, new in pairs}):
        return None
    return {old: new[1] for old, new in pairs if old != new}


def _replaced(text: str, things: Iterable[_Placed], became: Mapping[_Thing, str]) -> str:
    parts: list[str] = []
    position = 0
    for one in things:
        if one.thing in became:
            parts += [text[position : one.at[0]], became[one.thing]]
            position = one.at[1]
    return "".join(parts) + text[position:]
