"""Safety: a translation put in its place is still one segment of its kind, with the same text.

It is put where its kind stands, as a build does it, and parsed again: whatever would begin a
heading, a list, a fence, a further cell or paragraph, or define a link, shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from i18n_pipeline.checks.rule import Finding, Rule, Subject, quoted
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.body import Body, Slot, read_body, written
from i18n_pipeline.markdown import Leaf, Parsed, folded, outline, parse
from i18n_pipeline.model import Kind, Segment, Severity
from i18n_pipeline.values import dataclass

_HOLE = "hole"
_PLACES = {
    Kind.PARAGRAPH: "hole\n\nx\n",
    Kind.HEADING: "## hole\n\nx\n",
    Kind.ITEM: "- hole\n\nx\n",
    Kind.QUOTE: "> hole\n\nx\n",
    Kind.CELL: "|a|b|\n|---|---|\n|c|hole|\n\nx\n",
    Kind.FOOTNOTE: "x[^its-place]\n\n[^its-place]: hole\n\nx\n",
    Kind.DEFINITION: "a\n: hole\n\nx\n",
    Kind.DEFINITION_TITLE: "hole\n: a\n\nx\n",
}
_BLOCKS = {
    "Heading": "a heading",
    "Rule": "a rule",
    "CodeBlock": "a code block",
    "HtmlBlock": "an HTML block",
    "BlockQuote": "a quote",
    "TaskListMarker": "a task box",
    "List": "a list",
    "Item": "a list item",
    "Table": "a table",
    "TableHead": "a table",
    "TableRow": "a table row",
    "TableCell": "a table cell",
    "FootnoteDefinition": "a footnote",
    "DefinitionList": "a definition list",
    "DefinitionListTitle": "a defined word",
    "DefinitionListDefinition": "a definition",
    "MetadataBlock": "front matter",
    "LinkDefinition": "a link definition",
    "Paragraph": "a further paragraph",
}
_MANY_LINES = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTE, Kind.FOOTNOTE, Kind.DEFINITION})


@dataclass(frozen=True, slots=True)
class _Place:
    """A document with a hole for a text of a kind, and the shape of its blocks."""

    body: Body
    slot: Slot
    shape: tuple[str, ...]


def _find(subject: Subject) -> Iterator[Finding]:
    yield from map(Finding, _complaints(subject))


def _complaints(subject: Subject) -> Iterator[str]:
    segment, target = subject.segment, subject.target
    if target == segment.source:
        return
    try:
        if segment.kind is Kind.LINK_TITLE:
            yield from _link_title(target, subject.extensions)
        elif not segment.markdown:
            yield from _plain(segment, target)
        elif not _is_one_line_of_words(segment.kind, target, subject.extensions):
            yield from _markdown(segment, target, subject.extensions)
    except BadFile as failure:
        yield f"cannot be read again: {failure.message}"


def _plain(segment: Segment, target: str) -> Iterator[str]:
    several = segment.kind is Kind.LIST or "\n" in segment.source.strip()
    if "\n" in target.strip() and not several:
        yield "has a line break, and the source is one line"


def _is_one_line_of_words(kind: Kind, target: str, extensions: frozenset[str]) -> bool:
    """Whether it can be nothing else: block marks stand at the beginning of a line."""
    if kind not in _MANY_LINES or "\n" in target or "mdx" in extensions:
        return False
    words = target[1:] if _is_no_mark(target[:1]) else target
    return words[:1].isalpha() and not words.startswith(("http", "www."))


def _is_no_mark(character: str) -> bool:
    """Whether Markdown knows no use for a sign, such as a quotation mark of most languages."""
    return bool(character) and not (character.isascii() or character.isspace())


def _link_title(target: str, extensions: frozenset[str]) -> Iterator[str]:
    line = f'[a]: /u "{written(Kind.LINK_TITLE, target)}"'.encode()
    references = parse(line + b"\n\n[a]\n", extensions).references
    if [*references.values()] != [(0, len(line))]:
        yield "put in its place, it ends the link's title"


def _markdown(segment: Segment, target: str, extensions: frozenset[str]) -> Iterator[str]:
    place = _place(segment.kind, segment.definitions, extensions)
    if place is None:
        yield from _field(segment, target, extensions)
        return
    data = place.body.render([place.body.patch(place.slot, target)])
    parsed = parse(data, extensions)
    shape = _shape(parsed)
    if shape != place.shape:
        yield f"put in its place, it {_made(place.shape, shape)}"
        return
    expected = folded(written(segment.kind, target)).strip()
    texts = list(_texts_at(place, parsed, len(data)))
    if not texts:
        yield "has no letter: put in its place, it is no text any more; write a word"
    for text in texts:
        if text.strip() != expected:
            yield f"put in its place, it reads {quoted(text)}"


def _texts_at(place: _Place, parsed: Parsed, length: int) -> Iterator[str]:
    """What reads back from the hole: nothing where a text without letters stands there."""
    start = place.slot.leaf.start
    end = place.slot.leaf.end + length - len(place.body.data)
    return (leaf.source for leaf in outline(parsed).leaves if start <= leaf.start < end)


def _field(segment: Segment, target: str, extensions: frozenset[str]) -> Iterator[str]:
    """A front-matter field may hold blocks: it keeps the source's."""
    source = _shape(parse(segment.source.encode(), extensions))
    shape = _shape(parse(target.encode(), extensions))
    if source != shape:
        yield f"put in its place, it {_made(source, shape)}"


@lru_cache(maxsize=512)
def _place(kind: Kind, definitions: str, extensions: frozenset[str]) -> _Place | None:
    """The place of a kind; None for fields, and where the extension it needs is off."""
    document = f"{_PLACES.get(kind, '')}\n{definitions}\n".encode()
    body = read_body(document, extensions)
    slot = next((s for s in body.slots if _is_hole(s.leaf) and s.segment.kind is kind), None)
    return _Place(body, slot, _shape(parse(document, extensions))) if slot else None


def _is_hole(leaf: Leaf) -> bool:
    return leaf.source == _HOLE


def _shape(parsed: Parsed) -> tuple[str, ...]:
    """The blocks as they open, and how many links are defined."""
    blocks = [e.name for e in parsed.events if e.phase != "end" and e.name in _BLOCKS]
    return (*blocks, *["LinkDefinition"] * len(parsed.references))


def _made(before: Sequence[str], after: Sequence[str]) -> str:
    more, fewer = Counter(after) - Counter(before), Counter(before) - Counter(after)
    if name := next((name for name in _BLOCKS if name in more), ""):
        return f"makes {_BLOCKS[name]}"
    if name := next((name for name in _BLOCKS if name in fewer), ""):
        return f"undoes {_BLOCKS[name].replace('further ', '')}"
    return "changes the order of blocks"


STRUCTURE = Rule(
    "structure",
    Severity.ERROR,
    safety=True,
    find=_find,
    purpose=(
        "a text that in its place would not be one segment of its kind: one that opens a code"
        " block, say"
    ),
)
