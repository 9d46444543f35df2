"""The other files of a project, and what services and git say."""

from __future__ import annotations

import json
from collections.abc import Sequence

from tests.fuzz.given import joined
from tests.fuzz.seeds.texts import pairs

_LOCK = """i18n-lock 1 segmenter 1

fine-tuning
 source=9f86d081884c7d65 built=- copied.tags=2c26b46b links.related=lora,a%20b segments=5e0d,81c2

term
 source=9f86d081884c7d65 built=9f86d081884c7d66 fields.term=5e0d,81c2 blocks=5e0d.1,~81c2.0 held=-

i18n-lock end
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


def replies() -> Sequence[bytes]:
    """Replies of services."""
    said = b'{"error": {"message": "no sk-canary-0123456789", "code": "x", "param": "y"}}'
    deepl = joined("3", '{"message": "Quota \\u0073k-canary-0123456789", "detail": "x"}')
    return [json.dumps(_CHAT).encode(), said, deepl, b'[{"number": 1}]']


def git_answers() -> Sequence[bytes]:
    """Names, subjects, paths and texts as people call them."""
    return [
        joined("Ada, 'B'", "A: b\t(c)", "terms/en/ä b.md"),
        joined("a blob 3\nx", "", "b"),
        *pairs(),
    ]


def kept_reports() -> Sequence[bytes]:
    """Reports as a run and a survey keep them."""
    issue = {"check": "html", "severity": "error", "path": "a.po", "line": 3, "slug": "term"}
    issue |= {"field": "body", "message": "m", "safety": True, "text": "Ein <b>", "at": [4, 7]}
    units = {"untranslated": 1, "needs_review": 2, "reviewed": 3}
    terms = {"total": 2, "complete": 1, "built": 1, "stale": 0, "unadopted": 0, "manual": 0}
    billed = {"requests": 0, "characters": 0, "possibly_billed": 0, "cost": 0.0, "free": 0}
    one = {"locale": "de", "units": units, "terms": terms, "issues": [issue], "notes": ["n"]}
    run = {**one, "billed": billed, "exact": 1, "providers": ["deepl"], "written": [], "fixes": []}
    run |= {"slugs": ["term"], "live_again": ["term/body"], "codes": [], "known": True}
    run |= {"estimate": None, "planned": None, "adoption": None, "of_head": False, "problems": []}
    blocker = {"what": "w", "who": "a reviewer", "command": "c", "place": "a.po:3"}
    standing = {"slug": "term", "state": "stale", "path": "a.md", "is_built": False, "drafts": 1}
    standing |= {"untranslated": 1, "url": "https://a.b", "blockers": [blocker]}
    rendering = {"slug": "term", "wanted": ["T"], "agreeing": 1, "others": [["x", 2]]}
    source = {"slug": "term", "path": "a.md", "name": "Term", "links": ["lora"], "nowhere": ["z"]}
    estimate = {"requests": 1, "characters": 9, "worst_case_characters": 18, "cost": None}
    survey = {
        "locales": [{**one, "standings": [standing], "renderings": [rendering]}],
        "sources": [source],
        "planned": {"de": {"providers": ["deepl"], "estimate": estimate}},
        "notes": ["n"],
    }
    return [joined(json.dumps({"report": run, "notices": []}), json.dumps(survey))]


def kept_verdicts() -> Sequence[bytes]:
    """Findings as they are kept."""
    found = [["html", "m", [4, 7], [4, 7, "x"]], ["length", "m", None, None]]
    return [json.dumps({"ab": found, "cd": []}).encode()]
