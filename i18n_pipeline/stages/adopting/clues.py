"""Clues: what of a text survives its translation, so that both sides can be told to be one text.

Addresses, code and figures stay as they are, names of products mostly, a term is called by its
name in the locale, and a long paragraph stays a long one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log, sqrt

from i18n_pipeline.glossary import Rendered
from i18n_pipeline.glossary.matching import Matcher
from i18n_pipeline.markdown import Mark, Token
from i18n_pipeline.model import Kind

_OPAQUE = frozenset({Mark.CODE, Mark.HTML, Mark.TEMPLATE, Mark.MATH, Mark.FOOTNOTE})
_LINKS = frozenset({Mark.LINK, Mark.IMAGE, Mark.AUTOLINK})
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]{2,}|[A-Z]{2,}")
_SEPARATORS = re.compile(r"[.,]")
_ENDINGS = {"。": ".", "．": ".", "：": ":", "？": "?", "！": "!", "…": "."}
_CLOSING = "*_`\"'”’」』)）] \n"
_WIDE = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")

_PROSE = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTE, Kind.DEFINITION, Kind.FOOTNOTE})
_SAME_KIND = 1.0
_OTHER_PROSE = -0.5
_IMPOSSIBLE = -50.0
_LENGTH_SPREAD = 0.3
"""How much the logarithm of a ratio of lengths varies among true translations of long texts."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What one text shows of itself.

    `length` is in letters of an alphabet: a character of Chinese, Japanese or Korean counts for
    two. `level` is that of a heading, `terms` are the slugs of terms it names, `wide` tells that
    it is written without an alphabet. A block without texts has no `kind`: `block` says what it
    is, `skeleton` what it consists of.
    """

    kind: Kind | None
    level: int = 0
    length: float = 0.0
    links: Counter[str] = field(default_factory=Counter)
    opaque: Counter[str] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)
    words: frozenset[str] = frozenset()
    ending: str = ""
    terms: frozenset[str] = frozenset()
    wide: bool = False
    block: str = ""
    skeleton: bytes = b""


@dataclass(frozen=True)
class Names:
    """What the terms are called: found in texts of the source, and in those of a locale.

    `renderings` are a locale's names of terms by their slugs.
    """

    matcher: Matcher
    renderings: Mapping[str, Collection[str]]
    locale: str

    def in_source(self, text: str, tokens: Sequence[Token]) -> frozenset[str]:
        """The slugs of the terms that a source text names, and that have a name in the locale."""
        found = (entry.slug for one in self.matcher.found(text, tokens) for entry in one.entries)
        return frozenset(slug for slug in found if slug in self.renderings)

    def in_target(self, words: str, slugs: Iterable[str]) -> frozenset[str]:
        """Which of these terms a text of the locale names."""
        rendered = Rendered(words, self.locale)
        return frozenset(slug for slug in slugs if rendered.uses_any(self.renderings[slug]))


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it stands in its file; `level` is that of a heading."""

    kind: Kind
    text: str
    tokens: Sequence[Token]
    level: int = 0

    @property
    def words(self) -> str:
        """The words that a reader sees: without addresses, code and marks."""
        return _plain(self.text, self.tokens)


def clues_of(
    text: Text,
    terms: frozenset[str] = frozenset(),
    canonical: Callable[[str], str] = lambda destination: destination,
) -> Clues:
    """The clues of a text; `canonical` gives addresses of a locale in the source's form."""
    words, tokens = text.words, text.tokens
    return Clues(
        text.kind,
        text.level,
        letters(words),
        Counter(canonical(one.destination).rstrip("/") for one in tokens if one.mark in _LINKS),
        Counter(text.text[one.start : one.end] for one in tokens if one.mark in _OPAQUE),
        Counter(_SEPARATORS.sub("", one) for one in _NUMBER.findall(words)),
        frozenset(word.casefold() for word in _WORD.findall(words)),
        _ending(words),
        terms,
        _WIDE.search(words) is not None,
    )


def letters(words: str) -> float:
    """The length of a text in letters of an alphabet."""
    return float(len(words) + len(_WIDE.findall(words)))


