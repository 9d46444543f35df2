"""Which catalog the units of a term live in, by the path pattern of the configuration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from i18n_pipeline.formats.front_matter import scalars
from i18n_pipeline.patterns import Pattern
from i18n_pipeline.stages.term import Term

VOCABULARY = "_vocabulary"
"""What stands for the slug in the name of a catalog that holds only vocabulary."""


def catalog_path(pattern: Pattern, locale: str, term: Term | None) -> str:
    """Where a term's units live; None asks for the vocabulary's catalog."""
    values = {name: VOCABULARY for name in pattern.variables if name != "locale"}
    if term is not None:
        values = {name: _value(term, name) for name in values}
    return pattern.fill(locale=locale, **values)


def _value(term: Term, name: str) -> str:
    if name == "slug":
        return term.slug
    value = term.file.values.get(name, "")
    first = next((text for _, text in scalars(value)), "")
    slugified = "-".join("".join(c if c.isalnum() else " " for c in first.lower()).split())
    return slugified or "_none"


def terms_in(
    pattern: Pattern, locale: str, terms: Sequence[Term], paths: frozenset[str]
) -> Iterator[str]:
    """Slugs of the terms whose units live in one of the catalogs."""
    for term in terms:
        if catalog_path(pattern, locale, term) in paths:
            yield term.slug


def homes_of(pattern: Pattern, locale: str, terms: Sequence[Term]) -> Mapping[str, str]:
    """Catalog paths by slug; "" is the vocabulary's."""
    homes = {term.slug: catalog_path(pattern, locale, term) for term in terms}
    return {**homes, "": catalog_path(pattern, locale, None)}
