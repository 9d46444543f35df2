"""Quality: the terms of the source are rendered as the glossary wants it.

Not asked of localized lists: keywords are what readers type, not what an editor would print.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from i18n_pipeline.checks.rule import HIDDEN, Finding, Rule, Subject, quoted
from i18n_pipeline.glossary import Entry, Glossary, Rendered, place_of, same_term
from i18n_pipeline.model import Kind, Severity


def _find(subject: Subject) -> Iterator[Finding]:
    if subject.glossary is None or subject.segment.kind is Kind.LIST:
        return
    occurring = subject.glossary.occurring(subject.source, subject.source_tokens)
    if not occurring:
        return
    rendered = Rendered(subject.target_prose.replace(HIDDEN, ""), subject.locale)
    for group in _by_term(occurring):
        term = _Term(tuple(group), subject.glossary, subject.unit.slug)
        yield from term.judge(rendered, subject.target)


def _by_term(entries: Iterable[Entry]) -> Iterable[list[Entry]]:
    groups: list[list[Entry]] = []
    for entry in entries:
        if groups and same_term(groups[-1][0].source, entry.source):
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return groups


class _Term:
    """One term of a source, and what it may be called and must not be called."""

    def __init__(self, entries: tuple[Entry, ...], glossary: Glossary, slug: str) -> None:
        self._accepted = [entry for entry in entries if entry.accepted]
        self._refused = [entry for entry in entries if not entry.accepted]
        self._glossary, self._slug = glossary, slug

    def judge(self, rendered: Rendered, target: str) -> Iterator[Finding]:
        """What is wrong with the term in a translation."""
        refused = [entry for entry in self._refused if self._is_refused(entry, rendered)]
        for entry in refused:
            but = f" but {quoted(self._accepted[0].target)}" if self._accepted else ""
            message = f"{quoted(entry.source)} must not be {quoted(entry.target)}{but}"
            yield Finding(message, place_of(target, entry.target))
        spellings = self._glossary.spellings(self._accepted, beside=self._slug)
        if self._accepted and not refused and not rendered.uses_any(spellings):
            wanted = " or ".join(quoted(entry.target) for entry in self._accepted)
            source = self._accepted[0].source
            stays = all(entry.target.casefold() == source.casefold() for entry in self._accepted)
            said = f"should be {wanted}"
            if stays:
                said = f"stays {wanted} here, and the text lacks it"
            yield Finding(f"{quoted(source)} {said}")

    def _is_refused(self, entry: Entry, rendered: Rendered) -> bool:
        """Accepted spellings are taken out first: `modèle de base` is no use of `base`."""
        if not rendered.uses_any(entry.spellings):
            return False
        accepted = {form for one in self._accepted for form in one.spellings}
        for spelling in sorted(accepted, key=lambda one: (-len(one), one)):
            rendered = rendered.without(spelling)
        return rendered.uses_any(entry.spellings)


TERMINOLOGY = Rule(
    "terminology",
    Severity.WARNING,
    safety=False,
    find=_find,
    purpose="a term whose required rendering is absent, or a rendering that is deprecated",
    reads_glossary=True,
)
