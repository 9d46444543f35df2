"""Quality: character references are neither doubled nor undone, nor shown where nobody reads them.

A reference that is missing altogether is what `placeholders` looks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from i18n_pipeline.checks.rule import Finding, Rule, Subject, quoted
from i18n_pipeline.expressions import expression
from i18n_pipeline.markdown import CHARACTER_REFERENCE, Mark, Span
from i18n_pipeline.model import Edit, Severity

_DOUBLED = expression(
    r"&(?:(?:amp|#38|#[xX]26);)+(?P<name>#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,31});"
)
_REFERENCE = expression(CHARACTER_REFERENCE)
_ESCAPED_TAG = expression(r"&lt;(?P<tag>[/!]?[A-Za-z][^<>&\n]{0,80})&gt;")
_LITERAL = (Mark.CODE, Mark.MATH, Mark.TEMPLATE)


def _find(subject: Subject) -> Iterator[Finding]:
    if "&" in subject.target:
        yield from _doubled(subject)
        yield from _shown(subject)
    if "&lt;" in subject.source and "<" in subject.target:
        yield from _undone(subject)


def _doubled(subject: Subject) -> Iterator[Finding]:
    for found in _first_of_each(_DOUBLED, subject.target):
        text, better = found.group(), f"&{found['name']};"
        if text in subject.source or unescape(better) == better or _is_literal(subject, found):
            continue
        yield _finding(f"{quoted(text)} is escaped twice", better, found.span())


def _first_of_each(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """The first place of each piece that a pattern finds: a fault repeated is told once."""
    first: dict[str, re.Match[str]] = {}
    for found in pattern.finditer(text):
        first.setdefault(found.group(), found)
    return list(first.values())


def _is_literal(subject: Subject, found: re.Match[str]) -> bool:
    """Whether it stands in code or a formula, which show it as it is."""
    return any(
        token.mark in _LITERAL and token.start <= found.start() < token.end
        for token in subject.target_tokens
    )


def _undone(subject: Subject) -> Iterator[Finding]:
    """Words in angle brackets that a reader should see, and that are now a tag."""
    shown = {f"<{found['tag']}>": found for found in _ESCAPED_TAG.finditer(subject.source)}
    for token in subject.target_tokens if shown else ():
        tag = subject.target[token.start : token.end]
        found = shown.pop(tag, None) if token.mark is Mark.HTML else None
        if found is not None and tag not in subject.source:
            said = f"{quoted(tag)} is a tag now, and in the source only shown"
            yield _finding(said, found.group(), (token.start, token.end))


def _shown(subject: Subject) -> Iterator[Finding]:
    """References in a plain text, where the source has the character itself."""
    if subject.segment.markdown:
        return
    for found in _first_of_each(_REFERENCE, subject.target):
        text = found.group()
        character = unescape(text)
        known = _DOUBLED.match(subject.target, found.start()) or text in subject.source
        if character == text or known or character not in subject.source:
            continue
        yield _finding(f"{quoted(text)} is shown as it is written", character, found.span())


def _finding(said: str, better: str, span: Span) -> Finding:
    return Finding(f"{said}; write {quoted(better)}", span, Edit(*span, better))


ENTITIES = Rule(
    "entities",
    Severity.ERROR,
    safety=False,
    find=_find,
    purpose=(
        "a character reference escaped twice (`&amp;lt;`), one that became a tag, or one in a"
        " plain text, where readers see it as it is written"
    ),
)
