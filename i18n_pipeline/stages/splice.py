"""Splice: put a freshly rendered body into the file that exists, touching only what differs.

Both bodies are read alike and cut into top-level blocks (chunks.py), which find their partners
(partners.py). A block that says the same keeps the existing file's bytes, line breaks included; a
block of the same shape gets only the differing texts replaced; any other block comes from the
fresh body. What a person made up otherwise stays as it is: the file's own blocks behind the block
they followed, changed ones with the texts put in whose place in them is certain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.body import Body, Patch
from i18n_pipeline.stages.chunks import Chunk, Content
from i18n_pipeline.stages.partners import Partners, partners
from i18n_pipeline.stages.places import places
from i18n_pipeline.stages.remembered import Block, Layout, Whose
from i18n_pipeline.stages.saying import said, short, slot_says
from i18n_pipeline.values import dataclass, replace

_BLANKS = b" \t"
_RUN = expression(rb"[ \t]*")


@dataclass(frozen=True)
class Spliced:
    """The changed body: its bytes, what its blocks should say and whose each is.

    `omitted` are those keys of left-out blocks and texts that still apply, `unplaced` the
    positions of fresh texts that found no certain place in a block which a person changed.
    """

    data: bytes
    contents: tuple[Content, ...]
    blocks: tuple[Block, ...]
    omitted: tuple[str, ...] = ()
    unplaced: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block of the result; `old` and `new` are its places in the two bodies, -1 for none."""

    data: bytes
    content: Content
    block: Block
    old: int = -1
    new: int = -1
    missing: tuple[int, ...] = ()


def splice(existing: Layout, fresh: Layout, omitted: Sequence[str] = ()) -> Spliced:
    """The existing body changed to say what the fresh one says, but for what a person left out."""
    found = partners(existing, fresh, omitted)
    pieces = list(_pieces(existing, fresh, found))
    first, missing = _first_slots(fresh.chunks), frozenset(omitted)
    unplaced = [
        first[piece.new] + at
        for piece in pieces
        for at in piece.missing
        if fresh.blocks[piece.new].sources[at] not in missing
    ]
    return Spliced(
        _joined(pieces, existing, fresh),
        tuple(piece.content for piece in pieces),
        tuple(piece.block for piece in pieces),
        tuple(_still_omitted(omitted, fresh, found)),
        tuple(unplaced),
    )


def adapted(existing: Body, data: bytes) -> bytes:
    """Bytes of the fresh body with the existing one's line ends."""
    return data.replace(b"\r\n", b"\n").replace(b"\n", existing.eol)


def _still_omitted(omitted: Sequence[str], fresh: Layout, found: Partners) -> Iterator[str]:
    left = [fresh.blocks[at].key for at in sorted(found.omitted)]
    texts = {source for block in fresh.blocks for source in block.sources}
    yield from left
    yield from (one for one in omitted if one in texts and one not in left)


def _first_slots(chunks: Sequence[Chunk]) -> list[int]:
    """How many slots stand before each chunk."""
    counts = [0]
    for chunk in chunks:
        counts.append(counts[-1] + len(chunk.slots))
    return counts


def _pieces(existing: Layout, fresh: Layout, found: Partners) -> Iterator[_Piece]:
    """The blocks of the result in order: the fresh one's, each with what follows it alone."""
    own = _own_blocks(existing, fresh, found)
    yield from (_alone(existing, at, fresh, found) for at in own.get(-1, ()))
    for at, chunk in enumerate(fresh.chunks):
        there = found.of.get(at)
        if there is not None:
            yield _partnered(existing, there, fresh, at)
        elif at not in found.omitted:
            data = adapted(existing.body, fresh.body.data[chunk.start : chunk.end])
            yield _Piece(data, chunk.content, fresh.blocks[at], new=at)
        yield from (_alone(existing, one, fresh, found) for one in own.get(at, ()))


def _alone(existing: Layout, at: int, fresh: Layout, found: Partners) -> _Piece:
    """A block that stands where the source has none: one that was moved says what it says there."""
    then = next((new for new, old in found.moved.items() if old == at), None)
    if then is None or existing.chunks[at].shape != fresh.chunks[then].shape:
        return _own(existing, at)
    here, there = existing.chunks[at], fresh.chunks[then]
    texts = {slot: one.segment.source for slot, one in enumerate(there.slots)}
    block = replace(fresh.blocks[then], whose=Whose.CHANGED)
    return _Piece(_patched(existing.body, here, texts), there.content, block, old=at)


def _own_blocks(existing: Layout, fresh: Layout, found: Partners) -> Mapping[int, Sequence[int]]:
    """The file's own blocks by the fresh block that they stand behind; -1 for the beginning.

    That is the nearest one before them that stays, wherever it is now. A block that a person
    changed, and of which the source has nothing any more, is one of them.
    """
    here = {there: at for at, there in found.of.items()}
    free = {c.content: at for at, c in enumerate(fresh.chunks) if at not in found.of}
    own: dict[int, list[int]] = {}
    anchor = -1
    for at, block in enumerate(existing.blocks):
        if at in here:
            anchor = here[at]
        elif block.whose is not Whose.SOURCES:
            own.setdefault(anchor, []).append(at)
        else:
            anchor = free.get(existing.chunks[at].content, anchor)
    return own


