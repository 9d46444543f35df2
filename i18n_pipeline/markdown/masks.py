"""Template tags and MDX in Markdown: found, and hidden from the parser behind inert text.

pyromark takes `{{< ref "a_b" >}}` for ordinary text with emphasis in it. So before parsing, a
tag's bytes are overwritten with filler of the same length: letters inside a line, and an HTML
declaration (`<!xx>`, CommonMark HTML block type 4, which may interrupt a paragraph) where tags
have a line to themselves. Byte ranges stay those of the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

Span = tuple[int, int]

TEMPLATE = re.compile(
    rb"\{\{(?:(?!\{\{|\}\}|\n[ \t]*\r?\n).)*\}\}|\{%(?:(?!\{%|%\}|\n[ \t]*\r?\n).)*%\}", re.DOTALL
)
_JSX_LINE = re.compile(
    rb"^[ \t]*</?(?:[A-Z][\w.]*|[a-z][\w-]*)?(?:\s[^<>]*)?/?>[ \t]*\r?$", re.MULTILINE
)
_ESM = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))(?:import|export)\b(?:(?!\n[ \t]*\r?\n).)*", re.DOTALL
)


def template_spans(data: bytes) -> list[Span]:
    """Byte ranges of `{{ … }}` and `{% … %}`, in order."""
    if b"{{" not in data and b"{%" not in data:
        return []
    return [match.span() for match in TEMPLATE.finditer(data)]


def expression_spans(data: bytes) -> list[Span]:
    """Byte ranges of MDX expressions: `{ … }` with balanced braces, within one block."""
    spans: list[Span] = []
    depth = start = 0
    for match in re.finditer(rb"\\?[{}]|\n[ \t]*\r?\n", data):
        mark = match.group()
        if mark == b"{":
            start = match.start() if depth == 0 else start
            depth += 1
        elif mark == b"}" and depth:
            depth -= 1
            if depth == 0:
                spans.append((start, match.end()))
        elif mark.startswith(b"\n"):
            depth = 0
    return spans


def outside(spans: Iterable[Span], holes: Sequence[Span]) -> list[Span]:
    """The spans that neither start nor end inside one of the sorted, disjoint `holes`."""
    kept: list[Span] = []
    rest = iter(holes)
    hole = next(rest, None)
    for start, end in spans:
        while hole is not None and hole[1] <= start:
            hole = next(rest, None)
        if hole is None or (start < hole[0] and not _cuts(end, hole)):
            kept.append((start, end))
    return kept


def _cuts(end: int, hole: Span) -> bool:
    return hole[0] < end < hole[1]


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
        if b"\n" in gap or position == 0:
            head, _, tail = gap.rpartition(b"\n")
            ends_clean = not gap.partition(b"\n")[0].strip()
            own += line if clean and ends_clean else []
            line, clean = [], not tail.strip() and (bool(head) or position == 0 or b"\n" in gap)
        else:
            clean = clean and not gap.strip()
        line.append((start, end))
        position = end
    ends_clean = not data[position:].partition(b"\n")[0].strip()
    return own + (line if clean and ends_clean else [])


def _declaration(tag: bytes) -> bytes:
    inner = re.sub(rb"[^\r\n]", b"x", tag[2:-1])
    return b"<!" + (b"x" + inner[1:] if inner else b"") + b">"


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
