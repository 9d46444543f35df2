"""The smallest pieces of Markdown as regular expressions: what more than one room looks for."""

from __future__ import annotations

from i18n_pipeline.expressions import expression

TEMPLATE_TAG = r"\{\{(?:(?!\{\{|\}\}).)*\}\}|\{%(?:(?!\{%|%\}).)*%\}"
"""`{{ … }}` or `{% … %}`; a `.` decides whether it may hold a line break."""

CHARACTER_REFERENCE = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
"""`&amp;`, `&#38;`, `&#x26;` (CommonMark 2.5); of a name it does not say whether HTML has it."""

PUNCTUATION = r"[!-/:-@\[-`{-~]"
"""The characters a backslash escapes (CommonMark 2.4)."""

TRAILING = "?!.,:*_~;)]。、，）」"
"""What after a bare address is the sentence's: as GFM has it, and the same in full width."""

LETTER = expression(r"[^\W\d_]")
"""A letter of any script: where there is none, there is nothing to translate."""
