"""Where fuzzing starts: the golden files of the tests, and a few inputs of each format."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from tests.fuzz.given import joined

_TESTS = Path(__file__).parent.parent
_FORMATS = _TESTS / "formats"

_TERM = """---
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
_GERMAN = _TERM.replace("lang: en", "lang: de").replace("A [model]", "Ein [Modell]")
_TOML = (
    '+++\nterm = "Token"\nkeywords = ["a", "b"]\n[seo]\ndescription = """x\ny"""\n+++\nA text.\n'
)
_PO = """#
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
_LOCK = """i18n-lock 1 segmenter 1

fine-tuning
 source=9f86d081884c7d65 built=- copied.tags=2c26b46b links.related=lora,a%20b segments=5e0d,81c2

term
 source=9f86d081884c7d65 built=9f86d081884c7d66 fields.term=5e0d,81c2 blocks=5e0d.1,~81c2.0 held=-

i18n-lock end
"""
_TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="x" segtype="block" srclang="en" adminlang="en"
 datatype="plaintext" o-tmf="x" creationtoolversion="1"/><body>
<tu><tuv xml:lang="en"><seg>A <bpt i="1">**</bpt>text<ept i="1">**</ept>.</seg></tuv>
<tuv xml:lang="de"><seg>Ein Text.</seg></tuv></tu>
</body></tmx>
"""
_PLAN = {
    "schema": "i18n-plan/1",
    "provider": ["deepl"],
    "sources": {"terms/en/term.md": "9f86d081"},
    "locales": [
        {
            "locale": "de",
            "providers": ["deepl"],
            "requests": 1,
            "cost": 0.1,
            "saved": {"exact": 1},
            "texts": [
                {
                    "context": "term/body",
                    "source": "9f86d081",
                    "why": "new",
                    "provider": "deepl",
                    "characters": 1,
                    "worst_case_characters": 2,
                }
            ],
        }
    ],
}
_DECISIONS = {
    "schema": "i18n-decisions/1",
    "locale": "de",
    "decisions": [
        {"verb": "approve", "unit": "term/body", "source": "a", "shown": "b", "text": "c"}
    ],
}
_RECEIPT = (
    '{"schema": "i18n-receipts/1"}\n'
    '{"key": "ab", "about": "cd", "text": "Ein Text.", "provider": "deepl", "billed": 7}\n'
)
_CHAT = {
    "model": "m",
    "choices": [
        {"finish_reason": "stop", "message": {"content": '{"a": "x", "b": "y", "c": "z"}'}}
    ],
    "usage": {"prompt_tokens": 1, "completion_tokens": 2},
}
_CONFIG = """source = "en"
targets = ["ja", "pt-BR"]
provider = { "*" = ["deepl"], definition = ["openai", "deepl"] }
[paths]
terms = "content/{locale}/{slug}.md"
[fields]
translate = ["term", "seo.description"]
skip = { draft = true }
[links.rewrite]
"/glossary/{slug}" = "/{locale}/glossary/{slug}"
[memory]
tmx = ["memory/a.tmx"]
[budget]
max_chars = 1000
[[checks.off]]
check = "length"
reason = "short"
[locale.ja]
style = { formality = "formal" }
"""
_TEXTS = (
    'A **bold** [link](/g/lora "title") with `code`, <br> and ![i](/j) [ref].',
    "See https://a.org/x?a=b&c, {{ x }} and $x$ [^1] ~~gone~~ &amp; \\* *a*b*.",
    "Only words, 1,024 of them – not more.",
    "「重要」な点は**LoRA**です。\\\nA hard break.  \nAnother.",
)


def _golden(folder: Path, *endings: str) -> list[bytes]:
    found = sorted(path for path in folder.rglob("*") if path.suffix in endings)
    return [data for data in map(Path.read_bytes, found) if len(data) < 6000]


def term_files() -> Sequence[bytes]:
    """Term files."""
    return [_TERM.encode(), _TOML.encode(), *_golden(_FORMATS / "data" / "terms", ".md")]


def fronts() -> Sequence[bytes]:
    """A text, and front matter to put it into."""
    blocks = [data.split(b"---\n")[1] for data in term_files() if data.count(b"---\n") > 1]
    blocks += [data.split(b"+++\n")[1] for data in term_files() if data.count(b"+++\n") > 1]
    return [joined(text, block) for block in blocks for text in ("Ж: x", "a\nb", "'")]


