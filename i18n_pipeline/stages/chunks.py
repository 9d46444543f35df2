"""Chunks: a body's top-level blocks with what makes two of them the same, or of one shape.

A shape is what a translation shares with its source: the kinds of the slots and the skeleton
around them, without what formatters change in it (bullets, rules, blanks, the look of a heading).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.body import Body, Slot
from i18n_pipeline.model import Kind
from i18n_pipeline.stages.saying import slot_says
from i18n_pipeline.values import dataclass

_BLANKS = expression(rb"\s+")
_BULLETS = expression(rb"(?:^|(?<= ))[*+-](?= |\Z)")
_NUMBERS = expression(rb"(?:^|(?<= ))\d{1,9}[.)](?= |\Z)")
_DELIMITER = expression(rb"(?<=\d)\)(?= |\Z)")
_TASK = expression(rb"\[[ xX]\]")
_WORDS = expression(rb"[A-Za-z`~<\x80-\xff]")
_COLUMNS = expression(rb"[ \t]*\|[ \t]*")
_RULES = expression(rb"(?<=[|:\n])-+(?=[|:\n]|\Z)")
_HEADING_MARKS = expression(rb"[#=\s-]+")
_TITLE_QUOTES = expression(rb"(?<= )[\"'(]\Z|\A[\"')]")
_FENCES = expression(rb"\A(?:`{3,}|~{3,})|(?:`{3,}|~{3,})\Z")

Shape = tuple[str, tuple[Kind, ...], tuple[int, ...], tuple[bytes, ...]]
"""The parser's name of a block, the kinds of its texts, how deep each stands, what is around."""
Content = tuple[Shape, tuple[str, ...]]
"""A shape, and what its texts say."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A top-level block: its bytes without blanks around it, its slots, its shape and content."""

    start: int
    end: int
    slots: tuple[Slot, ...]
    shape: Shape
    content: Content


def chunks_of(body: Body) -> list[Chunk]:
    """The body cut into chunks; between them there are only blanks."""
    chunks: list[Chunk] = []
    at = 0
    for name, start, end in _ranges(body):
        first = at
        while at < len(body.slots) and body.slots[at].leaf.start < end:
            at += 1
        chunks.append(_chunk(body, name, start, end, body.slots[first:at]))
    return chunks


def _ranges(body: Body) -> Iterator[tuple[str, int, int]]:
    """Blocks, and as blocks of their own what the parser passes over (a definition given twice)."""
    position = 0
    for block in body.blocks:
        yield from _passed_over(body, position, block.start)
        indent = body.data.rfind(b"\n", position, block.start) + 1 or position
        start = block.start if body.data[indent : block.start].strip() else indent
        position = max(position, start + len(body.data[start : block.end].rstrip()))
        yield block.name, start, position
    yield from _passed_over(body, position, len(body.data))


def _passed_over(body: Body, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    between = body.data[start:end]
    if between.strip():
        end = start + len(between.rstrip())
        yield "", end - len(between.strip()), end


def _chunk(body: Body, name: str, start: int, end: int, slots: tuple[Slot, ...]) -> Chunk:
    edges = [start, *(edge for slot in slots for edge in (slot.leaf.start, slot.leaf.end)), end]
    pieces = [
        body.data[left:right].replace(b"\r\n", b"\n")
        for left, right in zip(edges[::2], edges[1::2], strict=True)
    ]
    kinds = tuple(slot.segment.kind for slot in slots)
    shape = (name, kinds, _depths(slots), _skeleton(name, pieces))
    content = (shape, tuple(slot_says(body, slot) for slot in slots))
    return Chunk(start, end, slots, shape, content)


def _depths(slots: Sequence[Slot]) -> tuple[int, ...]:
    """How deep each slot is nested, counted in steps: formatters indent more or less."""
    if len(slots) == 1 and slots[0].segment.kind is Kind.HEADING:
        return (slots[0].leaf.level,)
    widths = [-1 if s.leaf.continuation is None else len(s.leaf.continuation) for s in slots]
    rank = {width: at for at, width in enumerate(sorted(set(widths)))}
    return tuple(rank[width] for width in widths)


def _skeleton(name: str, pieces: Sequence[bytes]) -> tuple[bytes, ...]:
    if name == "Rule":
        return ()
    if name == "CodeBlock":
        return tuple(_FENCES.sub(b"```", piece.strip(b"\n")) for piece in pieces)
    if name == "Heading":
        return tuple(_HEADING_MARKS.sub(b" ", piece).strip() for piece in pieces)
    if name == "LinkDefinition":
        return tuple(_TITLE_QUOTES.sub(b'"', _BLANKS.sub(b" ", piece)) for piece in pieces)
    if name == "Table":
        return tuple(_RULES.sub(b"-", _COLUMNS.sub(b"|", piece).strip()) for piece in pieces)
    return tuple(_plain(piece, first=not at) for at, piece in enumerate(pieces))


def _plain(piece: bytes, *, first: bool) -> bytes:
    """What holds a block together; code and HTML in it count as they are.

    The number a list begins with is its author's, the others and what follows them are its
    formatter's.
    """
    if _WORDS.search(_TASK.sub(b"", piece)):
        return piece.strip()
    one_line = _BULLETS.sub(b"-", _BLANKS.sub(b" ", piece).strip())
    return _DELIMITER.sub(b".", one_line) if first else _NUMBERS.sub(b"1.", one_line)
