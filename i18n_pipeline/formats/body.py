"""The body of a term file: a skeleton of bytes with slots for segments; rendering is a join."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.directives import Regions, read_directives
from i18n_pipeline.formats.places import place_in_bytes
from i18n_pipeline.markdown import (
    DEFAULT_EXTENSIONS,
    ONE_LINE,
    TEMPLATE_TAG,
    Block,
    Leaf,
    folded,
    guarded,
    outline,
    parse,
    relined,
    unbroken,
)
from i18n_pipeline.model import Kind, Segment
from i18n_pipeline.values import dataclass

FIELD = "body"
"""The field that body segments belong to."""

_BARE_PIPE = expression(rf"(?P<tag>{TEMPLATE_TAG})|(?<!\\)(?P<slashes>(?:\\\\)*)\|")
_CONFLICT = expression(rb"^<{7,} .*?^={7,}\r?$.*?^>{7,} ", re.MULTILINE | re.DOTALL)
_CONTROL = expression(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x84\x86-\x9f]|\r(?!\n)")
_CLOSING = {"(": ")"}
_MAY_BEGIN_A_BLOCK = expression(
    rb"\n(?=[-+=>|<:{#]|```|~~~|\$\$|\[\^|\d{1,9}[.)]|\*[ \t]|[*_ \t]+(?:\n|\Z))"
)
_TOO_DEEP_FOR_A_BLOCK = b"    "

Patch = tuple[int, int, bytes]
"""A byte range of the body, and what stands there instead."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A segment at its place in the body; `leaf` holds the byte range."""

    segment: Segment
    leaf: Leaf


@dataclass(frozen=True)
class Body:
    """Everything after the front matter.

    `blocks` are its top-level blocks, `addresses` the byte ranges of the destinations of link
    reference definitions, `extensions` those it was read with.
    """

    data: bytes
    slots: tuple[Slot, ...]
    blocks: tuple[Block, ...]
    addresses: tuple[tuple[int, int], ...] = ()
    extensions: frozenset[str] = DEFAULT_EXTENSIONS

    @property
    def eol(self) -> bytes:
        """The line end in use: CRLF where the body has one."""
        return b"\r\n" if b"\r\n" in self.data else b"\n"

    def patch(self, slot: Slot, target: str) -> Patch:
        """What writing a target into a slot changes; its own source changes nothing."""
        leaf = slot.leaf
        if target == slot.segment.source:
            return leaf.start, leaf.end, self.data[leaf.start : leaf.end]
        return leaf.start, leaf.end, self._encoded(slot, self.reads_as(slot, target))

    def edit(self, slot: Slot, target: str) -> Patch:
        """The same, in the lines of the text that stands there as far as its words stay."""
        leaf = slot.leaf
        raw = self.data[leaf.start : leaf.end].decode("utf-8", "replace")
        several = leaf.continuation is not None
        pieces = several and relined(raw, slot.segment.source, self.reads_as(slot, target))
        if not pieces:
            return self.patch(slot, target)
        encoded = (
            piece.encode() if at % 2 else self._encoded(slot, piece)
            for at, piece in enumerate(pieces)
        )
        return leaf.start, leaf.end, b"".join(encoded)

    def _encoded(self, slot: Slot, text: str) -> bytes:
        """A text as it is written, hard breaks at further lines of its block."""
        data = text.encode()
        if b"\n" in data:
            before = slot.leaf.continuation or b""
            # Four more blanks, and a further line cannot begin a list, a heading or a table; the
            # first behind the mark of a quote is the mark's (CommonMark 0.31.2, 5.1).
            blanks = _TOO_DEEP_FOR_A_BLOCK + (b" " if before.endswith(b">") else b"")
            data = _MAY_BEGIN_A_BLOCK.sub(b"\n" + blanks, data)
            data = data.replace(b"\n", self.eol + before)
        return data

    def reads_as(self, slot: Slot, target: str) -> str:
        """What is read back once a target is written into a slot."""
        if target == slot.segment.source:
            return target
        quote = self.data[slot.leaf.start - 1 : slot.leaf.start].decode("utf-8", "replace")
        return folded(written(slot.segment.kind, target, quote))

    def render(self, patches: Iterable[Patch]) -> bytes:
        """The body with its patches made; ranges must not overlap."""
        parts: list[bytes] = []
        position = 0
        for start, end, data in sorted(patches):
            parts += [self.data[position:start], data]
            position = end
        return b"".join(parts) + self.data[position:]