def two_terms() -> Sequence[bytes]:
    """A source, and a page or a text."""
    return [
        joined(_TERM, "Ж"),
        joined(_TERM, _GERMAN),
        joined(_TOML, "**x**"),
        joined(_GERMAN, _TERM),
    ]


def three_terms() -> Sequence[bytes]:
    """A source, a page, and another version or a text."""
    golden = _TESTS / "stages" / "data"
    cases = [sorted(path.rglob("*.md")) for path in sorted(golden.iterdir()) if path.is_dir()]
    whole = [joined(*(path.read_bytes() for path in found[:3])) for found in cases]
    return [joined(_TERM, _GERMAN, "Ж"), joined(_TERM, _GERMAN, _GERMAN + "\nMehr.\n"), *whole]


def texts() -> Sequence[bytes]:
    """Texts of units."""
    return [text.encode() for text in _TEXTS]


def pairs() -> Sequence[bytes]:
    """Two or three texts."""
    return [joined(one, other, _TEXTS[0]) for one in _TEXTS for other in _TEXTS]


def answers() -> Sequence[bytes]:
    """A text, and what an engine says of it."""
    said = 'Ein <g id="1">fetter</g> <g id="2">Link<g id="3">Titel</g></g> <x id="4"/> <x id="5"/>'
    return [joined(text, said, said) for text in _TEXTS]


def catalogs() -> Sequence[bytes]:
    """Review files, whole and torn."""
    torn = _PO.replace(
        'msgstr "Ein Text."', '<<<<<<< a\nmsgstr "Ein"\n=======\nmsgstr "Text"\n>>>>>>> b'
    )
    return [_PO.encode(), torn.encode(), *_golden(_FORMATS, ".po")]


def three_catalogs() -> Sequence[bytes]:
    """Three versions of a review file."""
    ours, theirs = _PO.replace("Ein Text", "Unser Text"), _PO.replace("Ein Text", "Ihr Text")
    return [joined(_PO, ours, theirs), joined(_PO, _PO, theirs), joined("", ours, theirs)]


def term_and_catalog() -> Sequence[bytes]:
    """A source and a review file."""
    return [joined(_TERM, _PO), joined("---\nterm: Token\n---\nA text now.\n", _PO)]


def locks() -> Sequence[bytes]:
    """Locks, and three versions of one."""
    other = _LOCK.replace("built=-", "built=0123456789abcdef")
    return [_LOCK.encode(), joined(_LOCK, other, _LOCK.replace("fine-tuning", "lora"))]


def rejections() -> Sequence[bytes]:
    """Rejected texts."""
    return [b"i18n-rejected 1\n\n1f0c6b7a90d2e534 9a3e5d0b7c2f4811 DeepL term/body Ein Text\n"]


def plans() -> Sequence[bytes]:
    """Plans."""
    return [json.dumps(_PLAN).encode()]


def decisions() -> Sequence[bytes]:
    """Decisions."""
    return [json.dumps(_DECISIONS).encode()]


def receipts() -> Sequence[bytes]:
    """A file of receipts and one of an intent."""
    return [joined(_RECEIPT, '[["ab", 7, 1]]')]


def configurations() -> Sequence[bytes]:
    """Configurations."""
    return [_CONFIG.encode(), b'source = "en"\ntargets = ["ja"]\n']


def names() -> Sequence[bytes]:
    """Patterns with paths, and tags."""
    return [
        joined("terms/{locale}/{slug}.md", "terms/ja/a/b.md"),
        joined("zh-Hans-CN", ""),
        joined("a/**/*.tmx", "a/b/c.tmx"),
    ]


def glossaries() -> Sequence[bytes]:
    """Glossary files of ours and of other programs."""
    return _golden(_FORMATS / "glossaries" / "data", ".csv", ".tsv")


def termbases() -> Sequence[bytes]:
    """Termbases."""
    return _golden(_FORMATS / "glossaries" / "data", ".tbx")


def memories() -> Sequence[bytes]:
    """Translation memories."""
    return [_TMX.encode()]


def packages() -> Sequence[bytes]:
    """Work packages."""
    return _golden(_FORMATS / "packages" / "data", ".xlf", ".csv", ".po")


def replies() -> Sequence[bytes]:
    """Replies of services."""
    said = b'{"error": {"message": "no sk-canary-0123456789", "code": "x", "param": "y"}}'
    deepl = joined("3", '{"message": "Quota \\u0073k-canary-0123456789", "detail": "x"}')
    return [json.dumps(_CHAT).encode(), said, deepl, b'[{"number": 1}]']
