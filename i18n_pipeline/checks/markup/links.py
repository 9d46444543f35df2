"""Quality: every link and image of the source is in the translation, and is one when read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from i18n_pipeline.checks.rule import Finding, Rule, Subject, quoted
from i18n_pipeline.expressions import expression
from i18n_pipeline.markdown import LINKED, Mark, Token
from i18n_pipeline.model import Severity

_Place = tuple[str, str]
"""Where something leads, and what it is called: a link, or an image."""


_APART = expression("\\][ \u3000]+[(（] ?|[\\]］](?:（|(?<=］)\\() ?")
"""Between a link's words and its address: a blank, or a bracket in full width."""


def _find(subject: Subject) -> Iterator[Finding]:
    canonical = subject.addresses.canonical
    source = _places(subject.source, subject.source_tokens, canonical)
    if not source:
        return
    missing = source - _places(subject.target, subject.target_tokens, canonical)
    for (destination, called), count in source.items():
        unread = f"the {called} to {quoted(destination)} is not read as one: look at its brackets"
        lost = missing[destination, called]
        if _is_apart(destination, subject.target):
            yield Finding(unread)
        elif lost and lost < count:
            yield Finding(f"one of the {called}s to {quoted(destination)} is missing")
        elif lost and f"]({destination}" in subject.target:
            yield Finding(unread)
        elif lost and destination not in subject.target:
            yield Finding(f"the {called} to {quoted(destination)} is missing")


def _is_apart(destination: str, text: str) -> bool:
    """Whether an address stands behind words in brackets, and something comes between them."""
    found = _APART.finditer(text)
    return any(text.startswith(destination, one.end()) for one in found)


def _places(text: str, tokens: Sequence[Token], canonical: Callable[[str], str]) -> Counter[_Place]:
    """What a reader can follow or see: no link inside an image's words, and none around nothing."""
    found: Counter[_Place] = Counter()
    image_end = 0
    for token in tokens:  # in order of their beginnings, outer ones first
        if token.mark not in LINKED or token.start < image_end:
            continue
        if token.mark is Mark.IMAGE:
            image_end = token.end
            found[canonical(token.destination), "image"] += 1
        elif token.inner is None or text[slice(*token.inner)].strip():
            found[canonical(token.destination), "link"] += 1
    return found


LINKS = Rule(
    "links",
    Severity.ERROR,
    safety=False,
    find=_find,
    purpose="a link or image of the source that is missing, or no longer read as one",
)