def _plain(text: str, tokens: Iterable[Token]) -> str:
    kept = [True] * len(text)
    for token in tokens:
        for start, end in _hidden(token):
            kept[start:end] = [False] * (end - start)
    return "".join(letter for letter, stays in zip(text, kept, strict=True) if stays).strip()


def _hidden(token: Token) -> Iterator[tuple[int, int]]:
    if token.inner is None:
        yield token.start, token.end
    else:
        yield token.start, token.inner[0]
        yield token.inner[1], token.end


def _ending(plain: str) -> str:
    last = plain.rstrip(_CLOSING)[-1:]
    last = _ENDINGS.get(last, last)
    return last if last in (".", ":", "?", "!") else ""


@dataclass(frozen=True)
class Likeness:
    """How likely a source text and a target text are one, in numbers that add up.

    Above 0: rather the same than not. `ratio` is how many letters the locale needs for one of the
    source's.
    """

    ratio: float = 1.0

    def score(self, source: Clues, target: Clues) -> float:
        """The sum of what speaks for a pair and against it."""
        if source.kind is None or target.kind is None:
            return _skeletons(source, target)
        kinds = _kinds(source, target)
        if kinds <= _IMPOSSIBLE:
            return kinds
        return kinds + self.length(source, target) + self.content(source, target)

    def content(self, source: Clues, target: Clues) -> float:
        """What the contents alone say: addresses, code, figures, words, terms."""
        return (
            _shared(source.links, target.links, 2.5, 1.5)
            + _shared(source.opaque, target.opaque, 2.5, 1.0)
            + _numbers(source.numbers, target.numbers)
            + _words(source, target)
            + _terms(source, target)
            + (0.2 if source.ending == target.ending else -0.3)
        )

    def length(self, source: Clues, target: Clues) -> float:
        """What the lengths say."""
        if not source.length or not target.length:
            return 0.0 if source.length == target.length else -1.0
        spread = _LENGTH_SPREAD + 2.5 / sqrt(min(source.length, target.length))
        off = log(target.length / source.length / self.ratio) / spread
        return max(0.5 - 0.5 * off * off, -3.0)


def _skeletons(source: Clues, target: Clues) -> float:
    if source.kind is not target.kind or source.block != target.block:
        return _IMPOSSIBLE
    if source.skeleton == target.skeleton:
        return 3.0
    # Comments in code are translated: much of the rest stays.
    words = [Counter(one.skeleton.split()) for one in (source, target)]
    same = (words[0] & words[1]).total() / max(1, *(one.total() for one in words))
    return 3.0 * same - 0.5


def _numbers(source: Counter[str], target: Counter[str]) -> float:
    """Figures of both; a small one of the translation alone may stand for a word."""
    small = Counter({one: count for one, count in target.items() if len(one) == 1})
    return _shared(source, target - (small - source), 1.5, 0.7)


def _words(source: Clues, target: Clues) -> float:
    """Words that both write alike; in a text of another script each is a borrowed one."""
    if not target.words:
        return 0.0
    both = len(source.words & target.words)
    strange = len(target.words) - both
    if target.wide and not source.wide:
        return min(2.0, 0.8 * both) - min(1.0, 0.5 * strange)
    return min(2.0, 4.0 * both / (len(target.words) + 4))


def _terms(source: Clues, target: Clues) -> float:
    both = len(source.terms & target.terms)
    return min(2.0, 1.2 * both) - min(0.8, 0.4 * (len(source.terms) - both))


def _kinds(source: Clues, target: Clues) -> float:
    if source.kind is target.kind:
        return _SAME_KIND - (0.6 if source.level != target.level else 0.0)
    if source.kind in _PROSE and target.kind in _PROSE:
        return _OTHER_PROSE
    return _IMPOSSIBLE


def _shared(source: Counter[str], target: Counter[str], most: float, against: float) -> float:
    """Up to `most` where both hold the same, down to minus `against` where they share nothing."""
    if not source and not target:
        return 0.0
    both = (source & target).total()
    every = (source | target).total()
    return most * both / every * min(1.0, 0.6 + 0.2 * both) - against * (every - both) / every
