"""Which words go with which: learned from all pages of a locale, asked about one of them.

What a page itself says is left out when it is asked about, so that no page proves itself right.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar
from unicodedata import combining, normalize

from i18n_pipeline.expressions import expression
from i18n_pipeline.values import dataclass, field

T = TypeVar("T")

Lexis = frozenset[str]
"""The words of a text by their beginnings; a short text also counts as one word."""
Page = Sequence[tuple[Lexis, Lexis]]
"""The words of texts and of their translations."""

_BORROWED = expression(r"[\u30a1-\u30fa\u30fc]{2,}")
_CHARACTERS = expression(r"[\u3400-\u9fff\uac00-\ud7af]{2,}")
_UNSPACED = expression(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_WORD = expression(r"[^\W\d_]{4,}")
_STEM = 6
_SHORT = 60
"""Characters up to which a whole text counts as a word: a heading is the same on many pages."""

_PAGES = 400
"""How many pages are learned from."""
_COMMON = 0.35
"""A word on a larger share of the pages tells nothing."""
_LEAST = 2
"""On how many other pages two words have to be each other's."""
_AGREE = 0.4
"""How much the pages of two words have to be the same (Dice)."""
_EXPECTED = 0.7
"""The share of a word's pages that have a partner, from which on it is missed where it is not."""
_WORTH = (1.0, 1.0, 0.7, 0.3)
"""What a word is worth by how many texts of the page say it: what all say tells none apart."""
_OF_ALL = 0.2
_WHOLE = 1.5
"""What a whole text is worth that other pages translate so."""
_FOR, _MOST_FOR = 0.5, 3.0
_AGAINST, _MOST_AGAINST = 0.25, 1.0


def lexis_of(words: str) -> Lexis:
    """The words of a text, without addresses, code and marks."""
    found = set(_BORROWED.findall(words))
    for run in _CHARACTERS.findall(words):
        found.update(one + other for one, other in pairwise(run))
    found.update(_folded(word)[:_STEM] for word in _WORD.findall(_UNSPACED.sub(" ", words)))
    if len(words) < _SHORT:
        found.add(f"={words.strip()}")
    return frozenset(found)


def _folded(word: str) -> str:
    return "".join(one for one in normalize("NFD", word.casefold()) if not combining(one))


@dataclass(frozen=True)
class Lexicon:
    """On how many pages a word of the source stands, one of the locale, and both in one pair.

    `own` are the pairs of words of each page.
    """

    together: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    sources: Mapping[str, int] = field(default_factory=dict)
    targets: Mapping[str, int] = field(default_factory=dict)
    own: Mapping[str, frozenset[tuple[str, str]]] = field(default_factory=dict)

    def on(self, slug: str, sources: Iterable[Lexis]) -> OnPage:
        """What the other pages say of the texts of one page; `sources` are all its texts."""
        return OnPage(self, slug, Counter(word for one in sources for word in one))


def lexicon_of(pages: Mapping[str, Page]) -> Lexicon:
    """What the pages of a locale say, by slug; where there are very many, some of them."""
    step = -(-len(pages) // _PAGES) or 1
    chosen = {slug: pages[slug] for slug in sorted(pages)[::step]}
    sources = _counted({word for one, _ in page for word in one} for page in chosen.values())
    targets = _counted({word for _, one in page for word in one} for page in chosen.values())
    telling = _telling(sources, len(chosen)), _telling(targets, len(chosen))
    own = {slug: frozenset(_pairs(page, *telling)) for slug, page in chosen.items()}
    together: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (source, target), count in _counted(own.values()).items():
        if count >= _LEAST:
            together[source][target] = count
    return Lexicon(together, sources, targets, own)


def _counted(pages: Iterable[Iterable[T]]) -> Counter[T]:
    return Counter(one for page in pages for one in page)


def _telling(counts: Mapping[str, int], pages: int) -> Lexis:
    most = max(3.0, _COMMON * pages)
    telling = (word for word, count in counts.items() if count <= most or word[0] == "=")
    return frozenset(word for word in telling if counts[word] >= _LEAST)


def _pairs(page: Page, sources: Lexis, targets: Lexis) -> Iterator[tuple[str, str]]:
    """The words that stand in one pair of texts: a whole text goes with a whole one."""
    for one, other in page:
        there = targets & other
        for source in sources & one:
            for target in there:
                if (source[0] == "=") is (target[0] == "="):
                    yield source, target


@dataclass(frozen=True)
class OnPage:
    """The lexicon without one page, for its texts; `said` tells how many of them say a word."""

    lexicon: Lexicon
    slug: str
    said: Mapping[str, int]
    _known: dict[tuple[Lexis, Lexis], float] = field(default_factory=dict)
    _of_word: dict[str, Mapping[str, bool]] = field(default_factory=dict)

    def score(self, source: Lexis, target: Lexis) -> float:
        """What the words of two texts say for their being one, and against it.

        A word that begins alike in both languages is its own partner.
        """
        key = source, target
        if key not in self._known:
            self._known[key] = self._score(source, target)
        return self._known[key]

    def _score(self, source: Lexis, target: Lexis) -> float:
        found = missed = 0.0
        for word in source:
            partners = self._partners(word)
            if word in target or not target.isdisjoint(partners):
                found += self._worth(word)
            elif any(partners.values()):
                missed += 1
        return min(_MOST_FOR, _FOR * found) - min(_MOST_AGAINST, _AGAINST * missed)

    def _worth(self, word: str) -> float:
        if word[0] == "=":
            return _WHOLE
        count = self.said.get(word, 1)
        return _WORTH[count - 1] if count <= len(_WORTH) else _OF_ALL

    def _partners(self, word: str) -> Mapping[str, bool]:
        """The words that go with a word on other pages, and whether they nearly always do."""
        if word not in self._of_word:
            self._of_word[word] = self._read(word)
        return self._of_word[word]

    def _read(self, word: str) -> Mapping[str, bool]:
        lexicon, own = self.lexicon, self.lexicon.own.get(self.slug)
        less = own is not None
        found: dict[str, bool] = {}
        for target, count in lexicon.together.get(word, {}).items():
            both = count - (own is not None and (word, target) in own)
            here, there = lexicon.sources[word] - less, lexicon.targets[target] - less
            if both >= _LEAST and 2 * both >= _AGREE * (here + there):
                found[target] = here > _LEAST and both >= _EXPECTED * here
        return found
