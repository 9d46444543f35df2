"""Quality: every link and image of the source is in the translation, and is one when read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from i18n_pipeline.checks.rule import Rule, Subject, quoted
from i18n_pipeline.markdown import LINKED, Token
from i18n_pipeline.model import Severity


def _find(subject: Subject) -> Iterator[str]:
    source = _destinations(subject.source_tokens, subject.addresses.canonical)
    if not source:
        return
    missing = source - _destinations(subject.target_tokens, subject.addresses.canonical)
    for destination, count in missing.items():
        if source[destination] > count:
            yield f"one of the links to {quoted(destination)} is missing"
        elif f"]({destination}" in subject.target:
            yield f"the link to {quoted(destination)} is not read as one: look at its brackets"
        elif destination not in subject.target:
            yield f"the link to {quoted(destination)} is missing"


def _destinations(tokens: Sequence[Token], canonical: Callable[[str], str]) -> Counter[str]:
    return Counter(canonical(token.destination) for token in tokens if token.mark in LINKED)


LINKS = Rule(
    "links",
    Severity.ERROR,
    safety=False,
    find=_find,
)
