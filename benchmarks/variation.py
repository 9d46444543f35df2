"""Text that is new and yet like our own: sentences put together anew, words exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from random import Random

from i18n_pipeline.model import Kind, Segment

_SENTENCE_END = re.compile(r'(?<=[.?!])\s+(?=[A-Z"])')
_WHOLE = re.compile(r'[A-Z"*`\[].*[.?!]["*)`]*')
_NEEDS_ITS_PLACE = re.compile(r"\[\^|\]\[|[<{$\\\n]|://")
_PROTECTED = re.compile(
    r"(`[^`]*`|\]\([^)]*\)|\]\[[^\]]*\]|<[^>]*>|\[\^[^\]]*\]|\{\{.*?\}\}|&\w+;)"
)
_WORD = re.compile(r"(?<![\w'’-])[a-z]{4,}(?![\w'’-])")
_NUMBER = re.compile(r"\d+")
_TERM_LINK = re.compile(r"\[[^\]]*\]\(/glossary/[a-z0-9-]+\)")
_FOOTNOTE_CALLS = re.compile(r"\[\^[^\]]*\]")
_EXCHANGED = 0.25
_SHORTEST_NAME = 5
_PRIME = 15_485_863  # larger than any glossary has words, so it shares no factor with a square


@dataclass(frozen=True)
class Name:
    """A term's name and slug."""

    words: str
    slug: str


@dataclass(frozen=True)
class Stock:
    """What new text is made of: sentences that stand alone, and words by their length."""

    sentences: tuple[str, ...]
    words: Mapping[int, tuple[str, ...]]

    def names(self, count: int, random: Random) -> tuple[Name, ...]:
        """Names of two words, no two alike; a number tells them apart when words run out."""
        long = [word for size in self.words for word in self.words[size] if size >= _SHORTEST_NAME]
        random.shuffle(long)
        return tuple(_name(long, at) for at in range(count))


def _name(words: Sequence[str], at: int) -> Name:
    # A prime step visits every pair once before it comes back to the first.
    lap, place = divmod(at, len(words) ** 2)
    first, second = divmod(place * _PRIME % len(words) ** 2, len(words))
    parts = (words[first], words[second], *([str(lap + 1)] if lap else []))
    return Name(" ".join(part.capitalize() for part in parts), "-".join(parts))


def stock_of(segments: Iterable[Segment]) -> Stock:
    """Collect sentences and words of texts, in an order that does not depend on theirs."""
    texts = [each.source for each in segments if each.kind is not Kind.LIST]
    sentences = {one for text in texts for one in sentences_of(text) if _stands_alone(one)}
    words = {word for text in texts for word in _WORD.findall(_PROTECTED.sub(" ", text))}
    by_length = groupby(sorted(words, key=lambda word: (len(word), word)), key=len)
    return Stock(tuple(sorted(sentences)), {size: tuple(found) for size, found in by_length})


def sentences_of(text: str) -> list[str]:
    """Cut a paragraph; what opens a bracket or a mark stays with what closes it."""
    whole: list[str] = []
    for part in _SENTENCE_END.split(text):
        if whole and not _balanced(whole[-1]):
            whole[-1] += " " + part
        else:
            whole.append(part)
    return whole


def _balanced(text: str) -> bool:
    pairs = (("[", "]"), ("(", ")"))
    even = all(text.count(mark) % 2 == 0 for mark in ("*", "`", '"', "_"))
    return even and all(text.count(first) == text.count(last) for first, last in pairs)


def _stands_alone(sentence: str) -> bool:
    whole = _WHOLE.fullmatch(sentence) and _balanced(sentence)
    return bool(whole) and not _NEEDS_ITS_PLACE.search(sentence)


@dataclass(frozen=True)
class Writer:
    """Writes the texts of the new term `at` a place of `names`; `old` is the name it replaces."""

    stock: Stock
    random: Random
    old: str
    at: int
    names: tuple[Name, ...]

    @property
    def name(self) -> Name:
        """The new term's own name."""
        return self.names[self.at]

    def text(self, segment: Segment) -> str:
        """A new text in a segment's place, with the marks that its place asks for."""
        source = segment.source
        mixed = segment.kind in (Kind.PARAGRAPH, Kind.QUOTE) and not re.search(
            r"\]\[|[<{\\\n]", source
        )
        return self.varied(self._remixed(source) if mixed else source)

    def varied(self, text: str) -> str:
        """The text under the new name, with other links, words and numbers."""
        text = _TERM_LINK.sub(lambda _: self._link(), text)
        pieces = _PROTECTED.split(text)
        return "".join(
            piece if at % 2 else self._exchanged(piece) for at, piece in enumerate(pieces)
        )

    def slugs(self, count: int) -> tuple[str, ...]:
        """Slugs of other terms."""
        others = len(self.names) - 1
        drawn = self.random.sample(range(others), min(count, others))
        return tuple(self.names[each + (each >= self.at)].slug for each in drawn)

    def _remixed(self, source: str) -> str:
        calls = "".join(_FOOTNOTE_CALLS.findall(source))
        count = len(sentences_of(source))
        chosen = self.random.sample(self.stock.sentences, min(count, len(self.stock.sentences)))
        return " ".join(chosen) + calls

    def _link(self) -> str:
        other = self.random.choice(self.names)
        return f"[{other.words.lower()}](/glossary/{other.slug})"

    def _exchanged(self, piece: str) -> str:
        old = rf"\b{re.escape(self.old)}\b"
        piece = re.sub(old, self.name.words, piece, flags=re.IGNORECASE)
        words = _WORD.findall(piece)
        chosen = {word for word in words if self.random.random() < _EXCHANGED}
        chosen = chosen or set(self.random.sample(words, min(1, len(words))))
        piece = _WORD.sub(lambda found: self._word(found.group(), chosen), piece)
        return _NUMBER.sub(self._number, piece)

    def _word(self, word: str, chosen: set[str]) -> str:
        alike = self.stock.words.get(len(word), (word,))
        return self.random.choice(alike) if word in chosen else word

    def _number(self, found: re.Match[str]) -> str:
        text = found.group()
        first = text[0] if text.startswith("0") else self.random.choice("123456789")
        return first + "".join(self.random.choices("0123456789", k=len(text) - 1))
