"""Markdown cut into blocks, and blocks into leaves: the places where translatable text stands.

A leaf's `source` is its raw inline text with soft line breaks folded; its byte range is what a
translation replaces. Everything between leaves is skeleton.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from i18n_pipeline.markdown.masks import Span
from i18n_pipeline.markdown.parser import Event, Parsed
from i18n_pipeline.model import Kind

_INLINE_TAGS = frozenset(
    {"Emphasis", "Strong", "Strikethrough", "Link", "Image", "Superscript", "Subscript"}
)
_INLINE_LEAVES = frozenset(
    {"Text", "Code", "InlineHtml", "InlineMath", "DisplayMath", "FootnoteReference"}
)
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
_ONE_LINE = frozenset({Kind.HEADING, Kind.CELL, Kind.DEFINITION_TITLE})
_LETTER = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")
_TITLE = re.compile(rb"""(?:"([^"\n]+)"|'([^'\n]+)'|\(([^()\n]+)\))\s*\Z""")
_BREAK = re.compile(rb"[ \t]*\r?\n[ \t>]*")
_HARD = re.compile(rb"(?: {2,}|\\)\r?\n\Z")

_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u303f\u3040-\u30ff\u3100-\u312f"
    "\u3190-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60"
    "\U00020000-\U0003ffff]"
)


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
    """A top-level block by its byte range, and the HTML comment it is, if it is one."""

    name: str
    start: int
    end: int
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A Markdown text's leaves and top-level blocks, each in document order."""

    leaves: tuple[Leaf, ...]
    blocks: tuple[Block, ...]


def fold(left: str, right: str) -> str:
    """What a soft line break between two lines becomes: nothing inside spaceless scripts."""
    if left and right and _SPACELESS.match(left[-1]) and _SPACELESS.match(right[0]):
        return ""
    return " "


def outline(parsed: Parsed) -> Outline:
    """Cut a parsed text into leaves and top-level blocks."""
    walker = _Walker(parsed)
    for event in parsed.events:
        walker.take(event)
    titles = [leaf for span in parsed.references.values() for leaf in _link_title(parsed, span)]
    definitions = [
        Block("LinkDefinition", start, end) for start, end in parsed.references.values()
    ]
    leaves = sorted([*walker.leaves, *titles], key=lambda leaf: leaf.start)
    blocks = sorted([*walker.blocks, *definitions], key=lambda block: (block.start, -block.end))
    return Outline(tuple(leaves), tuple(_disjoint(blocks)))


def _disjoint(blocks: Sequence[Block]) -> Iterator[Block]:
    """Top-level blocks without those that lie inside another (a definition in a quote)."""
    end = 0
    for block in blocks:
        if block.start >= end:
            end = block.end
            yield block


def _link_title(parsed: Parsed, span: Span) -> Iterator[Leaf]:
    found = _TITLE.search(parsed.data[span[0] : span[1]].rstrip())
    if found and found.start() and _LETTER.search(title := found[found.lastindex or 0].decode()):
        start = span[0] + found.start(found.lastindex or 0)
        yield Leaf(Kind.LINK_TITLE, title, start, start + len(title.encode()))


@dataclass
class _Run:
    """The inline content of one leaf while it is being read."""

    start: int
    end: int
    translatable: bool = False
    breaks: list[tuple[str, int, int]] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)


