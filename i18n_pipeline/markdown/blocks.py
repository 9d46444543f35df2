"""Markdown cut into blocks, and blocks into leaves: the places where translatable text stands.

A leaf's `source` is its raw inline text with soft line breaks folded; its byte range is what a
translation replaces. Everything between leaves is skeleton.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from i18n_pipeline.markdown.folding import guarded
from i18n_pipeline.markdown.parser import Event, Parsed
from i18n_pipeline.markdown.references import Definition, definitions
from i18n_pipeline.markdown.run import INLINE, Run, escaped
from i18n_pipeline.markdown.syntax import LETTER
from i18n_pipeline.model import Kind
from i18n_pipeline.values import dataclass

_OPAQUE = frozenset({"CodeBlock", "HtmlBlock", "MetadataBlock"})
_KINDS = {
    "Heading": Kind.HEADING,
    "TableCell": Kind.CELL,
    "DefinitionListTitle": Kind.DEFINITION_TITLE,
    "DefinitionListDefinition": Kind.DEFINITION,
    "FootnoteDefinition": Kind.FOOTNOTE,
    "BlockQuote": Kind.QUOTE,
    "Item": Kind.ITEM,
}
ONE_LINE = frozenset({Kind.HEADING, Kind.CELL, Kind.DEFINITION_TITLE})
"""Kinds whose block a line break would end."""

_COMMENTS = ((b"<!--", b"-->"), (b"{/*", b"*/}"))


@dataclass(frozen=True, slots=True)
class Leaf:
    """Text at its place. `start` and `end` are bytes; `continuation` begins a further line.

    `continuation` is None where a line break would end the block (headings, table cells).
    """

    kind: Kind
    source: str
    start: int
    end: int
    level: int = 0
    continuation: bytes | None = None
    definitions: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A block by its byte range, and the comment it is, if it is one."""

    name: str
    start: int
    end: int
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A Markdown text's leaves and top-level blocks, each in document order.

    `comments` are the blocks, at any depth, that are one comment each; `inline_comments` are
    the places of comments inside a line.
    """

    leaves: tuple[Leaf, ...]
    blocks: tuple[Block, ...]
    comments: tuple[Block, ...] = ()
    inline_comments: tuple[Block, ...] = ()
    definitions: tuple[Definition, ...] = ()


def outline(parsed: Parsed) -> Outline:
    """Cut a parsed text into leaves and top-level blocks."""
    known = tuple(definitions(parsed))
    walker = _Walker(parsed, known)
    for event in parsed.events:
        walker.take(event)
    leaves = walker.leaves
    if titles := [leaf for definition in known for leaf in _link_title(parsed, definition)]:
        leaves = sorted([*leaves, *titles], key=lambda leaf: leaf.start)
    return Outline(
        tuple(leaves),
        tuple(_disjoint(walker.blocks, known)),
        tuple(walker.comments),
        tuple(walker.inline_comments),
        known,
    )


def _disjoint(blocks: Sequence[Block], known: Sequence[Definition]) -> Iterator[Block]:
    """Top-level blocks without those that lie inside another (a definition in a quote)."""
    found = [*blocks, *(Block("LinkDefinition", item.start, item.end) for item in known)]
    end = 0
    for block in sorted(found, key=lambda block: (block.start, -block.end)):
        if block.start >= end:
            end = block.end
            yield block


def _link_title(parsed: Parsed, definition: Definition) -> Iterator[Leaf]:
    if definition.title is None:
        return
    start, end = definition.title
    raw = parsed.data[start:end]
    if b"\n" not in raw and LETTER.search(title := raw.decode()):
        yield Leaf(Kind.LINK_TITLE, title, start, end)


class _Walker:
    """Takes the parser's events one by one and collects what they add up to."""

    def __init__(self, parsed: Parsed, known: Sequence[Definition]) -> None:
        self.parsed = parsed
        self.data = parsed.data
        self.leaves: list[Leaf] = []
        self.blocks: list[Block] = []
        self.comments: list[Block] = []
        self.inline_comments: list[Block] = []
        self._definitions = {item.label: item for item in known}
        self._stack: list[Event] = []
        self._opaque = False
        self._run: Run | None = None

    def take(self, event: Event) -> None:
        """Read one event."""
        if self._opaque:
            if event.phase == "end":
                self._opaque = False
                self._stack.pop()
        elif event.name in INLINE:
            self._inline(event)
        elif event.phase == "start":
            self._open(event)
        elif event.phase == "end":
            self._flush()
            self._stack.pop()
        elif event.name == "Rule":
            self._flush()
            if not self._stack:
                self.blocks.append(Block(event.name, event.start, event.end))

    def _inline(self, event: Event) -> None:
        if self._run is None:
            floor = self._stack[-1].start if self._stack else 0
            start = escaped(self.data, event.start, floor)
            self._run = Run(self.parsed, start, event.end)
            self._run.quotes = sum(block.name == "BlockQuote" for block in self._stack)
        self._run.take(event)
        if event.name == "InlineHtml":
            comment = _comment(self.data[event.start : event.end])
            self.inline_comments.append(Block(event.name, event.start, event.end, comment))

    def _open(self, event: Event) -> None:
        self._flush()
        opaque = event.name in _OPAQUE
        comment = _comment(self.data[event.start : event.end]) if opaque else ""
        block = Block(event.name, event.start, event.end, comment)
        if comment:
            self.comments.append(block)
        if not self._stack:
            self.blocks.append(block)
        self._stack.append(event)
        self._opaque = opaque

    def _flush(self) -> None:
        run, self._run = self._run, None
        if run is None or not run.translatable:
            return
        kind, level = self._kind()
        definitions_ = self._definitions_of(run) if run.references else ""
        if kind is Kind.QUOTE:
            run.split_callout()
        if kind in ONE_LINE:
            leaf = Leaf(kind, run.source(), run.start, run.end, level, None, definitions_)
        else:
            line = self._continuation(run.start)
            source = guarded(run.source())
            leaf = Leaf(kind, source, run.start, run.end, 0, line, definitions_)
        self.leaves.append(leaf)

    def _kind(self) -> tuple[Kind, int]:
        """What the innermost block makes of its text, and a heading's level."""
        for event in reversed(self._stack):
            if event.name in _KINDS:
                level = int(event.detail["level"][1:]) if event.name == "Heading" else 0
                return _KINDS[event.name], level
        return Kind.PARAGRAPH, 0

    def _continuation(self, start: int) -> bytes:
        """What begins a further line: the line's start with its list marks blanked out."""
        line = self.data[self.data.rfind(b"\n", 0, start) + 1 : start]
        return re.sub(rb"[^ \t>]", b" ", line) if line else line

    def _definitions_of(self, run: Run) -> str:
        """The definitions that the text's references need when it stands alone."""
        lines = []
        for label, address in run.references.items():
            if label.startswith("^"):
                lines.append(f"[{label}]: x")
            else:
                lines.append(f"[{label}]: <{self._address(label, address)}>")
        return "\n".join(lines)

    def _address(self, label: str, address: str) -> str:
        """A destination as written where the parser saw only a mask, in a form that fits `<>`."""
        known = self._definitions.get(label)
        if self.parsed.tags and known and known.destination:
            start, end = known.destination
            address = self.data[start:end].decode().removeprefix("<").removesuffix(">")
        return address.replace("<", "%3C").replace(">", "%3E").replace("\n", "%0A")


def _comment(html: bytes) -> str:
    """The words of an HTML or MDX comment, "" where it is anything else."""
    text = html.strip()
    for opening, closing in _COMMENTS:
        inner = text[len(opening) : -len(closing)]
        whole = text.startswith(opening) and text.endswith(closing) and closing not in inner
        if whole and len(text) >= len(opening) + len(closing):
            return inner.strip().decode()
    return ""
