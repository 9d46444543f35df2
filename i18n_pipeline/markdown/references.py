"""Link reference definitions: `[label]: destination "title"`, each part at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from i18n_pipeline.expressions import expression
from i18n_pipeline.markdown.masks import Span
from i18n_pipeline.markdown.parser import Parsed
from i18n_pipeline.values import dataclass

_GAP = rb"(?:[ \t]*(?:\r?\n[ \t>]*)?)"
_DEFINITION = expression(
    rb"\[(?:[^\[\]\\]|\\.)+\]:" + _GAP + rb"(?P<destination><[^<>\n]*>|[^\s<]\S*)"
    rb"(?:(?:[ \t]+|[ \t]*\r?\n[ \t>]*)"
    rb"""(?:"(?P<a>(?:[^"\\]|\\.)*)"|'(?P<b>(?:[^'\\]|\\.)*)'|\((?P<c>(?:[^()\\]|\\.)*)\)))?\s*\Z""",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A link reference definition; all ranges are in bytes, `title` is between its quotes."""

    label: str
    start: int
    end: int
    destination: Span | None = None
    title: Span | None = None


def definitions(parsed: Parsed) -> Iterator[Definition]:
    """The definitions that count (the first of each label). One we cannot cut up has no parts."""
    masked = parsed.masked.encode() if parsed.references else b""
    for label, (start, end) in parsed.references.items():
        found = _DEFINITION.match(masked, start, end)
        if not found:
            yield Definition(label, start, end)
            continue
        quoted = next((name for name in "abc" if found[name] is not None), "")
        title = found.span(quoted) if quoted else None
        yield Definition(label, start, end, found.span("destination"), title)
