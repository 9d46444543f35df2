"""How likely two texts are one, in numbers that add up: what speaks for it, and against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import log, sqrt

from i18n_pipeline.stages.adopting.clues import PROSE, Clues
from i18n_pipeline.stages.adopting.lexicon import Lexicon, OnPage
from i18n_pipeline.values import dataclass, replace

_SAME_KIND = 1.0
_OTHER_PROSE = -0.5
_IMPOSSIBLE = -50.0
_LENGTH_SPREAD = 0.3
"""How much the logarithm of a ratio of lengths varies among true translations of long texts."""


@dataclass(frozen=True)
class Likeness:
    """How likely a source text and a target text are one, in numbers that add up.

    Above 0: rather the same than not. `ratio` is how many letters the locale needs for one of the
    source's, `words` what other pages say of the words of this one.
    """

    ratio: float = 1.0
    words: OnPage | None = None

    def on(self, lexicon: Lexicon, slug: str, sources: Iterable[Clues]) -> Likeness:
        """The likeness of texts of one page, whose source's texts are given."""
        return replace(self, words=lexicon.on(slug, (one.lexis for one in sources)))

    def score(self, source: Clues, target: Clues) -> float:
        """The sum of what speaks for a pair and against it."""
        if source.kind is None or target.kind is None:
            return _skeletons(source, target)
        kinds = _kinds(source, target)
        if kinds <= _IMPOSSIBLE:
            return kinds
        return kinds + self.evidence(source, target) + self.form(source, target)

    def content(self, source: Clues, target: Clues) -> float:
        """What the contents alone say, and how the texts end."""
        return self.evidence(source, target) + _endings(source, target)

    def evidence(self, source: Clues, target: Clues) -> float:
        """What is in one text and in the other: addresses, code, figures, words, terms."""
        known = self.words.score(source.lexis, target.lexis) if self.words else 0.0
        return (
            _shared(source.links, target.links, 2.5, 1.5)
            + _shared(source.opaque, target.opaque, 2.5, 1.0)
            + _numbers(source.numbers, target.numbers)
            + _words(source, target)
            + _terms(source, target)
            + known
        )

    def form(self, source: Clues, target: Clues) -> float:
        """What the lengths say, and how the texts end."""
        return self.length(source, target) + _endings(source, target)

    def length(self, source: Clues, target: Clues) -> float:
        """What the lengths say."""
        if not source.length or not target.length:
            return 0.0 if source.length == target.length else -1.0
        spread = _LENGTH_SPREAD + 2.5 / sqrt(min(source.length, target.length))
        off = log(target.length / source.length / self.ratio) / spread
        return max(0.5 - 0.5 * off * off, -3.0)


def _endings(source: Clues, target: Clues) -> float:
    return 0.2 if source.ending == target.ending else -0.3


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
    if source.kind in PROSE and target.kind in PROSE:
        return _OTHER_PROSE
    return _IMPOSSIBLE


def _shared(source: Counter[str], target: Counter[str], most: float, against: float) -> float:
    """Up to `most` where both hold the same, down to minus `against` where they share nothing."""
    if not source and not target:
        return 0.0
    both = (source & target).total()
    every = (source | target).total()
    return most * both / every * min(1.0, 0.6 + 0.2 * both) - against * (every - both) / every
