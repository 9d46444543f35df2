"""Where terms occur in a source text: one dictionary of all their spellings, gone through once.

The number of terms does not matter for the speed: at each piece of a text the longest run of
pieces is looked up that some term begins with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from i18n_pipeline.glossary.entry import Entry
from i18n_pipeline.glossary.inflecting import inflected
from i18n_pipeline.glossary.pieces import (
    Piece,
    is_whole,
    matches_of,
    normal,
    piece_of,
    pieces_of,
)
from i18n_pipeline.markdown import Span, Token, word_ranges
from i18n_pipeline.values import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a key in the index stands for: an entry, or (None) a name to keep; `exact` has case."""

    entry: Entry | None
    exact: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text, and what stands there."""

    start: int
    end: int
    wanted: tuple[Wanted, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the term that stands there."""
        return tuple(one.entry for one in self.wanted if one.entry is not None)

    @property
    def kept(self) -> bool:
        """Whether a name to keep stands there."""
        return any(one.entry is None for one in self.wanted)


@dataclass(frozen=True)
class Matcher:
    """Finds terms by whole words, also in the plural, without regard to case (`Entry.exact`).

    A space may be a hyphen; of two terms in one place the longer counts. Names to keep match only
    as they are written ("Go" is no "go"). `locale` is that of the texts.
    """

    entries: tuple[Entry, ...]
    keep: tuple[str, ...]
    locale: str

    def found(self, text: str, tokens: Sequence[Token]) -> tuple[Found, ...]:
        """Where terms and names stand in a text. Code, addresses and HTML are not looked into.

        `tokens` are those of the text.
        """
        return self._looked_up(text, tuple(word_ranges(text, tokens))) if self._index else ()

    def _forms(self) -> Iterator[tuple[str, Wanted]]:
        """Every spelling that is looked for, and what it stands for."""
        for entry in self.entries:
            for form in inflected(entry.source, entry.pos, self.locale):
                yield form, Wanted(entry, normal(form) if entry.exact else "")
        for name in self.keep:
            yield name, Wanted(None, normal(name))

    @cached_property
    def _index(self) -> Mapping[str, tuple[Wanted, ...]]:
        return self._indexes[0]

    @cached_property
    def _longest(self) -> Mapping[str, int]:
        """How many pieces the longest term has that begins with a piece.

        The pieces are those of the spelling, as in a text: folding case makes two letters of `İ`.
        """
        return self._indexes[1]

    @cached_property
    def _indexes(self) -> tuple[Mapping[str, tuple[Wanted, ...]], Mapping[str, int]]:
        index: defaultdict[str, list[Wanted]] = defaultdict(list)
        longest: dict[str, int] = {}
        for form, wanted in self._forms():
            if pieces := pieces_of(form):
                index[_key(pieces)].append(wanted)
                first = pieces[0].key.lstrip()
                longest[first] = max(longest.get(first, 0), len(pieces))
        return {key: tuple(wanted) for key, wanted in index.items()}, longest

    @cached_property
    def _looked_up(self) -> Callable[[str, tuple[Span, ...]], tuple[Found, ...]]:
        """Terms and names are asked for one after the other: a text is gone through once."""
        return lru_cache(maxsize=256)(lambda text, ranges: tuple(self._look_up(text, ranges)))

    def _look_up(self, text: str, ranges: Iterable[Span]) -> Iterator[Found]:
        begins = self._longest
        for start, end in ranges:
            places = matches_of(text, start, end)
            words = [match.group(2).casefold() for match in places]
            at = 0
            while at < len(words):
                if words[at] not in begins:
                    at += 1
                    continue
                pieces = list(map(piece_of, places[at : at + begins[words[at]]]))
                length, found = self._longest_of(text, pieces)
                if found:
                    yield found
                at += length

    def _longest_of(self, text: str, pieces: Sequence[Piece]) -> tuple[int, Found | None]:
        """The longest term that the pieces begin with, and how many pieces to go on."""
        for length in range(len(pieces), 0, -1):
            run = pieces[:length]
            wanted = self._index.get(_key(run))
            if wanted and is_whole(text, run[0].start, run[-1].end):
                raw = "".join(piece.raw for piece in run).lstrip()
                wanted = tuple(w for w in wanted if w.exact in ("", raw))
                if wanted:
                    return length, Found(run[0].start, run[-1].end, wanted)
        return 1, None


def _key(pieces: Iterable[Piece]) -> str:
    """What a run of pieces and a term that stands there have in common: `key_of` of the run."""
    return "".join(piece.key for piece in pieces).lstrip()


def may_occur(entry: Entry, piece: str) -> bool:
    """Whether a piece of a text may be where a term occurs that the whole text holds.

    All words of the term are in it, but for their last letters, which a plural changes.
    """
    folded = piece.casefold()
    words = (found.key.strip() for found in pieces_of(entry.source))
    return all((word[:-1] if len(word) > 3 else word) in folded for word in words)
