"""What reviewed texts of a locale call the terms that they link to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from i18n_pipeline.glossary import Entry, Rendered, Sighting, sightings
from i18n_pipeline.pipeline.terminology import glossary_of
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.reports.standing import Rendering


def renderings(work: Work) -> Iterator[Rendering]:
    """For each term that links name, by slug: how many call it what the terminology does."""
    glossary = glossary_of(work, drafts=False)
    found: dict[str, list[tuple[Sighting, tuple[Entry, ...]]]] = defaultdict(list)
    for link in sightings(work.units, work.addresses.slug_of):
        if entries := glossary.named(link):
            found[link.slug].append((link, entries))
    for slug, links in sorted(found.items()):
        yield _rendering(work.locale, slug, links)


def _rendering(
    locale: str, slug: str, links: list[tuple[Sighting, tuple[Entry, ...]]]
) -> Rendering:
    others: Counter[str] = Counter()
    for link, entries in links:
        rendered = Rendered(link.words, locale)
        if not any(rendered.uses(form) for entry in entries for form in entry.spellings):
            others[link.words] += 1
    wanted = {entry.target: None for _, found in links for entry in found if entry.accepted}
    ordered = sorted(others.items(), key=lambda one: (-one[1], one[0]))
    return Rendering(slug, tuple(wanted), len(links) - others.total(), tuple(ordered))
