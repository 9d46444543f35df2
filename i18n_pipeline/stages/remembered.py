"""What the lock remembers of a built body: which block and which text in it is whose.

A block is the source's (it is made up as there), the source's but changed by a person (an item
more, other code), or the file's own. Each text is known by two hashes: of the source text that it
translates, none where a person wrote something of the file's own, and of what it said when we
last read or wrote the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import islice

from i18n_pipeline.formats.body import Body
from i18n_pipeline.model import LockEntry, digest
from i18n_pipeline.stages.alignment import aligned
from i18n_pipeline.stages.chunks import Chunk, chunks_of
from i18n_pipeline.stages.saying import short, slot_says
from i18n_pipeline.values import dataclass, replace

_PERHAPS = "?"


class Whose(StrEnum):
    """Whose a block of a built file is, in the lock's words."""

    SOURCES = ""
    CHANGED = "~"
    OWN = "-"


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a built body, as the lock remembers it.

    `look` is a hash of what it is made of, its first two digits of its kind alone. `sources` and
    `written` are short hashes for each of its texts; a source's is "" where there is none.
    `perhaps`: one of two branches that met has it so, and the file may have it or not.
    """

    look: str
    whose: Whose = Whose.SOURCES
    sources: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    perhaps: bool = False

    @property
    def says(self) -> tuple[str, tuple[str, ...]]:
        """What it is made of and what it says."""
        return self.look, self.written

    @property
    def name(self) -> str:
        """Which kind of block it is: the same for two paragraphs."""
        return self.look[:2]

    @property
    def key(self) -> str:
        """What tells it from the source's other blocks: its texts, or its look without any."""
        return key_of(self.look, self.sources)


def key_of(look: str, sources: Sequence[str]) -> str:
    """What tells a block of the source from others: short hash of its texts, or of its look."""
    return short(",".join(sources) or look)


def look_of(chunk: Chunk) -> str:
    """8 hex digits: two of the kind of block, six of all that it is made of, texts aside."""
    name, kinds, depths, skeleton = chunk.shape
    return digest(name, 1) + short(repr((list(map(str, kinds)), depths, skeleton)))


def said_in(body: Body, chunk: Chunk) -> tuple[str, ...]:
    """Short hashes of what a block's texts say."""
    return tuple(short(slot_says(body, slot)) for slot in chunk.slots)


@dataclass(frozen=True)
class Layout:
    """A body with its blocks as the parser sees them, and whose each is."""

    body: Body
    chunks: tuple[Chunk, ...]
    blocks: tuple[Block, ...]

    @classmethod
    def of_source(cls, body: Body, sources: Sequence[str]) -> Layout:
        """A body all of whose texts, in order, translate these sources (by hash)."""
        chunks = tuple(chunks_of(body))
        return cls(body, chunks, tuple(_seen(body, chunks, sources)))

    @classmethod
    def of_file(cls, body: Body, entry: LockEntry) -> Layout:
        """The body of a file as the lock's entry knows it.

        Where the entry knows no blocks, all are the source's; one that knows others than the file
        has (it is of another version) is believed as far as both agree, and the rest is the file's
        own.
        """
        chunks = tuple(chunks_of(body))
        known = remembered(entry)
        sources = entry.segments if len(entry.segments) == len(body.slots) else ()
        found = tuple(_seen(body, chunks, sources or ("",) * len(body.slots)))
        if not known:
            return cls(body, chunks, found)
        perhaps = any(block.perhaps for block in known)
        if not perhaps and [len(b.sources) for b in known] == [len(c.slots) for c in chunks]:
            return cls(body, chunks, known)
        return cls(body, chunks, tuple(_believed(found, known)))

    @property
    def sources(self) -> tuple[str, ...]:
        """The hashes of what the body's texts translate, in order; "" for its own."""
        return tuple(source for block in self.blocks for source in block.sources)

    @property
    def deviates(self) -> bool:
        """Whether a person made the body up otherwise than its source is."""
        return any(block.whose is not Whose.SOURCES for block in self.blocks)

    def left_out(self, omitted: Sequence[str]) -> frozenset[int]:
        """The positions of a source's texts that a person left out of the file, blocks or items."""
        found: set[int] = set()
        at = 0
        for block in self.blocks:
            whole = block.key in omitted
            found |= {n for n, one in enumerate(block.sources, at) if whole or one in omitted}
            at += len(block.sources)
        return frozenset(found)


