"""Splice: put a freshly rendered body into the file that exists, touching only what differs.

Both bodies are read alike and cut into top-level blocks. A block that says the same keeps the
existing file's bytes, line breaks included; a block of the same shape gets only the differing
slots replaced; any other block comes from the fresh body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from i18n_pipeline.formats.body import Body, Patch, Slot
from i18n_pipeline.model import Segment, digest

_BLANKS = re.compile(rb"\s+")
_RULES = re.compile(rb"-{2,}")
_BULLETS = re.compile(rb"(?:^|(?<= ))[*+-](?= )")


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A top-level block with the bytes before it."""

    start: int
    block: int
    end: int
    slots: tuple[Slot, ...]
    shape: tuple[object, ...]
    content: tuple[object, ...]


def splice(existing: Body, fresh: Body) -> bytes:
    """The existing body changed to say what the fresh one says."""
    old, new = _chunks(existing), _chunks(fresh)
    matcher = SequenceMatcher(None, [c.content for c in old], [c.content for c in new], False)
    parts: list[bytes] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            parts += [existing.data[chunk.start : chunk.end] for chunk in old[i1:i2]]
        else:
            parts += _changed(existing, old[i1:i2], fresh, new[j1:j2])
    old_end = old[-1].end if old else 0
    return b"".join(parts) + existing.data[old_end:]


def _changed(
    existing: Body, old: Sequence[_Chunk], fresh: Body, new: Sequence[_Chunk]
) -> Iterator[bytes]:
    """Blocks that say something else now: kept by shape where they have one in common."""
    matcher = SequenceMatcher(None, [c.shape for c in old], [c.shape for c in new], False)
    partner = {
        block.b + step: block.a + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }
    for at, chunk in enumerate(new):
        if at in partner:
            yield _patched(existing, old[partner[at]], chunk)
        else:
            yield _adopted(existing, fresh.data[chunk.start : chunk.end])


def _patched(existing: Body, old: _Chunk, new: _Chunk) -> bytes:
    patches: list[Patch] = []
    for here, there in zip(old.slots, new.slots, strict=True):
        if here.segment.source != there.segment.source:
            start, end, data = existing.patch(here, there.segment.source)
            patches.append((start - old.start, end - old.start, data))
    part = Body(existing.data[old.start : old.end], (), ())
    return part.render(patches)


def _adopted(existing: Body, data: bytes) -> bytes:
    """A block of the fresh body with the existing file's line ends."""
    return data.replace(b"\r\n", b"\n").replace(b"\n", existing.eol)


def _chunks(body: Body) -> list[_Chunk]:
    chunks: list[_Chunk] = []
    position, at = 0, 0
    for block in body.blocks:
        first = at
        while at < len(body.slots) and body.slots[at].leaf.start < block.end:
            at += 1
        end = max(block.end, position)
        chunks.append(_chunk(body, position, block.start, end, body.slots[first:at]))
        position = end
    return chunks


def _chunk(body: Body, start: int, block: int, end: int, slots: tuple[Slot, ...]) -> _Chunk:
    skeleton: list[bytes] = []
    position = block
    for slot in slots:
        skeleton.append(_plain(body.data[position : slot.leaf.start]))
        position = slot.leaf.end
    skeleton.append(_plain(body.data[position:end]) if slots else body.data[position:end].strip())
    shape = tuple(slot.segment.kind for slot in slots), tuple(skeleton)
    sources = tuple(slot.segment.source for slot in slots)
    return _Chunk(start, block, end, slots, shape, (shape, sources))


def _plain(skeleton: bytes) -> bytes:
    """What holds a block together, without what a formatter may change in it."""
    one_line = _BLANKS.sub(b" ", skeleton).strip()
    return _BULLETS.sub(b"-", _RULES.sub(b"--", one_line))


def segment_hashes(sources: Iterable[str]) -> tuple[str, ...]:
    """Short hashes of a body's source texts: what the lock remembers of them."""
    return tuple(digest(source, 3) for source in sources)


def corrections(
    existing: Body, base: Sequence[str], segments: Sequence[Segment], wanted: Sequence[str | None]
) -> tuple[list[Patch], list[int]]:
    """Patches that bring single reviewed texts into a body built from an older source.

    `base` are the hashes of the source texts it was built from, `wanted` the texts for the
    source's segments as they are now, None where there is none yet. Returns the patches, and the
    positions of texts for which there is no certain place.
    """
    if len(base) != len(existing.slots):
        return [], [at for at, text in enumerate(wanted) if text is not None]
    now = segment_hashes(segment.source for segment in segments)
    matcher = SequenceMatcher(None, base, now, False)
    patches: list[Patch] = []
    lost: list[int] = []
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        # Only a place that is still the same, or one that took another's place alone, is certain.
        certain = i2 - i1 == j2 - j1 and (base[i1:i2] == now[j1:j2] or i2 - i1 == 1)
        for step, at in enumerate(range(j1, j2)):
            text = wanted[at]
            if text is None:
                continue
            slot = existing.slots[i1 + step] if certain else None
            if slot is None or slot.segment.kind is not segments[at].kind:
                lost.append(at)
            elif slot.segment.source != text:
                patches.append(existing.patch(slot, text))
    return patches, lost
