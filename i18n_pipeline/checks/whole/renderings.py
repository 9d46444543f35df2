"""Quality: links call a term what the glossary calls it, also where people chose other words.

What a term is called elsewhere is accepted in running text; here it is told, with how often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from i18n_pipeline.checks.rule import quoted
from i18n_pipeline.checks.whole.rule import Whole, WholeRule, issue_of_unit
from i18n_pipeline.glossary import Entry, Rendered, Sighting, sightings
from i18n_pipeline.model import QualityIssue, Severity

_RULE = ("renderings", Severity.NOTE)


def _find(whole: Whole) -> Iterator[QualityIssue]:
    links = sightings(whole.units, whole.addresses.slug_of)
    judged = [(one, whole.glossary.named(one)) for one in links]
    named = Counter(one.slug for one, entries in judged if entries)
    for one, entries in judged:
        if entries and not _agrees(whole, one, entries):
            wanted = " or ".join(quoted(entry.target) for entry in entries if entry.accepted)
            message = (
                f"{quoted(one.said)} is called {quoted(one.words)} here, and {wanted} in the "
                f"glossary ({named[one.slug]} links name the term)"
            )
            yield issue_of_unit(_RULE, message, one.unit)


def _agrees(whole: Whole, one: Sighting, entries: tuple[Entry, ...]) -> bool:
    rendered = Rendered(one.words, whole.addresses.locale)
    return any(rendered.uses(form) for entry in entries for form in entry.spellings)


RENDERINGS = WholeRule(
    *_RULE, find=_find, purpose="a link that calls a term otherwise than the glossary does"
)
