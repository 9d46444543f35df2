"""How a locale's file is made up, beside its source: what the lock is to know of its blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from i18n_pipeline.stages.adopting.matching import Match
from i18n_pipeline.stages.chunks import Chunk, chunks_of
from i18n_pipeline.stages.remembered import Block, Whose, key_of, look_of, said_in
from i18n_pipeline.stages.saying import short


def blocks_of(match: Match, standing: Mapping[int, str]) -> tuple[Block, ...]:
    """The blocks of a file; `standing` are the source texts of its slots, by position."""
    return tuple(_Layout(match, standing).blocks())


def left_out(match: Match) -> tuple[str, ...]:
    """Keys of the source's blocks without texts that the file does not have: a person's choice.

    What has texts is still to be translated.
    """
    there = set(dict(_skeletons(match)).values())
    bare = (chunk for chunk in chunks_of(match.term.file.body) if not chunk.slots)
    return tuple(key_of(look_of(one), ()) for at, one in enumerate(bare) if at not in there)


class _Layout:
    """Goes through a file's blocks, and the source's beside them."""

    def __init__(self, match: Match, standing: Mapping[int, str]) -> None:
        self._match, self._standing = match, standing
        self._sources = tuple(chunks_of(match.term.file.body))
        self._of_slot = {there: here for here, there in map(match.slots_of, match.pairs)}
        self._without_texts = dict(_skeletons(match))

    def blocks(self) -> Iterator[Block]:
        """The blocks in their order."""
        chunk_of = _chunk_of_slots(self._sources)
        body = self._match.target.body
        first = bare = 0
        for chunk in chunks_of(body):
            slots = range(first, first + len(chunk.slots))
            texts = (self._standing.get(at, "") for at in slots)
            sources = tuple(short(text) if text else "" for text in texts)
            partners = {chunk_of[self._of_slot[at]] for at in slots if at in self._of_slot}
            if not chunk.slots:
                found = self._without_texts.get(bare)
                partners = set() if found is None else {self._bare(found)}
                bare += 1
            whose = self._whose(chunk, sources, sorted(partners))
            yield Block(look_of(chunk), whose, sources, said_in(body, chunk))
            first += len(chunk.slots)

    def _bare(self, number: int) -> int:
        """The position of the source's n-th block without texts."""
        return [at for at, chunk in enumerate(self._sources) if not chunk.slots][number]

    def _whose(self, chunk: Chunk, sources: Sequence[str], partners: Sequence[int]) -> Whose:
        if not partners:
            return Whose.OWN
        there = self._sources[partners[0]]
        wanted = tuple(short(slot.segment.source) for slot in there.slots)
        alike = len(partners) == 1 and chunk.shape == there.shape
        return Whose.SOURCES if alike and len(sources) == len(wanted) else Whose.CHANGED


def _chunk_of_slots(chunks: Sequence[Chunk]) -> Mapping[int, int]:
    """Which chunk a slot stands in, by its position in the body."""
    found: dict[int, int] = {}
    for at, chunk in enumerate(chunks):
        for _ in chunk.slots:
            found[len(found)] = at
    return found


def _skeletons(match: Match) -> Iterator[tuple[int, int]]:
    """Blocks without texts of the file, with those of the source: both counted for themselves."""
    sources = _numbered(match.sources.slots)
    targets = _numbered(match.targets.slots)
    for pair in match.pairs:
        if pair.source in sources and pair.target in targets:
            yield targets[pair.target], sources[pair.source]


def _numbered(slots: Sequence[int]) -> Mapping[int, int]:
    bare = [at for at, slot in enumerate(slots) if slot < 0]
    return {at: number for number, at in enumerate(bare)}
