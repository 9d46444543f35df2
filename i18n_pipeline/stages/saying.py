"""What a text says, whatever its spelling: what the stages compare and the lock remembers."""

from __future__ import annotations

from html import unescape

from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.body import Body, Slot
from i18n_pipeline.markdown import PUNCTUATION, rendering
from i18n_pipeline.model import Kind, Segment, digest

_ESCAPED = expression(rf"\\({PUNCTUATION})")


def said(text: str, segment: Segment, extensions: frozenset[str]) -> str:
    """What a text says in the place of a segment; equal for two that a reader cannot tell apart.

    Raises BadFile where the Markdown parser gives up.
    """
    if segment.markdown:
        return rendering(text, segment.definitions, extensions)
    if segment.kind is Kind.LINK_TITLE:
        return unescape(_ESCAPED.sub(r"\1", text))
    return text.rstrip("\n")


def slot_says(body: Body, slot: Slot) -> str:
    """What the text of a body's slot says."""
    return said(slot.segment.source, slot.segment, body.extensions)


def short(text: str) -> str:
    """The short hash that the lock remembers a text by: 6 hex digits, enough inside one term."""
    return digest(text, 3)
