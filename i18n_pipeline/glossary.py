"""The glossary: required terminology of one target locale, and where it occurs in a source text.

A text is cut into pieces: words, single characters of scripts without spaces, single marks. Terms
are found piece by piece in one dictionary, so their number does not matter for the speed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple
from unicodedata import category

from i18n_pipeline.markdown import Token, word_ranges

# Letters of Thai, Lao, Tibetan, Burmese, Khmer, Japanese and Chinese: a term may begin and end
# between any two of them. Punctuation is left out, unlike where line breaks are folded.
_SPACELESS = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3100-\u312f"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_GAP = r"\s\u2010\u2011-"
_PIECE = re.compile(rf"([{_GAP}]+)?([{_SPACELESS}]|[^\W{_SPACELESS}]+|[^\w{_GAP}])")
_SPACELESS_LETTER = re.compile(f"[{_SPACELESS}]")
_ENGLISH_END = re.compile(r"[A-Za-z]\Z")


class Status(StrEnum):
    """What the glossary says about a target: use it, accept it, refuse it."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with one of its renderings.

    `forms` are further spellings of the target that count as it (inflected ones, say); `pos` is
    the part of speech, which tells apart two renderings of one word.
    """

    source: str
    target: str
    status: Status = Status.PREFERRED
    pos: str = ""
    case_sensitive: bool = False
    forms: tuple[str, ...] = ()
    note: str = ""

    @property
    def exact(self) -> bool:
        """Whether case matters when it is looked for: where said so, and for `API` or `C++`."""
        return self.case_sensitive or (self.source.isupper() and " " not in self.source)

    @property
    def spellings(self) -> tuple[str, ...]:
        """The target and its further forms."""
        return (self.target, *self.forms)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a key in the index stands for: an entry, or (None) a name to keep; `exact` has case."""

    entry: Entry | None
    exact: str = ""


class _Piece(NamedTuple):
    """A piece of text: `raw` begins with a space where the text has a space or hyphen there."""

    raw: str
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Found:
    """A place in a text, and what stands there."""

    start: int
    end: int
    wanted: tuple[_Wanted, ...]


@dataclass(frozen=True)
class Glossary:
    """Terminology of one locale: entries in order of authority, and names kept as they are.

    Names to keep match only as they are written ("Go" is no "go").
    """

    entries: tuple[Entry, ...] = ()
    keep: tuple[str, ...] = ()

    def occurring(self, text: str, tokens: Sequence[Token]) -> tuple[Entry, ...]:
        """The entries of the terms in a text, in order of appearance, each once.

        Whole words only, also in the plural, without regard to case (see `Entry.exact`); a space
        may be a hyphen; of two terms in one place the longer counts. Code, addresses and HTML are
        not looked into. `tokens` are those of the text.
        """
        hits = (wanted.entry for found in self._found(text, tokens) for wanted in found.wanted)
        return tuple(dict.fromkeys(entry for entry in hits if entry))

    def kept_spans(self, text: str, tokens: Sequence[Token]) -> tuple[tuple[int, int], ...]:
        """Where names to keep stand in a text, unless they are a part of a longer term."""
        return tuple(
            (found.start, found.end)
            for found in self._found(text, tokens)
            if any(wanted.entry is None for wanted in found.wanted)
        )

    def renderings(self, text: str, tokens: Sequence[Token]) -> Mapping[tuple[int, int], str]:
        """Where terms stand in a text that have a preferred target, and what that is."""
        found: dict[tuple[int, int], str] = {}
        for one in self._found(text, tokens):
            entries = (wanted.entry for wanted in one.wanted if wanted.entry is not None)
            preferred = (e.target for e in entries if e.status is Status.PREFERRED)
            target = next(preferred, "")
            if target:
                found[one.start, one.end] = target
        return found

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Source and preferred target for a provider's glossary, sorted; a source only once."""
        preferred: dict[str, str] = {}
        for entry in self.entries:
            if entry.status is Status.PREFERRED:
                preferred.setdefault(entry.source, entry.target)
        return tuple(sorted(preferred.items()))

    @cached_property
    def _index(self) -> Mapping[str, tuple[_Wanted, ...]]:
        index: defaultdict[str, list[_Wanted]] = defaultdict(list)
        for entry in self.entries:
            for form in _with_plural(entry.source):
                index[_key(form)].append(_Wanted(entry, _normal(form) if entry.exact else ""))
        for name in self.keep:
            index[_key(name)].append(_Wanted(None, _normal(name)))
        return {key: tuple(wanted) for key, wanted in index.items() if key}

    @cached_property
    def _longest(self) -> Mapping[str, int]:
        """How many pieces the longest term has that begins with a piece."""
        longest: dict[str, int] = {}
        for key in self._index:
            pieces = _pieces(key, 0, len(key))
            longest[pieces[0].key] = max(longest.get(pieces[0].key, 0), len(pieces))
        return longest

    def _found(self, text: str, tokens: Sequence[Token]) -> tuple[_Found, ...]:
        return self._looked_up(text, tuple(word_ranges(text, tokens))) if self._index else ()

    @cached_property
    def _looked_up(self) -> Callable[[str, tuple[tuple[int, int], ...]], tuple[_Found, ...]]:
        """Terms and names are asked for one after the other: a text is gone through once."""
        return lru_cache(maxsize=256)(lambda text, ranges: tuple(self._look_up(text, ranges)))

    def _look_up(self, text: str, ranges: Iterable[tuple[int, int]]) -> Iterator[_Found]:
        for start, end in ranges:
            pieces = _pieces(text, start, end)
            at = 0
            while at < len(pieces):
                length, found = self._longest_at(text, pieces, at)
                if found:
                    yield found
                at += length

    def _longest_at(
        self, text: str, pieces: Sequence[_Piece], at: int
    ) -> tuple[int, _Found | None]:
        """The longest term that begins at a piece, and how many pieces to go on."""
        most = min(self._longest.get(pieces[at].key.lstrip(), 0), len(pieces) - at)
        for length in range(most, 0, -1):
            run = pieces[at : at + length]
            wanted = self._index.get("".join(piece.key for piece in run).lstrip())
            if wanted and _is_whole(text, run[0].start, run[-1].end):
                raw = "".join(piece.raw for piece in run).lstrip()
                wanted = tuple(w for w in wanted if w.exact in ("", raw))
                if wanted:
                    return length, _Found(run[0].start, run[-1].end, wanted)
        return 1, None


