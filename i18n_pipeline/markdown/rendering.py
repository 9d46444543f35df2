"""What a reader sees of inline text: the same for two texts that render alike.

A formatter spells anew and changes nothing: `*x*` becomes `_x_`, `snake_case` gets a backslash,
two blanks become one. Two texts with one rendering are one text to everybody but an editor.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache

from i18n_pipeline.expressions import expression
from i18n_pipeline.markdown.inline import may_hold_tokens, standing_alone
from i18n_pipeline.markdown.parser import DEFAULT_EXTENSIONS, Event, Parsed

_BLANKS = expression(r"[ \t\n]+")
_STRUCTURED = "\x01"
"""Begins a rendering that is more than words; no text that we read holds it."""

Part = tuple[str, ...]


@lru_cache(maxsize=1 << 16)
def rendering(
    text: str, definitions: str = "", extensions: frozenset[str] = DEFAULT_EXTENSIONS
) -> str:
    """What Markdown inline text comes to, as a string to compare and to hash, not to show.

    `definitions` are the link and footnote definitions that its references need. Raises BadFile
    where the parser gives up.
    """
    if not may_hold_tokens(text):
        return _words(text)
    parsed = standing_alone(text, definitions, extensions)
    parts = list(_joined(_parts(parsed, definitions)))
    if len(parts) < 2 and all(part[0] == "" for part in parts) and not parsed.tags:
        return "".join(part[1] for part in parts)
    return _STRUCTURED + json.dumps([parts, _tags(parsed)], ensure_ascii=False)


def _words(text: str) -> str:
    return _BLANKS.sub(" ", text).strip(" ")


def _parts(parsed: Parsed, definitions: str) -> Iterator[Part]:
    """Words as `("", words)`, everything else by its name and what it says.

    A text that falls apart into several blocks, which no source does, has parts for them too.
    """
    end = len(parsed.data) - len(definitions.encode())
    for event in parsed.events[1:]:
        if event.start < end and (event.phase, event.name) != ("end", "Paragraph"):
            yield _part(event)


def _part(event: Event) -> Part:
    detail = event.detail
    match event.name:
        case "Text":
            return "", detail["text"]
        case "SoftBreak":
            return "", " "
        case "Link" | "Image" if event.phase == "start":
            return "+", event.name, detail["dest_url"], detail["title"]
        case _:
            return event.phase[:1] or ".", event.name, detail.get("text", "")


def _joined(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts with neighbouring words as one, blanks as a reader sees them."""
    words, begun = "", False
    for part in (*parts, ("end",)):
        if part[0] == "":
            words += part[1]
            continue
        shown = _BLANKS.sub(" ", words)
        shown = shown if begun else shown.removeprefix("x").lstrip(" ")
        shown = shown.rstrip(" ") if part == ("end",) else shown
        if shown:
            yield "", shown
        if part != ("end",):
            yield part
        words, begun = "", True


def _tags(parsed: Parsed) -> list[str]:
    """The template tags, which the parser sees as so many letters."""
    return [parsed.data[start:end].decode() for start, end in parsed.tags]
