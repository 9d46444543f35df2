"""Inline elements of TMX: which codes of other programs are Markdown, and stand as they are."""

from __future__ import annotations

import re

from i18n_pipeline.expressions import expression

CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})
"""Elements that hold codes of the program a text came from."""
TRANSPARENT = frozenset({"hi"})
"""Elements around plain words."""

_MARKDOWN = expression(
    r"[*_]{1,3}|~~|`+(?:[^`\n]+`+)?"  # emphasis, code, or one end of it
    r"|!?\[|\]\([^()\s]*\)|\]\[[^\]\n]*\]|\]|\[\^[^\]\n]+\]"  # links, images, footnotes
    r"|<(?:https?://[^<>\s]+|/?[A-Za-z][^<>]*|!--.*?--)>"  # addresses and HTML
    r"|\{\{.*?\}\}|\{%.*?%\}|\{[A-Za-z_][\w.]*\}|\$[^$\n]+\$|\\[^\w\s]"  # templates, formulas
    r"|&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});",
    re.DOTALL,
)


def is_markdown(code: str) -> bool:
    """Whether a code means in Markdown what it says: `**`, `<br>`, `{{ page }}`."""
    return _MARKDOWN.fullmatch(code) is not None