def merged(
    listed: Iterable[Entry], names: Iterable[tuple[str, str]] = (), keep: Iterable[str] = ()
) -> Glossary:
    """One glossary of three sources; what comes first wins over what comes later.

    `listed` are the entries of the glossary file, `names` sources and targets of the terms' own
    names, `keep` names kept in every locale: one that has a rendering of its own here is not.
    """
    entries = list(listed)
    rendered = {_key(e.source): e.target for e in entries if e.status is not Status.DEPRECATED}
    for source, target in names:
        if target and _key(source) not in rendered:
            rendered[_key(source)] = target
            entries.append(Entry(source, target))
    kept = (name for name in keep if rendered.get(_key(name), name) == name)
    return Glossary(tuple(entries), tuple(kept))


def may_occur(entry: Entry, piece: str) -> bool:
    """Whether a piece of a text may be where a term occurs that the whole text holds.

    All words of the term are in it, but for their last letters, which a plural changes.
    """
    folded = piece.casefold()
    words = (found.key.strip() for found in _pieces(entry.source, 0, len(entry.source)))
    return all((word[:-1] if len(word) > 3 else word) in folded for word in words)


def same_term(one: str, other: str) -> bool:
    """Whether two sources are found in the same places, case apart."""
    return _key(one) == _key(other)


def _pieces(text: str, start: int, end: int) -> list[_Piece]:
    pieces = []
    for match in _PIECE.finditer(text, start, end):
        raw = f" {match[2]}" if match[1] else match[2]
        pieces.append(_Piece(raw, raw.casefold(), match.start(2), match.end()))
    return pieces


def _normal(text: str) -> str:
    return "".join(piece.raw for piece in _pieces(text, 0, len(text))).lstrip()


def _key(text: str) -> str:
    return _normal(text).casefold()


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a range cuts no word in two; marks of Indic scripts belong to their letters."""
    return not (_joined(text, start) or _joined(text, end))


def _joined(text: str, at: int) -> bool:
    """Whether one word goes on across a place."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if _SPACELESS_LETTER.match(left) or _SPACELESS_LETTER.match(right):
        return False
    return _in_word(left) and _in_word(right)


def _in_word(character: str) -> bool:
    return character.isalnum() or category(character).startswith("M")


def _with_plural(source: str) -> tuple[str, ...]:
    """A term and its simple English plural."""
    if not _ENGLISH_END.search(source):
        return (source,)
    word = source.rpartition(" ")[2]
    if word.isupper():
        return source, source + "s"
    if word.endswith("sis"):
        return source, source[:-2] + "es"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return source, source + "es"
    if word.endswith("y") and word[-2:-1] not in ("", *"aeiou"):
        return source, source[:-1] + "ies"
    return source, source + "s"
