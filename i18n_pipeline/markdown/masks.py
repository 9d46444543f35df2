"""Template tags and MDX in Markdown: found, and hidden from the parser behind inert text.

pyromark takes `{{< ref "a_b" >}}` for ordinary text with emphasis in it. So before parsing, a
tag's bytes are overwritten with filler of the same length: letters inside a line, and an HTML
declaration (`<!xx>`, CommonMark HTML block type 4, which may interrupt a paragraph) where tags
have a line to themselves. Byte ranges stay those of the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from i18n_pipeline.expressions import expression

Span = tuple[int, int]

_TEMPLATE = expression(
    rb"\{\{(?:(?!\{\{|\}\}|\n[ \t]*\r?\n).)*\}\}|\{%(?:(?!\{%|%\}|\n[ \t]*\r?\n).)*%\}", re.DOTALL
)
_BRACE = expression(rb"\\?[{}]|\n[ \t]*\r?\n")
_HEADING_ATTRIBUTES = expression(rb"\{[#.][^{}\n]*\}")
_JSX_LINE = expression(
    rb"^[ \t]*</?(?:[A-Z][\w.]*|[a-z][\w-]*)?(?:\s[^<>]*)?/?>[ \t]*\r?$", re.MULTILINE
)
_ESM = expression(
    rb"(?:\A\s*|(?<=\n\n)|(?<=\n\r\n))(?:import|export)\b(?:(?!\n[ \t]*\r?\n).)*", re.DOTALL
)
_FILLABLE = expression(rb"[^\r\n]")
_LINE_START = expression(rb"\n[ \t>]*")
_SHORTEST_DECLARATION = len(b"<!x>")


def template_spans(data: bytes) -> list[Span]:
    """Byte ranges of `{{ … }}` and `{% … %}`, in order."""
    if b"{{" not in data and b"{%" not in data:
        return []
    return [match.span() for match in _TEMPLATE.finditer(data)]


def expression_spans(data: bytes, code: Sequence[Span]) -> list[Span]:
    """Byte ranges of MDX expressions: `{ … }` with balanced braces, within one block.

    Braces in `code` (sorted) do not count. `{#id}` and `{.class}` are heading attributes: no
    JavaScript begins like that.
    """
    spans: list[Span] = []
    depth = start = 0
    for at, mark in _braces(data, code):
        if mark == b"{":
            start = at if depth == 0 else start
            depth += 1
        elif mark == b"}" and depth:
            depth -= 1
            if depth == 0 and not _HEADING_ATTRIBUTES.match(data, start, at + 1):
                spans.append((start, at + 1))
        elif mark.startswith(b"\n"):
            depth = 0
    return spans


def _braces(data: bytes, code: Sequence[Span]) -> Iterator[tuple[int, bytes]]:
    """Braces and blank lines outside code, by place."""
    holes = iter(code)
    hole = next(holes, None)
    for match in _BRACE.finditer(data):
        while hole is not None and hole[1] <= match.start():
            hole = next(holes, None)
        if hole is None or match.start() < hole[0]:
            yield match.start(), match.group()


def outside(spans: Iterable[Span], holes: Sequence[Span]) -> list[Span]:
    """The spans that neither start nor end inside one of the sorted, disjoint `holes`."""
    kept: list[Span] = []
    position = 0
    for start, end in spans:
        while position < len(holes) and holes[position][1] <= start:
            position += 1
        inside = position < len(holes) and holes[position][0] <= start
        if not inside and not _cut(holes, position, end):
            kept.append((start, end))
    return kept


def _cut(holes: Sequence[Span], position: int, end: int) -> bool:
    """Whether one of the holes from `position` on holds the place before `end`."""
    while position < len(holes) and holes[position][1] < end:
        position += 1
    return position < len(holes) and holes[position][0] < end < holes[position][1]


def mask(data: bytes, spans: Sequence[Span], *, lines: bool) -> bytes:
    """`data` with the spans overwritten by filler of the same length in bytes.

    With `lines`, tags that have whole lines to themselves become a block of their own.
    """
    if not spans:
        return data
    masked = bytearray(data)
    for start, end in spans:
        masked[start:end] = b"x" * (end - start)
    for start, end in _own_lines(data, spans) if lines else ():
        if end - start >= _SHORTEST_DECLARATION:
            masked[start:end] = _declaration(data[start:end])
    return bytes(masked)


def _own_lines(data: bytes, spans: Sequence[Span]) -> list[Span]:
    """The spans that share their lines only with blanks and other such spans."""
    own: list[Span] = []
    line: list[Span] = []
    clean = True
    position = 0
    for start, end in spans:
        gap = data[position:start]
        first, newline, rest = gap.partition(b"\n")
        if newline or position == 0:
            own += line if clean and not first.strip() else []
            tail = rest.rpartition(b"\n")[2] if newline else gap
            line, clean = [], not tail.strip()
        else:
            clean = clean and not gap.strip()
        line.append((start, end))
        position = end
    rest = data[position:].partition(b"\n")[0]
    return own + (line if clean and not rest.strip() else [])


def _declaration(tag: bytes) -> bytes:
    """Filler for a tag that is a block; indentation and quote marks keep it in its container."""
    filler = bytearray(_FILLABLE.sub(b"x", tag))
    for found in _LINE_START.finditer(tag):
        filler[found.start() : found.end()] = found.group()
    filler[:3], filler[-1:] = b"<!x", b">"
    return bytes(filler)


def jsx_line_spans(data: bytes) -> list[Span]:
    """Byte ranges of JSX tags that have a line to themselves (expressions already masked)."""
    return [_trim(data, match.span()) for match in _JSX_LINE.finditer(data)]


def esm_spans(data: bytes) -> list[Span]:
    """Byte ranges of MDX `import` and `export` blocks: up to the next blank line."""
    return [_trim(data, match.span()) for match in _ESM.finditer(data)]


def _trim(data: bytes, span: Span) -> Span:
    start, end = span
    text = data[start:end]
    return start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip()))
