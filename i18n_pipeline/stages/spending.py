"""The order of spending: which terms a machine drafts first, and which it may draft at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TypeVar

from i18n_pipeline.config import Fields, Role
from i18n_pipeline.markdown import LINKED
from i18n_pipeline.model import Segment, Unit
from i18n_pipeline.placeholders import tokens_of
from i18n_pipeline.stages.term import Term

T = TypeVar("T")


def in_order(
    terms: Iterable[Term],
    named: Sequence[str],
    live: Collection[str],
    linked: Mapping[str, int],
) -> list[Term]:
    """Terms in the order in which money is spent on them.

    Those that `named` patterns name, in their order; then those with a page in the locale (`live`),
    which say something old as long as their changes wait; then the most linked.
    """

    def rank(term: Term) -> tuple[int, bool, int, str]:
        name = next((at for at, one in enumerate(named) if matches(term.slug, (one,))), len(named))
        return name, term.slug not in live, -linked.get(term.slug, 0), term.slug

    return sorted(terms, key=rank)


def matches(slug: str, patterns: Iterable[str]) -> bool:
    """Whether a slug is one of those that patterns such as `lora` or `basics/*` name."""
    return any(fnmatchcase(slug, pattern) for pattern in patterns)


def links_to(
    terms: Iterable[Term],
    fields: Fields,
    slug_of: Callable[[str], str | None],
    extensions: frozenset[str],
) -> Counter[str]:
    """How many other terms lead to each term, by a link or as related."""
    found: Counter[str] = Counter()
    for term in terms:
        found.update(links_from(term, fields, slug_of, extensions))
    return found


def links_from(
    term: Term, fields: Fields, slug_of: Callable[[str], str | None], extensions: frozenset[str]
) -> frozenset[str]:
    """The slugs of other terms that a term leads to; what it calls related may be no term."""
    keys = (key for key in term.file.values if fields.role(key) is Role.LINKS)
    slugs = {slug for key in keys for slug in term.file.list_items(key)}
    for segment in term.file.segments:
        slugs |= set(_linked(segment, slug_of, extensions))
    return frozenset(slugs - {term.slug})


def _linked(
    segment: Segment, slug_of: Callable[[str], str | None], extensions: frozenset[str]
) -> Iterator[str]:
    if not segment.markdown or "](" not in segment.source:
        return
    for token in tokens_of(segment, segment.source, extensions):
        slug = slug_of(token.destination) if token.mark in LINKED else None
        if slug:
            yield slug


def by_slug(units: Iterable[Unit]) -> Mapping[str, list[Unit]]:
    """Units by the term they belong to, in their order; vocabulary under ""."""
    found: dict[str, list[Unit]] = {}
    for unit in units:
        found.setdefault(unit.slug, []).append(unit)
    return found


def fairly(queues: Iterable[Iterable[T]]) -> Iterator[T]:
    """One of each queue in turn, until all are empty."""
    left = [iter(queue) for queue in queues]
    while left:
        still = []
        for queue in left:
            for item in queue:
                yield item
                still.append(queue)
                break
        left = still
