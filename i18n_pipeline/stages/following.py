"""Following: a term whose file and slug changed is known by its texts, and its units go with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from i18n_pipeline.model import Key, Kind, Lock, Unit
from i18n_pipeline.stages.correct import segment_hashes
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import replace

Texts = Mapping[str, Counter[str]]
"""What each slug says: texts, or hashes of them, each as often as it is there."""


def followed(gone: Texts, new: Texts, terms: Texts) -> Mapping[str, str]:
    """The new slug by the one that is gone, of terms that say mostly the same; the likest first.

    More than half of the texts of either side have to be the other's. What several terms say, the
    headings that all pages have, tells none of them apart and does not count.
    """
    common = _said_twice(gone) | _said_twice(terms)
    gone, new = _without(gone, common), _without(new, common)
    by_text: dict[str, list[str]] = {}
    for slug, texts in new.items():
        for text in texts:
            by_text.setdefault(text, []).append(slug)
    pairs = {
        (old, slug) for old, texts in gone.items() for t in texts for slug in by_text.get(t, ())
    }
    ranked = sorted((-_likeness(gone[old], new[slug]), old, slug) for old, slug in pairs)
    found: dict[str, str] = {}
    for likeness, old, slug in ranked:
        if likeness < -0.5 and old not in found and slug not in found.values():
            found[old] = slug
    return found


def _said_twice(texts: Texts) -> frozenset[str]:
    slugs = Counter(text for one in texts.values() for text in one)
    return frozenset(text for text, count in slugs.items() if count > 1)


def _without(texts: Texts, common: frozenset[str]) -> Texts:
    found = {
        slug: Counter({text: count for text, count in one.items() if text not in common})
        for slug, one in texts.items()
    }
    return {slug: one for slug, one in found.items() if one}


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    return (one & other).total() / max(one.total(), other.total())


def texts_of_units(units: Iterable[Unit]) -> Texts:
    """What active units say, by their slugs; vocabulary belongs to no term."""
    found: dict[str, Counter[str]] = {}
    for unit in units:
        if unit.slug and not unit.obsolete:
            found.setdefault(unit.slug, Counter())[f"{unit.field}\0{unit.source}"] += 1
    return found


def texts_of_terms(terms: Iterable[Term]) -> Texts:
    """What terms say, as their units would."""
    return {
        term.slug: Counter(
            {
                f"{one.field}\0{one.source}"
                for one in term.file.segments
                if one.kind is not Kind.VOCABULARY
            }
        )
        for term in terms
    }


def hashes_of_terms(terms: Iterable[Term]) -> Texts:
    """The hashes of what terms say in their bodies, as a lock remembers them."""
    return {
        term.slug: Counter(segment_hashes(slot.segment.source for slot in term.file.body.slots))
        for term in terms
    }


def renamed_units(units: Iterable[Unit], slugs: Mapping[str, str]) -> tuple[Unit, ...]:
    """The units under their new slugs; an obsolete one whose place is taken stays where it is."""
    before = tuple(units)
    taken: set[Key] = {unit.key for unit in before}
    after: list[Unit] = []
    for unit in before:
        new = slugs.get(unit.slug)
        moved = unit if new is None else replace(unit, context=_context(unit.context, new))
        after.append(unit if new is not None and moved.key in taken else moved)
    return tuple(after)


def _context(context: str, slug: str) -> str:
    return f"{slug}/{context.rpartition('/')[2]}"


def renamed_entries(lock: Lock, slugs: Mapping[str, str]) -> Lock:
    """The lock with entries under their new slugs."""
    moved = (replace(lock.entries[old], slug=new) for old, new in slugs.items())
    return lock.replace(moved, slugs)
