"""How sure it is that a text of a locale's file translates a text of the source, in words."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.stages.adopting.clues import Clues
from i18n_pipeline.stages.adopting.likeness import Likeness
from i18n_pipeline.stages.adopting.pairing import CLEAR, Pair

_SCORE = 1.0
"""What a pair has to score: a text of the right kind and length, nothing against it, has 1.7."""
_LENGTH = -0.3


def doubts_about(pair: Pair, source: Clues, target: Clues, like: Likeness) -> tuple[str, ...]:
    """Why a person should look at a pair; nothing where it may count as reviewed."""
    if pair.score >= _SCORE and pair.margin >= CLEAR and not pair.moved:
        return ()
    found = tuple(_differences(source, target, like))
    if pair.moved:
        found = ("it stands elsewhere", *found)
    elif pair.margin < CLEAR and not found:
        found = ("it may belong to a neighbour",)
    return found or ("too little in it tells that it is the same text",)


def _differences(source: Clues, target: Clues, like: Likeness) -> Iterator[str]:
    if source.links != target.links:
        yield "links differ"
    if source.opaque != target.opaque:
        yield "code or markup differs"
    if source.numbers - target.numbers:
        yield "figures differ"
    if source.terms - target.terms:
        yield "terms differ"
    if like.length(source, target) < _LENGTH:
        longer = target.length > source.length * like.ratio
        yield "much longer" if longer else "much shorter"
    if source.kind is not target.kind:
        yield f"a {target.kind}, not a {source.kind}"
