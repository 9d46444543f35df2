"""Two branches' versions of a locale's term file as one, by segment and block.

Where both translated one text differently, ours stays here: the review file keeps the other one,
and the page follows once somebody has chosen. What is not a matter of texts (front matter, blocks
that one locale has) is merged where one side changed it; where both did, nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from i18n_pipeline.config import Fields
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.body import Body, Patch
from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.stages.alignment import aligned, gaps
from i18n_pipeline.stages.chunks import Chunk, chunks_of
from i18n_pipeline.stages.merging.fronts import front_changes
from i18n_pipeline.stages.merging.three_way import changed_one
from i18n_pipeline.stages.splice import adapted
from i18n_pipeline.values import dataclass

Read: TypeAlias = Callable[[bytes], TermFile]
"""Reads a term file of the locale. Raises BadFile."""


class Pages(NamedTuple):
    """A term file of the locale as both sides began with it, and as they have it."""

    base: TermFile
    ours: TermFile
    theirs: TermFile


def merge_pages(pages: Pages, fields: Fields, read: Read) -> bytes | None:
    """The page of both; None where they changed the same thing and it is no text.

    The result was read again, and says the texts it should.
    """
    _, ours, _ = pages
    try:
        front = _front(pages, fields)
        body = _body(*(page.body for page in pages))
        if front is None or body is None:
            return None
        data = ours.around(front, body.data)
        found = read(data)
    except BadFile:
        return None
    said = [slot.segment.source for slot in found.body.slots]
    return data if said == list(body.texts) else None


def left_out(pages: Pages, merged: TermFile) -> tuple[str, ...]:
    """Texts that one side changed and that a merged page does not have."""
    base, ours, theirs = ({one.source for one in page.segments} for page in pages)
    return tuple(sorted((ours | theirs) - base - {one.source for one in merged.segments}))


def _front(pages: Pages, fields: Fields) -> bytes | None:
    base, ours, theirs = (page.front for page in pages)
    if base is None or ours is None or theirs is None:
        fronts = [page.front.text if page.front else None for page in pages]
        return (ours.text if ours else "").encode() if fronts[0] == fronts[2] else None
    changes = front_changes(base, ours, theirs, fields)
    return None if changes is None else ours.edit(changes).encode()


@dataclass(frozen=True, slots=True)
class _Merged:
    """A body, and the texts that it should be read back with."""

    data: bytes
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block with the blanks behind it, and its texts."""

    data: bytes
    blanks: bytes
    texts: tuple[str, ...]


def _partners(old: Sequence[Chunk], new: Sequence[Chunk]) -> Mapping[int, int]:
    """Blocks of one body that say the same as another's, and between them those of one shape."""
    found = dict(aligned([c.content for c in old], [c.content for c in new]))
    for i1, i2, j1, j2 in gaps(dict(found), len(old), len(new)):
        shapes = aligned([c.shape for c in old[i1:i2]], [c.shape for c in new[j1:j2]])
        found |= {j1 + j: i1 + i for j, i in shapes.items()}
    return found


class _Cut:
    """A body in blocks, and which block of the base each is."""

    def __init__(self, body: Body, base: Sequence[Chunk] = ()) -> None:
        self.body = body
        self.chunks = chunks_of(body)
        self.at: Mapping[int, int] = {i: j for j, i in _partners(base, self.chunks).items()}

    @property
    def head(self) -> bytes:
        """What stands before the first block."""
        return self.body.data[: self.chunks[0].start if self.chunks else len(self.body.data)]

    def piece(self, at: int) -> _Piece:
        """One block."""
        chunk, more = self.chunks[at], self.chunks[at + 1 : at + 2]
        end = more[0].start if more else len(self.body.data)
        data = self.body.data
        texts = tuple(slot.segment.source for slot in chunk.slots)
        return _Piece(data[chunk.start : chunk.end], data[chunk.end : end], texts)

    def run(self, start: int, end: int) -> list[_Piece]:
        """Blocks from one position to another."""
        return [self.piece(at) for at in range(start, end)]


def _body(base: Body, ours: Body, theirs: Body) -> _Merged | None:
    cut = _Cut(base)
    here, there = _Cut(ours, cut.chunks), _Cut(theirs, cut.chunks)
    pieces: list[_Piece] = []
    last = (-1, -1, -1)
    end = (len(cut.chunks), len(here.chunks), len(there.chunks))
    for anchor in (*_anchors(here, there), end):
        spans = zip(last, anchor, strict=True)
        runs = [c.run(s + 1, e) for c, (s, e) in zip((cut, here, there), spans, strict=True)]
        between = _between(*runs)
        if between is None:
            return None
        pieces += between
        if anchor[0] < len(cut.chunks):
            pieces.append(_same_block(*zip((cut, here, there), anchor, strict=True)))
        last = anchor
    head = changed_one(cut.head, here.head, there.head)
    data = b"".join([head, *(part for piece in pieces for part in (piece.data, piece.blanks))])
    return _Merged(adapted(ours, data), [text for piece in pieces for text in piece.texts])


def _anchors(here: _Cut, there: _Cut) -> Iterator[tuple[int, int, int]]:
    """Positions in base, ours and theirs of the blocks that all three have."""
    for at in sorted(here.at.keys() & there.at.keys()):
        yield at, here.at[at], there.at[at]


def _between(base: list[_Piece], ours: list[_Piece], theirs: list[_Piece]) -> list[_Piece] | None:
    """The blocks between two that all have; None where both sides changed them."""
    before, here, there = ([piece.data for piece in run] for run in (base, ours, theirs))
    if here in (before, there):
        return theirs
    return ours if there == before else None


def _same_block(*places: tuple[_Cut, int]) -> _Piece:
    """A block that all three have, with the texts that each side changed."""
    (_, _), (here, at), _ = places
    base, ours, theirs = (cut.piece(where) for cut, where in places)
    blanks = changed_one(base.blanks, ours.blanks, theirs.blanks)
    if base.data in (ours.data, theirs.data):
        one = theirs if ours.data == base.data else ours
        return _Piece(one.data, blanks, one.texts)
    texts = tuple(map(changed_one, base.texts, ours.texts, theirs.texts))
    chunk = here.chunks[at]
    patches: list[Patch] = []
    for slot, text in zip(chunk.slots, texts, strict=True):
        if slot.segment.source != text:
            start, end, data = here.body.edit(slot, text)
            patches.append((start - chunk.start, end - chunk.start, data))
    return _Piece(Body(ours.data, (), ()).render(patches), blanks, texts)
