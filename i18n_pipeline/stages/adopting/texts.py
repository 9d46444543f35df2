"""A term file as a row of texts and blocks to be paired with another's."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from i18n_pipeline.formats.body import Body, Slot
from i18n_pipeline.placeholders import tokens_of
from i18n_pipeline.stages.adopting.clues import Clues, Names, Text, clues_of
from i18n_pipeline.stages.chunks import Chunk, chunks_of
from i18n_pipeline.values import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """The clues of a body in its order, and for each the position of its slot, -1 for none."""

    clues: tuple[Clues, ...]
    slots: tuple[int, ...]

    @property
    def terms(self) -> frozenset[str]:
        """The slugs of all terms that its texts name."""
        return frozenset(slug for one in self.clues for slug in one.terms)


def source_row(body: Body, names: Names, extensions: frozenset[str]) -> Row:
    """The row of a source's body."""

    def clues(slot: Slot) -> Clues:
        text = _text(slot, extensions)
        return clues_of(text, names.in_source(text.text, text.tokens))

    return _row(body, clues)


def target_row(
    body: Body,
    names: Names,
    extensions: frozenset[str],
    slugs: Iterable[str],
    canonical: Callable[[str], str],
) -> Row:
    """The row of a locale's body; `slugs` are the terms that it may name."""
    wanted = frozenset(slugs)

    def clues(slot: Slot) -> Clues:
        text = _text(slot, extensions)
        return clues_of(text, names.in_target(text.words, wanted), canonical)

    return _row(body, clues)


def _text(slot: Slot, extensions: frozenset[str]) -> Text:
    segment = slot.segment
    tokens = tokens_of(segment, segment.source, extensions)
    return Text(segment.kind, segment.source, tokens, slot.leaf.level)


def _row(body: Body, clues: Callable[[Slot], Clues]) -> Row:
    found: list[Clues] = []
    slots: list[int] = []
    at = 0
    for chunk in chunks_of(body):
        if not chunk.slots:
            found.append(_skeleton(body, chunk))
            slots.append(-1)
        for slot in chunk.slots:
            found.append(clues(slot))
            slots.append(at)
            at += 1
    return Row(tuple(found), tuple(slots))


def _skeleton(body: Body, chunk: Chunk) -> Clues:
    data = body.data[chunk.start : chunk.end].replace(b"\r\n", b"\n")
    return Clues(None, block=str(chunk.shape[0]), skeleton=data)