class _Walker:
    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.data = parsed.data
        self.leaves: list[Leaf] = []
        self.blocks: list[Block] = []
        self._stack: list[Event] = []
        self._inline = 0
        self._autolink = 0
        self._run: _Run | None = None
        self._pending: tuple[str, int, int] | None = None

    def take(self, event: Event) -> None:
        name = event.name
        if self._stack and self._stack[-1].name in _OPAQUE and event.phase != "end":
            return
        if name in _INLINE_TAGS:
            self._inline_tag(event)
        elif name in _INLINE_LEAVES:
            self._inline_leaf(event)
        elif name in ("SoftBreak", "HardBreak"):
            self._resume(event)
            self._pending = (name, event.start, event.end)
        elif event.phase == "start":
            self._open(event)
        elif event.phase == "end":
            self._close()
        elif name == "Rule":
            self._flush()
            if not self._stack:
                self.blocks.append(Block(name, event.start, event.end))

    def _open(self, event: Event) -> None:
        self._flush()
        if not self._stack:
            self.blocks.append(
                Block(event.name, event.start, event.end, _comment(event, self.data))
            )
        self._stack.append(event)

    def _close(self) -> None:
        self._flush()
        self._stack.pop()

    def _inline_tag(self, event: Event) -> None:
        if event.phase == "end":
            self._inline -= 1
            self._autolink = min(self._autolink, self._inline)
            return
        self._piece(event)
        self._inline += 1
        detail = event.detail
        if detail.get("link_type") in ("Autolink", "Email"):
            self._autolink = self._inline
        if self._run and detail.get("link_type") in ("Reference", "Collapsed", "Shortcut"):
            self._run.references[detail["id"]] = detail["dest_url"]
        if self._run and detail.get("title") and detail.get("link_type") == "Inline":
            self._run.translatable = True

    def _inline_leaf(self, event: Event) -> None:
        self._piece(event)
        if self._run is None:
            return
        if event.name == "Text" and not self._run.translatable and not self._autolink:
            self._run.translatable = self._has_letters(event)
        if event.name == "FootnoteReference":
            self._run.references["^" + event.detail["text"]] = ""

    def _has_letters(self, event: Event) -> bool:
        if not _LETTER.search(event.detail["text"]):
            return False
        text = self._without_tags(event.start, event.end).decode("utf-8", "replace")
        return bool(_LETTER.search(_ADDRESS.sub("", text)))

    def _without_tags(self, start: int, end: int) -> bytes:
        """The bytes of a range less those of template tags."""
        kept, position = b"", start
        for left, right in self.parsed.tags:
            if right <= start or left >= end:
                continue
            kept += self.data[position : max(left, position)]
            position = min(right, end)
        return kept + self.data[position:end]

    def _piece(self, event: Event) -> None:
        self._resume(event)
        if self._run is None:
            start = self._back_over_escape(event.start, self._floor())
            self._run = _Run(start, event.end)
        self._run.end = max(self._run.end, event.end)

    def _floor(self) -> int:
        return self._stack[-1].start if self._stack else 0

    def _back_over_escape(self, start: int, floor: int) -> int:
        """The parser leaves out the backslash of an escape that begins a text."""
        return start - 1 if start > floor and self.data[start - 1 : start] == b"\\" else start

    def _resume(self, event: Event) -> None:
        """Note where the text goes on after a line break."""
        if self._pending is None or self._run is None:
            self._pending = None
            return
        name, start, end = self._pending
        self._pending = None
        if event.start >= end:
            resume = self._back_over_escape(event.start, end)
        else:
            found = re.compile(rb"[ \t>]*").match(self.data, end)
            resume = found.end() if found else end
        self._run.breaks.append((name, start, resume))

    def _flush(self) -> None:
        run, self._run, self._pending = self._run, None, None
        self._inline = self._autolink = 0
        if run is None or not run.translatable:
            return
        kind = self._kind()
        leaf = Leaf(kind, self._source(run), run.start, run.end, self._level())
        leaf = replace(leaf, definitions=_definitions(run.references))
        if kind not in _ONE_LINE:
            leaf = replace(leaf, continuation=self._continuation(run.start))
        self.leaves.append(leaf)

    def _kind(self) -> Kind:
        for event in reversed(self._stack):
            if event.name in _KINDS:
                return _KINDS[event.name]
        return Kind.PARAGRAPH

    def _level(self) -> int:
        top = self._stack[-1] if self._stack else None
        return int(top.detail["level"][1:]) if top and top.name == "Heading" else 0

    def _continuation(self, start: int) -> bytes:
        """What begins a further line: the line's start with its list marks blanked out."""
        line = self.data[self.data.rfind(b"\n", 0, start) + 1 : start]
        return re.sub(rb"[^ \t>]", b" ", line)

    def _source(self, run: _Run) -> str:
        parts: list[str] = []
        position = run.start
        for name, start, resume in run.breaks:
            parts.append(self._piece_text(position, start))
            parts.append(self._break_text(name, start))
            position = resume
        parts.append(self._piece_text(position, run.end))
        return _join(parts)

    def _piece_text(self, start: int, end: int) -> str:
        """Raw text between two soft breaks; a line break inside code or a tag is a space."""
        return _BREAK.sub(b" ", self.data[start:end]).decode()

    def _break_text(self, name: str, start: int) -> str:
        if name == "SoftBreak":
            return ""
        line_end = self.data.index(b"\n", start) + 1
        found = _HARD.search(self.data[start:line_end])
        return found.group().decode().replace("\r", "") if found else "\\\n"


def _join(parts: Sequence[str]) -> str:
    """Alternating texts and breaks ("" is a soft one) as one text."""
    text = parts[0]
    for mark, line in zip(parts[1::2], parts[2::2], strict=True):
        if mark:
            text += mark + line
        else:
            text, line = text.rstrip(" \t"), line.lstrip(" \t")
            text += fold(text, line) + line
    return text


def _comment(event: Event, data: bytes) -> str:
    if event.name != "HtmlBlock":
        return ""
    text = data[event.start : event.end].strip()
    inner = text.removeprefix(b"<!--").removesuffix(b"-->")
    whole = text.startswith(b"<!--") and text.endswith(b"-->") and b"-->" not in inner
    return inner.strip().decode() if whole else ""


def _definitions(references: dict[str, str]) -> str:
    lines = []
    for label, destination in references.items():
        safe = destination.replace("<", "%3C").replace(">", "%3E").replace("\n", "%0A")
        lines.append(f"[{label}]: x" if label.startswith("^") else f"[{label}]: <{safe}>")
    return "\n".join(lines)
