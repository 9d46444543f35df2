"""Markdown with exact places: blocks and leaves of a body, tokens of a text."""

from i18n_pipeline.markdown.blocks import ONE_LINE, Block, Leaf, Outline, outline
from i18n_pipeline.markdown.folding import folded, guarded, unbroken
from i18n_pipeline.markdown.inline import (
    LINKED,
    Mark,
    Token,
    inline_tokens,
    opaque_ranges,
    plain_tokens,
    word_ranges,
)
from i18n_pipeline.markdown.masks import Span
from i18n_pipeline.markdown.parser import DEFAULT_EXTENSIONS, EXTENSIONS, Parsed, parse
from i18n_pipeline.markdown.relining import relined
from i18n_pipeline.markdown.rendering import rendering
from i18n_pipeline.markdown.syntax import (
    CHARACTER_REFERENCE,
    LETTER,
    PUNCTUATION,
    TEMPLATE_TAG,
    TRAILING,
)

__all__ = [
    "CHARACTER_REFERENCE",
    "DEFAULT_EXTENSIONS",
    "EXTENSIONS",
    "LETTER",
    "LINKED",
    "ONE_LINE",
    "PUNCTUATION",
    "TEMPLATE_TAG",
    "TRAILING",
    "Block",
    "Leaf",
    "Mark",
    "Outline",
    "Parsed",
    "Span",
    "Token",
    "folded",
    "guarded",
    "inline_tokens",
    "opaque_ranges",
    "outline",
    "parse",
    "plain_tokens",
    "relined",
    "rendering",
    "unbroken",
    "word_ranges",
]
