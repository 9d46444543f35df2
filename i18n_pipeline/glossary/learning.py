"""What translations call a term: the words of the links that people made to it.

A link names its term, so its words are a rendering somebody chose. They are accepted elsewhere,
never in the term file that they come from: nobody bears witness for himself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from i18n_pipeline.expressions import expression
from i18n_pipeline.model import Unit
from i18n_pipeline.values import dataclass, field

# Exact enough for evidence, and a hundred times faster than the parser; what is checked is parsed.
_LINK = expression(r"(?<!!)\[(?P<words>[^\[\]]+)\]\((?P<destination>[^)\s]+)(?:\s[^)]*)?\)")
_MARKS = expression(r"[*_`]+")

SlugOf = Callable[[str], str | None]
"""A destination → the slug of the term that it leads to, if it is one."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a translation calls a term in one place: `said` is what the source says there."""

    slug: str
    words: str
    said: str
    unit: Unit


def sightings(units: Iterable[Unit], slug_of: SlugOf) -> Iterator[Sighting]:
    """The links to terms in texts that people have reviewed, in order."""
    for unit in units:
        if unit.reviewed and not unit.obsolete and "](" in unit.target:
            said = _links(unit.source, slug_of)
            for slug, all_words in _links(unit.target, slug_of).items():
                sources = _beside(said.get(slug, []), len(all_words))
                for words, source in zip(all_words, sources, strict=True):
                    yield Sighting(slug, words, source, unit)


def _links(text: str, slug_of: SlugOf) -> Mapping[str, list[str]]:
    """The words of the links to each term, in order."""
    links: dict[str, list[str]] = defaultdict(list)
    for found in _LINK.finditer(text):
        slug = slug_of(found["destination"])
        words = _MARKS.sub("", found["words"]).strip()
        if slug and len(words) > 1:
            links[slug].append(words)
    return links


def _beside(said: list[str], count: int) -> list[str]:
    """What the source says beside each of the links to a term; "" where that is not certain."""
    if len(said) == count:
        return said
    same = said[0] if len({words.casefold() for words in said}) == 1 else ""
    return [same] * count


@dataclass(frozen=True)
class Learned:
    """Renderings by the slug of the term, each with the term files that use it."""

    by_slug: Mapping[str, Mapping[str, frozenset[str]]] = field(
        default_factory=lambda: MappingProxyType({})
    )

    @classmethod
    def of(cls, seen: Iterable[Sighting]) -> Learned:
        """What all sightings say together."""
        return cls.of_links((one.slug, one.words, one.unit.slug) for one in seen)

    @classmethod
    def of_links(cls, links: Iterable[tuple[str, str, str]]) -> Learned:
        """What links say together: to the term of which slug, in which words, in whose file."""
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for slug, words, file in links:
            found[slug][words.casefold()].add(file)
        return cls(
            {
                slug: {words: frozenset(files) for words, files in sorted(forms.items())}
                for slug, forms in found.items()
            }
        )

    def renderings(self, slug: str, *, beside: str) -> tuple[str, ...]:
        """What term files other than the one named by `beside` call a term."""
        forms = self.by_slug.get(slug, {})
        return tuple(words for words, files in forms.items() if files - {beside})
