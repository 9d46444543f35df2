"""Markdown as its reader will see it: a tree of plain nodes, which the page makes elements of.

No HTML is ever written or passed on. A node is a text, or `[name, attributes, children]` with a
name and attributes that the page knows; links and images lead nowhere and load nothing, and HTML
of the text is shown as the letters that it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from i18n_pipeline.markdown import Parsed, Span
from i18n_pipeline.markdown.inline import standing_alone
from i18n_pipeline.markdown.parser import Event
from i18n_pipeline.values import dataclass, field

Node = str | list[object]

_BLOCKS = {
    "Paragraph": "p",
    "Item": "li",
    "BlockQuote": "blockquote",
    "Table": "table",
    "TableHead": "tr",
    "TableRow": "tr",
    "TableCell": "td",
    "CodeBlock": "pre",
    "HtmlBlock": "pre",
    "DefinitionList": "dl",
    "DefinitionListTitle": "dt",
    "DefinitionListDefinition": "dd",
    "FootnoteDefinition": "div",
}
_WRAPPING = {"Emphasis": "em", "Strong": "strong", "Strikethrough": "s"}
_LETTERS = {"Code": "code", "InlineHtml": "html", "Html": "html", "InlineMath": "code"}
_LEADING = frozenset({"Link", "Image"})
_PREFIX = "x "
"""What `standing_alone` puts before a text, so that it begins no list and no heading."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the text of a unit stands in a document, in bytes."""

    start: int
    end: int
    unit: str


def document(parsed: Parsed, places: Iterable[Place] = ()) -> list[object]:
    """A document as nodes; what stands in a place is marked with its unit."""
    builder = _Builder(parsed, tuple(places))
    for event in parsed.events:
        builder.take(event)
    return builder.root


def inline(text: str, definitions: str, extensions: frozenset[str]) -> list[object]:
    """A text as nodes, read as it stands in its block. Raises BadFile where it cannot be."""
    if not text.strip():
        return []
    parsed = standing_alone(text, definitions, extensions)
    end = len(parsed.data) - len(f"\n\n{definitions}\n".encode() if definitions else b"")
    builder = _Builder(parsed, ())
    for event in parsed.events:
        if event.start < end:
            builder.take(event)
    return _unwrapped(builder.root)


def _unwrapped(root: Sequence[object]) -> list[object]:
    """The children of the first paragraph without the letter that was put before them."""
    nodes: list[object] = []
    for node in root:
        nodes += node[2] if isinstance(node, list) and isinstance(node[2], list) else [node]
    if nodes and isinstance(nodes[0], str):
        first = nodes[0].removeprefix(_PREFIX)
        nodes[:1] = [first] if first else []
    return nodes


@dataclass
class _Builder:
    """Takes the parser's events one by one; the innermost open node gets what comes."""

    parsed: Parsed
    places: tuple[Place, ...]
    root: list[object] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._starts = [place.start for place in self.places]
        self._open: list[list[object]] = [self.root]
        self._marked: Place | None = None
        self._inline = 0
        self._heading_row = False

    def take(self, event: Event) -> None:
        """Read one event."""
        if event.name in _BLOCKS or event.name in ("Heading", "List"):
            self._leave_unit()
            self._block(event)
        elif event.name in _WRAPPING or event.name in _LEADING:
            self._wrap(event)
        elif event.name == "Rule":
            self._add(["hr", {}, []])
        elif event.phase != "end":
            self._enter_unit(event)
            self._leaf(event)

    def _block(self, event: Event) -> None:
        if event.phase == "end":
            self._open.pop()
            return
        if event.name == "TableHead":
            self._heading_row = True
        elif event.name == "TableRow":
            self._heading_row = False
        self._begin(*self._named(event))

    def _named(self, event: Event) -> tuple[str, dict[str, object]]:
        detail = event.detail
        match event.name:
            case "Heading":
                return "h", {"level": int(str(detail["level"]).removeprefix("H"))}
            case "List":
                number = detail.get("text", "None")
                return ("ul", {}) if number == "None" else ("ol", {"start": int(number)})
            case "FootnoteDefinition":
                return "div", {"class": "footnote", "label": detail.get("text", "")}
            case "HtmlBlock":
                return "pre", {"class": "html"}
        return _BLOCKS[event.name], {}

    def _wrap(self, event: Event) -> None:
        if event.phase == "end":
            self._open.pop()
            self._inline -= 1
            return
        self._enter_unit(event)
        self._inline += 1
        if event.name in _WRAPPING:
            self._begin(_WRAPPING[event.name], {})
        else:
            self._begin(event.name.lower(), {"title": event.detail["dest_url"]})

    def _leaf(self, event: Event) -> None:
        text = event.detail.get("text", "")
        match event.name:
            case "SoftBreak":
                self._add(" ")
            case "HardBreak":
                self._add(["br", {}, []])
            case "TaskListMarker":
                self._add("☑ " if text == "True" else "☐ ")
            case "FootnoteReference":
                self._add(["sup", {}, [text]])
            case "Html" | "InlineHtml" if text.lstrip().startswith("<!--"):
                return
            case name if name in _LETTERS:
                self._add([_LETTERS[name], {}, [text]])
            case "DisplayMath":
                self._add(["code", {}, [text]])
            case _:
                self._add(self._as_written(event) if self._holds_tag(event) else text)

    def _holds_tag(self, event: Event) -> bool:
        return any(start < event.end and event.start < end for start, end in self._tags)

    @property
    def _tags(self) -> Sequence[Span]:
        """What a site generator replaces: the parser was shown other letters there."""
        return self.parsed.tags

    def _as_written(self, event: Event) -> str:
        return self.parsed.data[event.start : event.end].decode("utf-8", "replace")

    def _enter_unit(self, event: Event) -> None:
        if self._inline:
            return
        at = bisect_right(self._starts, event.start) - 1
        place = self.places[at] if at >= 0 else None
        if place is not None and event.start >= place.end:
            place = None
        if place is self._marked:
            return
        self._leave_unit()
        if place is not None:
            self._begin("span", {"unit": place.unit})
            self._marked = place

    def _leave_unit(self) -> None:
        if self._marked is not None:
            self._open.pop()
            self._marked = None

    def _begin(self, name: str, attributes: dict[str, object]) -> None:
        children: list[object] = []
        name = "th" if name == "td" and self._heading_row else name
        self._add([name, attributes, children])
        self._open.append(children)

    def _add(self, node: Node) -> None:
        inside = self._open[-1]
        if isinstance(node, str) and inside and isinstance(inside[-1], str):
            inside[-1] += node
        elif node != "":
            inside.append(node)