def written(kind: Kind, target: str, quote: str = '"') -> str:
    """A target as it can stand in its block: `folded()` of it is what is read back.

    One line in headings and cells, `|` escaped in cells and the quote in link titles; elsewhere
    what would begin a list, a heading or a quote is escaped.
    """
    if kind is Kind.LINK_TITLE:
        close = _CLOSING.get(quote, quote)
        return re.sub(rf"(?<!\\){re.escape(close)}", rf"\\{close}", " ".join(target.split()))
    if kind not in ONE_LINE:
        return guarded(target.lstrip(" \t\n"))
    target = unbroken(target)
    return _BARE_PIPE.sub(_escaped_pipe, target) if kind is Kind.CELL else target


def _escaped_pipe(found: re.Match[str]) -> str:
    return found["tag"] or found["slashes"] + r"\|"


def read_body(data: bytes, extensions: frozenset[str] = DEFAULT_EXTENSIONS, line: int = 1) -> Body:
    """Read UTF-8 Markdown that begins at `line` of its file. Raises BadFile."""
    refuse_control(data, line)
    cut = outline(parse(data, extensions))
    _refuse_conflict(data, cut.blocks, line)
    regions = read_directives(data, cut, line)
    slots = tuple(_slots(cut.leaves, regions))
    addresses = (item.destination for item in cut.definitions if item.destination)
    return Body(data, slots, cut.blocks, tuple(addresses), extensions)


def refuse_control(data: bytes, line: int = 1) -> None:
    """Raise BadFile for a control character or a bare CR in UTF-8 text beginning at `line`."""
    found = _CONTROL.search(data)
    if not found:
        return
    line, column = place_in_bytes(data, found.start(), line)
    bare_cr = found.group() == b"\r"
    raise BadFile(
        "bare-carriage-return" if bare_cr else "control-character",
        "a carriage return without a line feed"
        if bare_cr
        else f"control character U+{ord(found.group().decode()):04X}",
        mend="save the file with LF or CRLF line ends" if bare_cr else "remove it",
        line=line,
        column=column,
    )


def _refuse_conflict(data: bytes, blocks: Sequence[Block], line: int) -> None:
    """Refuse what git leaves of an unresolved merge, unless it stands in a code block."""
    found = _CONFLICT.search(data) if b"\n>>>>>>>" in data else None
    if found is None:
        return
    code = (block for block in blocks if block.name == "CodeBlock")
    if not any(block.start <= found.start() < block.end for block in code):
        raise BadFile(
            "conflict-marker",
            "a merge conflict was not resolved",
            mend="keep one side and delete the marker lines",
            line=place_in_bytes(data, found.start(), line)[0],
            column=1,
        )


def _slots(leaves: Sequence[Leaf], regions: Regions) -> Iterator[Slot]:
    path: list[tuple[int, str]] = []
    headings: tuple[str, ...] = ()
    for leaf in leaves:
        own = headings
        if leaf.kind is Kind.HEADING:
            path = [item for item in path if item[0] < leaf.level]
            own = tuple(text for _, text in path)
            path.append((leaf.level, leaf.source))
            headings = (*own, leaf.source)
        note = regions.note_for(leaf.start)
        if regions.skips(leaf.start):
            continue
        markdown = leaf.kind is not Kind.LINK_TITLE
        segment = Segment(FIELD, leaf.kind, leaf.source, markdown, own, note, leaf.definitions)
        yield Slot(segment, leaf)