def _seen(body: Body, chunks: Sequence[Chunk], sources: Sequence[str]) -> Iterator[Block]:
    rest = iter(sources)
    for chunk in chunks:
        its = tuple(islice(rest, len(chunk.slots)))
        yield Block(look_of(chunk), sources=its, written=said_in(body, chunk))


def _believed(found: Sequence[Block], known: Sequence[Block]) -> Iterator[Block]:
    said = _found_again(found, known)
    for at, block in enumerate(found):
        if at in said:
            yield replace(known[said[at]], perhaps=False)
        else:
            yield replace(block, whose=Whose.OWN, sources=("",) * len(block.written))


def _found_again(found: Sequence[Block], known: Sequence[Block]) -> dict[int, int]:
    """Positions of known blocks by those of the file's that say the same.

    What two branches had in the same place stands in no order.
    """
    said = dict(aligned([block.says for block in known], [block.says for block in found]))
    free = {
        block.says: at
        for at, block in enumerate(known)
        if block.perhaps and at not in said.values()
    }
    for at, block in enumerate(found):
        if at not in said and block.says in free:
            said[at] = free.pop(block.says)
    return said


def settled(known: Sequence[Block], layout: Layout) -> tuple[Block, ...]:
    """Known blocks of which some are there perhaps, as far as a file tells which it has.

    They come in the file's order. Those that it does not have are left out where it has another
    of the same sources.
    """
    if not any(block.perhaps for block in known):
        return tuple(known)
    seen = [Block(block.look, written=block.written) for block in layout.blocks]
    found = _found_again(seen, known)
    there = {source for at in found.values() for source in known[at].sources} - {""}
    behind: dict[int, list[Block]] = {}
    before = -1
    for at, block in enumerate(known):
        if at in found.values():
            before = at
        elif not (block.perhaps and (block.whose is Whose.OWN or there & {*block.sources})):
            behind.setdefault(before, []).append(block)
    result = behind.get(-1, [])
    for here in sorted(found):
        result += [replace(known[found[here]], perhaps=False), *behind.get(found[here], ())]
    return tuple(result)


def remembered(entry: LockEntry) -> tuple[Block, ...]:
    """The blocks that a lock entry knows; none where it does not, or contradicts itself."""
    blocks = list(_blocks(entry))
    complete = sum(len(block.sources) for block in blocks) == len(entry.segments)
    return tuple(blocks) if complete and len(entry.written) == len(entry.segments) else ()


def _blocks(entry: LockEntry) -> Iterator[Block]:
    sources, written = iter(entry.segments), iter(entry.written)
    for noted in entry.blocks:
        one = noted.removeprefix(_PERHAPS)
        whose = Whose(one[0]) if one[:1] in ("~", "-") else Whose.SOURCES
        look, _, count = one.removeprefix(whose).partition(".")
        its, says = (tuple(islice(hashes, int(count))) for hashes in (sources, written))
        yield Block(look, whose, its, says, perhaps=noted != one)


def texts_of(entry: LockEntry) -> Iterator[tuple[str, str]]:
    """What a page said when we last read or wrote it: short hashes of each source and its text."""
    yield from entry.fields.values()
    yield from zip(entry.segments, entry.written, strict=False)


def _noted(block: Block) -> str:
    perhaps = _PERHAPS if block.perhaps else ""
    return f"{perhaps}{block.whose}{block.look}.{len(block.sources)}"


def with_blocks(
    entry: LockEntry, blocks: Sequence[Block], omitted: Sequence[str] = ()
) -> LockEntry:
    """The entry with what it remembers of the body; `omitted`: what of the source is left out."""
    return replace(
        entry,
        segments=tuple(source for block in blocks for source in block.sources),
        written=tuple(text for block in blocks for text in block.written),
        blocks=tuple(map(_noted, blocks)),
        omitted=tuple(sorted(omitted)),
    )
