"""Spanish: a question or exclamation is opened as well as closed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from i18n_pipeline.checks.rule import HIDDEN, Finding, Subject, quoted
from i18n_pipeline.checks.writing.punctuation.names import ends_name
from i18n_pipeline.expressions import expression

_MARK = expression(
    rf"(?P<open>[¿¡])|(?P<close>(?<=[\w\s…»”\"')\]{HIDDEN}])[?!]+(?=[\s»”\"')\]{HIDDEN}]|\Z))"
    r"|(?P<end>[.…:]\s|\n)"
)
_ANY = frozenset("¿?¡!")
_OPENERS = {"?": "¿", "!": "¡"}
_CLOSERS = {"¿": "?", "¡": "!"}


def spanish(subject: Subject) -> Iterator[Finding]:
    """Sentences that only end as a question or exclamation, or only begin as one."""
    if _ANY.isdisjoint(subject.target_prose):
        return
    opened: re.Match[str] | None = None
    start = 0
    for found in _MARK.finditer(subject.target_prose):
        if found["open"]:
            opened = found
        elif found["close"]:
            if opened is None and not _is_theirs(subject, start, found):
                yield _unopened(subject, start, found)
            opened = None
        start = start if found["open"] else found.end()
    if opened:
        mark = opened.group()
        message = f"{quoted(mark)} is not closed: write {quoted(_CLOSERS[mark])} where it ends"
        yield Finding(message, opened.span())


def _is_theirs(subject: Subject, start: int, found: re.Match[str]) -> bool:
    """Whether it is no sentence's, or stands in the source like this: a title, a name."""
    words = subject.target[start : found.end()].strip()
    if subject.target[found.start() - 1].isspace():
        return True
    return words in subject.source or ends_name(subject, found.start(), found.group())


def _unopened(subject: Subject, start: int, found: re.Match[str]) -> Finding:
    words = subject.target[start : found.end()]
    at = (found.end() - len(words.lstrip()), found.end())
    opener = _OPENERS[found.group()[0]]
    return Finding(f"{quoted(words)} is not opened: write {quoted(opener)} where it begins", at)
