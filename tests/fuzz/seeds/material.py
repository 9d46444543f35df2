"""What several seeds are made of."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parent.parent.parent
FORMATS = TESTS / "formats"
TERM = """---
term: "Token"
slug: term
lang: en
definition: |
  What a model *reads*.
  In pieces.
category: Basics
related:
  - lora
keywords: [one, 'two']
seo: {description: a, other: "b"}
---

# Token

A [model](/g/lora "A title") reads **pieces** of `text`.
On two lines.

- one item
- another

> quoted

| a | b |
|---|---|
| 1 | 2 |

[ref]: /g/lora
"""
GERMAN = TERM.replace("lang: en", "lang: de").replace("A [model]", "Ein [Modell]")
TEXTS = (
    'A **bold** [link](/g/lora "title") with `code`, <br> and ![i](/j) [ref].',
    "See https://a.org/x?a=b&c, {{ x }} and $x$ [^1] ~~gone~~ &amp; \\* *a*b*.",
    "Only words, 1,024 of them – not more.",
    "「重要」な点は**LoRA**です。\\\nA hard break.  \nAnother.",
)
PO = """#
msgid ""
msgstr ""
"Language: de\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

# somebody's comment
#. paragraph
#. Origin: machine draft by DeepL (draft 0123456789ab)
#: terms/en/term.md
#, fuzzy
#| msgid "A text before."
msgctxt "term/body"
msgid "A text."
msgstr "Ein Text."

msgctxt "term/term"
msgid "Token"
msgstr "Token"

#~ msgctxt "term/body"
#~ msgid "gone"
#~ msgstr "weg"
"""


def golden(folder: Path, *endings: str) -> list[bytes]:
    """The small files below a folder of the tests."""
    found = sorted(path for path in folder.rglob("*") if path.suffix in endings)
    return [data for data in map(Path.read_bytes, found) if len(data) < 6000]
