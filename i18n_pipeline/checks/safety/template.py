"""Safety: template tags, MDX expressions and attribute lists in a translation are the source's.

They are looked for in the text as it is and as it is shown: some site generators evaluate
`{{ … }}` after character references and escapes are undone, some even inside code.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape

from i18n_pipeline.checks.rule import Finding, Rule, Subject, quoted, rest_of
from i18n_pipeline.expressions import expression
from i18n_pipeline.markdown import PUNCTUATION, TEMPLATE_TAG, Mark, Token
from i18n_pipeline.model import Severity

_TAG = expression(rf"{TEMPLATE_TAG}|<%(?:(?!<%|%>).)*%>", re.DOTALL)
_END = expression(r"\{\{|\{%|%\}|\}\}|<%|%>")
_ENDS = frozenset({"{{", "{%", "%}", "}}", "<%", "%>", "{", "}"})
_ATTRIBUTES = expression(r"\{(?:[:#.][^{}\n]*|[^{}\n=]*=[^{}\n]*)\}")
_ESCAPE = expression(rf"\\({PUNCTUATION})")
_BRACE = expression(r"\\[{}]|[{}]")


def _find(subject: Subject) -> Iterator[Finding]:
    if not _may_hold_tags(subject.target):
        return
    mdx = "mdx" in subject.extensions and subject.segment.markdown
    source, target = _marks(subject.source), _marks(subject.target)
    if mdx:
        source += _expressions(_without_code(subject.source, subject.source_tokens))
        target += _expressions(_without_code(subject.target, subject.target_tokens))
    for mark, count in target.items():
        if count > source[mark] and (mark in _ENDS or mark not in source):
            yield Finding(f"{quoted(mark)} is template syntax that is not in the source")


def _may_hold_tags(text: str) -> bool:
    return any(mark in text for mark in ("{", "}", "&", "<%", "%>"))


def _marks(text: str) -> Counter[str]:
    """Whole tags, and the ends of broken ones, in a text as it is and as it is shown."""
    shown = unescape(_ESCAPE.sub(r"\1", text))
    return _marks_in(text) if shown == text else _marks_in(text) | _marks_in(shown)


def _marks_in(text: str) -> Counter[str]:
    rest = _TAG.sub(" ", text)
    return Counter([*_TAG.findall(text), *_END.findall(rest), *_ATTRIBUTES.findall(rest)])


def _without_code(text: str, tokens: Iterable[Token]) -> str:
    return rest_of(text, ((t.start, t.end) for t in tokens if t.mark in (Mark.CODE, Mark.MATH)))


def _expressions(text: str) -> Counter[str]:
    """MDX expressions, `{` to its `}`, and the braces that have no partner."""
    found: Counter[str] = Counter()
    opened: list[int] = []
    for match in _BRACE.finditer(text):
        if match.group() == "{":
            opened.append(match.start())
        elif match.group() == "}" and opened:
            start = opened.pop()
            if not opened:
                found[text[start : match.end()]] += 1
        elif match.group() == "}":
            found["}"] += 1
    found["{"] += len(opened)
    return found


TEMPLATE = Rule(
    "template",
    Severity.ERROR,
    safety=True,
    find=_find,
    purpose="template syntax that the source does not have: `{{`, `{%`, MDX, attribute lists",
)
