"""The one place that calls pyromark: events with byte ranges, and what stands around them.

Offsets are bytes of the UTF-8 text. What pyromark leaves to its callers is done here: template
tags and MDX are masked, and a panic of the parser (a BaseException) becomes a BadFile.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from i18n_pipeline.errors import BadFile
from i18n_pipeline.markdown import masks
from i18n_pipeline.markdown.masks import Span
from i18n_pipeline.values import dataclass

if TYPE_CHECKING:
    from pyromark import Options

_NOTHING: Mapping[str, str] = MappingProxyType({})

DEFAULT_EXTENSIONS = frozenset({"table", "footnote", "tasklist", "strikethrough"})
_OPTIONS = {
    "table": "ENABLE_TABLES",
    "footnote": "ENABLE_FOOTNOTES",
    "tasklist": "ENABLE_TASKLISTS",
    "strikethrough": "ENABLE_STRIKETHROUGH",
    "math": "ENABLE_MATH",
    "deflist": "ENABLE_DEFINITION_LIST",
    "heading-attributes": "ENABLE_HEADING_ATTRIBUTES",
    "alert": "ENABLE_GFM",
}
EXTENSIONS = frozenset(_OPTIONS) | {"mdx", "shortcode"}
"""What `[markdown] extensions` may name: pyromark's, and two that masking gives."""

MOST_EVENTS = 500_000
"""Events of the largest text that is read: a book has fewer, a second or two is what they take."""

CODE = frozenset({"CodeBlock", "Code"})


class Event(NamedTuple):
    """One step of the parser: `phase` is "start", "end" or "" (a leaf); the range is in bytes.

    A named tuple because there are hundreds of thousands of them in a run.
    """

    phase: str
    name: str
    start: int
    end: int
    detail: Mapping[str, str] = _NOTHING


@lru_cache(maxsize=16)
def _options(extensions: frozenset[str]) -> Options:
    from pyromark import Options

    value = Options(0)
    for name in sorted(extensions & _OPTIONS.keys()):
        value |= getattr(Options, _OPTIONS[name])
    return value


@dataclass(frozen=True)
class Parsed:
    """A Markdown text as the parser sees it: its bytes, its tags, its events."""

    data: bytes
    extensions: frozenset[str]
    tags: tuple[Span, ...]
    masked: str

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """All events in document order."""
        return _events(self.masked, self.extensions)

    @cached_property
    def references(self) -> Mapping[str, Span]:
        """Byte ranges of the link reference definitions by label."""
        if "]:" not in self.masked:
            return {}
        from pyromark import reference_definitions

        found = reference_definitions(self.masked, options=_options(self.extensions))
        return {
            label: (definition["span"]["start"], definition["span"]["end"])
            for label, definition in found.items()
        }


def parse(data: bytes, extensions: frozenset[str] = DEFAULT_EXTENSIONS) -> Parsed:
    """Parse UTF-8 Markdown. Raises BadFile where the parser gives up, or is given too much."""
    mdx = "mdx" in extensions
    tags = _tags(data, extensions)
    masked = masks.mask(data, tags, lines=mdx or "shortcode" in extensions)
    if mdx:
        masked, tags = _mask_mdx_lines(masked, tags, extensions)
    return Parsed(data, extensions, tuple(tags), masked.decode())


def _tags(data: bytes, extensions: frozenset[str]) -> list[Span]:
    """Byte ranges of what a site generator replaces before Markdown is read."""
    if "mdx" in extensions and b"{" in data:
        code = _code(data, extensions)
        return masks.outside(masks.expression_spans(data, code), code)
    tags = masks.template_spans(data)
    return masks.outside(tags, _code(data, extensions)) if tags else tags


def _mask_mdx_lines(
    masked: bytes, tags: list[Span], extensions: frozenset[str]
) -> tuple[bytes, list[Span]]:
    lines = sorted(masks.jsx_line_spans(masked) + masks.esm_spans(masked))
    if not lines:
        return masked, tags
    lines = masks.outside(_disjoint(lines), _code(masked, extensions))
    return masks.mask(masked, lines, lines=True), sorted(masks.outside(tags, lines) + lines)


def _disjoint(spans: list[Span]) -> list[Span]:
    """Sorted spans without those that begin inside an earlier one."""
    kept: list[Span] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _code(data: bytes, extensions: frozenset[str]) -> list[Span]:
    """Byte ranges of code blocks and code spans, in order."""
    return [
        (event.start, event.end)
        for event in _events(data.decode(), extensions)
        if event.name in CODE and event.phase != "end"
    ]


def _events(text: str, extensions: frozenset[str]) -> tuple[Event, ...]:
    from pyromark import events_with_range

    try:
        told = islice(events_with_range(text, options=_options(extensions)), MOST_EVENTS + 1)
        events = tuple(_event(event, where["start"], where["end"]) for event, where in told)
    except BaseException as failure:
        # pyo3's PanicException is no Exception, on purpose: name it, let the rest through.
        if type(failure).__name__ != "PanicException":
            raise
        raise BadFile(
            "markdown-panic",
            f"the Markdown parser gave up: {failure}",
            mend="simplify the file's nesting, and please report the file",
        ) from None
    if len(events) > MOST_EVENTS:
        message = f"its Markdown has more than {MOST_EVENTS:,} marks, cells and pieces of text"
        raise BadFile("too-much-markup", message, mend="split it", line=1, column=1)
    return events


def _event(event: object, start: int, end: int) -> Event:
    """An event of pyromark: a name, or one name with what it says."""
    if type(event) is not dict:
        return Event("", str(event), start, end)
    ((name, value),) = event.items()
    if name == "Text":
        return Event("", name, start, end, {"text": value})
    if name not in ("Start", "End"):
        return Event("", name, start, end, {"text": str(value)})
    return _tag(name.lower(), value, start, end)


def _tag(phase: str, value: object, start: int, end: int) -> Event:
    if type(value) is not dict:
        return Event(phase, str(value), start, end)
    ((tag, detail),) = value.items()
    if type(detail) is not dict:
        return Event(phase, tag, start, end, {"text": str(detail)})
    if detail.get("link_type") == "Collapsed":
        end += len("[]")  # pyromark ends `[ref][]` before its last two brackets
    return Event(phase, tag, start, end, detail)