def _own(existing: Layout, at: int) -> _Piece:
    chunk, block = existing.chunks[at], existing.blocks[at]
    block = replace(block, whose=Whose.OWN, sources=("",) * len(block.sources))
    return _Piece(existing.body.data[chunk.start : chunk.end], chunk.content, block, old=at)


def _partnered(existing: Layout, old: int, fresh: Layout, new: int) -> _Piece:
    here, there = existing.chunks[old], fresh.chunks[new]
    if here.shape == there.shape and existing.blocks[old].whose is not Whose.CHANGED:
        texts = {at: slot.segment.source for at, slot in enumerate(there.slots)}
        data = _patched(existing.body, here, texts)
        return _Piece(data, there.content, fresh.blocks[new], old, new)
    return _corrected(existing, old, fresh, new)


def _corrected(existing: Layout, old: int, fresh: Layout, new: int) -> _Piece:
    """A block that a person changed, with the texts whose place in it is certain."""
    here, there = existing.chunks[old], fresh.chunks[new]
    sources, now = list(existing.blocks[old].sources), fresh.blocks[new].sources
    placed = _placed(existing, old, fresh, new)
    texts: dict[int, str] = {}
    for at, then in placed.items():
        sources[then] = now[at]
        slot = here.slots[then]
        texts[then] = existing.body.reads_as(slot, there.slots[at].segment.source)
    whose = Whose.CHANGED
    if tuple(sources) == now and here.shape == there.shape:
        whose = Whose.SOURCES
    says = tuple(
        said(texts.get(at, slot.segment.source), slot.segment, existing.body.extensions)
        for at, slot in enumerate(here.slots)
    )
    block = replace(existing.blocks[old], whose=whose, sources=tuple(sources))
    missing = tuple(at for at in range(len(now)) if at not in placed)
    data = _patched(existing.body, here, texts)
    return _Piece(data, (here.shape, says), block, old, new, missing)


def _placed(existing: Layout, old: int, fresh: Layout, new: int) -> Mapping[int, int]:
    """Positions of a fresh block's texts in the changed one: by source, or by what they say."""
    here, there = existing.chunks[old], fresh.chunks[new]
    sources = existing.blocks[old].sources
    found = {
        at: then
        for at, then in places(sources, fresh.blocks[new].sources).items()
        if here.slots[then].segment.kind is there.slots[at].segment.kind
    }
    open_ = {slot_says(existing.body, here.slots[at]): at for at, s in enumerate(sources) if not s}
    for at, slot in enumerate(there.slots):
        if at not in found and (then := open_.pop(slot_says(fresh.body, slot), None)) is not None:
            found[at] = then
    return found


def _patched(existing: Body, chunk: Chunk, texts: Mapping[int, str]) -> bytes:
    """A block's bytes with the texts, by position, that it does not say already."""
    patches: list[Patch] = []
    for at, text in texts.items():
        slot = chunk.slots[at]
        if slot.segment.source == text:
            continue
        if slot_says(existing, slot) != said(text, slot.segment, existing.extensions):
            start, end, data = existing.edit(slot, text)
            patches.append((start - chunk.start, end - chunk.start, data))
    return Body(existing.data[chunk.start : chunk.end], (), ()).render(patches)


def _joined(pieces: Sequence[_Piece], existing: Layout, fresh: Layout) -> bytes:
    """The pieces with what stands between them: neighbours of before keep it."""
    old, data = existing.chunks, existing.body.data
    if not old or not pieces:
        return adapted(existing.body, fresh.body.data)
    parts = [data[: old[0].start], pieces[0].data]
    for before, here in pairwise(pieces):
        parts += [_between(before, here, existing, fresh), here.data]
    last = pieces[-1]
    end = data[old[-1].end :]
    if last.old != len(old) - 1:
        end = _behind(last, existing) + end.lstrip(_BLANKS)
    return b"".join([*parts, end])


def _between(before: _Piece, here: _Piece, existing: Layout, fresh: Layout) -> bytes:
    if 0 <= before.old == here.old - 1:
        return existing.body.data[existing.chunks[before.old].end : existing.chunks[here.old].start]
    if 0 <= before.new == here.new - 1:
        between = fresh.body.data[fresh.chunks[before.new].end : fresh.chunks[here.new].start]
        between = adapted(existing.body, between)
    else:
        between = existing.body.eol * 2
    return between if before.old < 0 else _behind(before, existing) + between.lstrip(_BLANKS)


def _behind(piece: _Piece, existing: Layout) -> bytes:
    """The blanks that the file has behind a block's last line, whatever stands below."""
    if piece.old < 0:
        return b""
    found = _RUN.match(existing.body.data, existing.chunks[piece.old].end)
    return found.group() if found else b""


def written_in(layout: Layout) -> tuple[Block, ...]:
    """The blocks of a body as it reads now, whose they were."""
    return tuple(
        replace(block, written=tuple(short(text) for text in chunk.content[1]))
        for block, chunk in zip(layout.blocks, layout.chunks, strict=True)
    )
