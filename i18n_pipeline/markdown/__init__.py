"""Markdown with exact places: blocks and leaves of a body, tokens of a text."""

from i18n_pipeline.markdown.blocks import ONE_LINE, Block, Leaf, Outline, outline
from i18n_pipeline.markdown.folding import folded, guarded, unbroken
from i18n_pipeline.markdown.inline import (
    Mark,
    Token,
    inline_tokens,
    opaque_ranges,
    plain_tokens,
)
from i18n_pipeline.markdown.parser import DEFAULT_EXTENSIONS, EXTENSIONS, Parsed, parse

__all__ = [
    "DEFAULT_EXTENSIONS",
    "EXTENSIONS",
    "ONE_LINE",
    "Block",
    "Leaf",
    "Mark",
    "Outline",
    "Parsed",
    "Token",
    "folded",
    "guarded",
    "inline_tokens",
    "opaque_ranges",
    "outline",
    "parse",
    "plain_tokens",
    "unbroken",
]
