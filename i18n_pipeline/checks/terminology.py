"""Quality: the terms of the source are rendered as the glossary wants it.

Not asked of localized lists: keywords are what readers type, not what an editor would print.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from i18n_pipeline.checks.rule import Finding, Rule, Subject, quoted
from i18n_pipeline.glossary import Entry, Status, same_term
from i18n_pipeline.model import Kind, Severity

_GAP = re.compile(r"[\s\u2010\u2011-]+")


def _find(subject: Subject) -> Iterator[Finding]:
    if subject.glossary is None or subject.segment.kind is Kind.LIST:
        return
    occurring = subject.glossary.occurring(subject.source, subject.source_tokens)
    for group in _by_term(occurring):
        yield from map(Finding, _judge(group, subject.target))


def _by_term(entries: Iterable[Entry]) -> Iterable[list[Entry]]:
    groups: list[list[Entry]] = []
    for entry in entries:
        if groups and same_term(groups[-1][0].source, entry.source):
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return groups


def _judge(group: Iterable[Entry], target: str) -> Iterator[str]:
    """Accepted spellings are taken out first: `modèle de base` is no use of `base`."""
    accepted = [entry for entry in group if entry.status is not Status.DEPRECATED]
    text = rest = _plain(target)
    spellings = {_plain(spelling) for entry in accepted for spelling in entry.spellings}
    for spelling in sorted(spellings, key=lambda one: (-len(one), one)):
        rest = rest.replace(spelling, "\n")
    refused = [e for e in group if e.status is Status.DEPRECATED and _is_in(rest, e)]
    for entry in refused:
        but = f" but {quoted(accepted[0].target)}" if accepted else ""
        yield f"{quoted(entry.source)} must not be {quoted(entry.target)}{but}"
    if accepted and rest == text and not refused:
        wanted = " or ".join(quoted(entry.target) for entry in accepted)
        yield f"{quoted(accepted[0].source)} should be {wanted}"


def _is_in(text: str, entry: Entry) -> bool:
    return any(_plain(spelling) in text for spelling in entry.spellings)


def _plain(text: str) -> str:
    """A text in which case, soft hyphens, and the kind of space or hyphen make no difference."""
    return _GAP.sub(" ", text.replace("\u00ad", "")).casefold()


TERMINOLOGY = Rule(
    "terminology",
    Severity.WARNING,
    safety=False,
    find=_find,
)
