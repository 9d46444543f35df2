"""Pairs of texts as a TMX 1.4 file, the only form in which DeepL takes a translation memory; pure.

Specification: www.gala-global.org/tmx-14b.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

Pairs = Mapping[tuple[str, str], str]
"""Targets by source text and language code of the target."""

_HEADER = (
    '<header creationtool="i18n-pipeline" creationtoolversion="1" segtype="block"'
    ' o-tmf="i18n-pipeline" adminlang="en" datatype="plaintext"'
)


def as_tmx(pairs: Pairs, source: str) -> bytes:
    """The pairs as a file, a unit for each source text, in order of the texts."""
    units = groupby(sorted(pairs.items()), key=lambda item: item[0][0])
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<tmx version="1.4">',
        f"{_HEADER} srclang={quoteattr(_tag(source))}/>",
        "<body>",
        *(line for text, group in units for line in _unit(text, source, dict(group))),
        "</body>",
        "</tmx>",
        "",
    ]
    return "\n".join(lines).encode()


def _unit(text: str, source: str, targets: Pairs) -> Iterator[str]:
    yield "<tu>"
    yield _variant(source, text)
    yield from (_variant(language, target) for (_, language), target in targets.items())
    yield "</tu>"


def _variant(language: str, text: str) -> str:
    return f"<tuv xml:lang={quoteattr(_tag(language))}><seg>{escape(text)}</seg></tuv>"


def _tag(code: str) -> str:
    """A language code of DeepL's as BCP 47 writes it: `pt-BR`, `zh-Hans`."""
    language, dash, rest = code.partition("-")
    return language.lower() + dash + (rest.title() if len(rest) == 4 else rest)
