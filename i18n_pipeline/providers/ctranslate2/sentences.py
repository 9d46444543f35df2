"""Texts in sentences: models know sentences, and forget the rest of a paragraph; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from i18n_pipeline.expressions import expression
from i18n_pipeline.providers.tagged import Part
from i18n_pipeline.values import dataclass, replace

_SENTENCES = expression(
    r"(?P<before>\w*(?:\.\w+)*)[.!?…]+['\"’”»)\]]*(?P<gap>\s+)(?![a-zß-öø-ÿ])"
    r"|[。！？]+[」』）”’]*(?P<none>\s*)"
    r"|(?P<line>\s*\n\s*)"
)
_CLAUSES = expression(r"[,;:–—]+['\"’”»)\]]*(?P<gap>\s+)|[、，；：](?P<none>\s*)")
_WORDS = expression(r"(?P<gap>\s+)")
_SHORT = frozenset(
    ("cf", "dr", "e.g", "eg", "etc", "fig", "i.e", "ie", "mr", "mrs", "ms", "no", "pp", "st", "vs")
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Parts that go to the model together, and the blanks behind them."""

    parts: tuple[Part, ...]
    gap: str = ""


def sentences(parts: Sequence[Part]) -> Iterator[Sentence]:
    """The sentences of a text; none is cut inside a pair of tags."""
    yield from _cut(parts, _SENTENCES)


def shorter(parts: Sequence[Part]) -> tuple[Sentence, ...]:
    """A sentence that is too long, in two near its middle; one where it cannot be cut."""
    for place in (_CLAUSES, _WORDS):
        pieces = list(_cut(parts, place))
        if len(pieces) > 1:
            half = _nearest_half(pieces)
            return (_joined(pieces[:half]), _joined(pieces[half:]))
    return (Sentence(tuple(parts)),)


def _cut(parts: Sequence[Part], place: re.Pattern[str]) -> Iterator[Sentence]:
    gathered: list[Part] = []
    for part in parts:
        start = 0
        for start_of_gap, end in _gaps(part, place):
            gathered += _words(part, start, start_of_gap)
            if gathered:
                yield Sentence(tuple(gathered), part.text[start_of_gap:end])
                gathered, start = [], end
        gathered += _words(part, start, len(part.text))
    if gathered:
        yield Sentence(tuple(gathered))


def _words(part: Part, start: int, end: int) -> tuple[Part, ...]:
    return (replace(part, text=part.text[start:end]),) if start < end else ()


def _gaps(part: Part, place: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    if part.lone or part.pairs:
        return
    for found in place.finditer(part.text):
        word = (found.groupdict().get("before") or "").lower()
        if word not in _SHORT and not (len(word) == 1 and word.isalpha()):
            yield found.span(found.lastgroup or 0)


def _nearest_half(pieces: Sequence[Sentence]) -> int:
    lengths = [sum(len(part.text) for part in piece.parts) for piece in pieces]
    whole = sum(lengths)
    return min(range(1, len(pieces)), key=lambda at: abs(2 * sum(lengths[:at]) - whole))


def _joined(pieces: Sequence[Sentence]) -> Sentence:
    parts: list[Part] = []
    for piece in pieces:
        parts += [*piece.parts, *((Part(piece.gap),) if piece.gap else ())]
    last = pieces[-1].gap
    return Sentence(tuple(parts[:-1] if last else parts), last)
