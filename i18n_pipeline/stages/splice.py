"""Splice: put a freshly rendered body into the file that exists, touching only what differs.

Both bodies are read alike and cut into top-level blocks (chunks.py). A block that says the same
keeps the existing file's bytes, line breaks included; a block of the same shape gets only the
differing slots replaced; any other block comes from the fresh body.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from i18n_pipeline.formats.body import Body, Patch
from i18n_pipeline.stages.alignment import aligned, gaps
from i18n_pipeline.stages.chunks import Chunk, chunks_of


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block of the result, and which block of the existing body it is, -1 for none."""

    data: bytes
    old: int = -1


def splice(existing: Body, fresh: Body) -> bytes:
    """The existing body changed to say what the fresh one says."""
    old, new = chunks_of(existing), chunks_of(fresh)
    partner = partners(old, new)
    pieces = [
        _Piece(_patched(existing, old[partner[at]], chunk), partner[at])
        if at in partner
        else _Piece(adapted(existing, fresh.data[chunk.start : chunk.end]))
        for at, chunk in enumerate(new)
    ]
    return _joined(pieces, existing, old, fresh, new)


def adapted(existing: Body, data: bytes) -> bytes:
    """Bytes of the fresh body with the existing one's line ends."""
    return data.replace(b"\r\n", b"\n").replace(b"\n", existing.eol)


def partners(old: Sequence[Chunk], new: Sequence[Chunk]) -> dict[int, int]:
    """Blocks of the existing body that say the same, and between them those of one shape."""
    partner = dict(aligned([c.content for c in old], [c.content for c in new]))
    for i1, i2, j1, j2 in gaps(dict(partner), len(old), len(new)):
        shapes = aligned([c.shape for c in old[i1:i2]], [c.shape for c in new[j1:j2]])
        partner |= {j1 + j: i1 + i for j, i in shapes.items()}
    return partner


def _patched(existing: Body, old: Chunk, new: Chunk) -> bytes:
    patches: list[Patch] = []
    for here, there in zip(old.slots, new.slots, strict=True):
        if here.segment.source != there.segment.source:
            start, end, data = existing.patch(here, there.segment.source)
            patches.append((start - old.start, end - old.start, data))
    return Body(existing.data[old.start : old.end], (), ()).render(patches)


def _joined(
    pieces: Sequence[_Piece],
    existing: Body,
    old: Sequence[Chunk],
    fresh: Body,
    new: Sequence[Chunk],
) -> bytes:
    """The pieces with what stands between them: neighbours of before keep it."""
    if not old or not new:
        return adapted(existing, fresh.data)
    parts = [existing.data[: old[0].start], pieces[0].data]
    for at in range(1, len(pieces)):
        before, here = pieces[at - 1].old, pieces[at].old
        if 0 <= before == here - 1:
            parts.append(existing.data[old[before].end : old[here].start])
        else:
            parts.append(adapted(existing, fresh.data[new[at - 1].end : new[at].start]))
        parts.append(pieces[at].data)
    return b"".join([*parts, existing.data[old[-1].end :]])
