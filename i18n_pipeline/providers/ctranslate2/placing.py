"""Where the tags of a sentence belong in its translation; pure.

What stands alone goes as a mask, a word that models mostly copy. Pairs are left out, and drawn in
the translation around what their words become when they are translated by themselves: no model
sees a tag it was not trained for. Where that is not found, the text has no answer, and is asked
again cut at its tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from i18n_pipeline.expressions import expression
from i18n_pipeline.providers.tagged import Lost, Part, enclosing, regroup
from i18n_pipeline.values import dataclass

_MOST = 26
_LETTERS = expression(r"[^\W\d_]+")
_EDGE = expression(r"[\W_]*")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Style:
    """How masks look: letters, or numbers, which models copy as well, but read as quantities."""

    letters: bool

    def mask(self, number: int) -> str:
        """The mask of a number below 26."""
        return f"XXX{chr(ord('A') + number)}" if self.letters else str(701 + number)


STYLES = (Style(letters=True), Style(letters=False))
"""In the order in which they are tried: what one loses, the other may bring through."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence as the model gets it, what its masks stand for, and where its pairs are in it."""

    text: str
    masks: Mapping[str, tuple[Part, ...]]
    chains: Mapping[str, tuple[str, ...]]
    spans: Mapping[str, Span]

    @property
    def speaks(self) -> bool:
        """Whether there is anything to translate."""
        return self._has_words(self.text)

    @property
    def alone(self) -> tuple[str, ...]:
        """The words of pairs that have to be translated by themselves too."""
        return tuple(
            self.words(number)
            for number in self.spans
            if self._has_words(self.words(number)) and self.is_part(number)
        )

    def words(self, number: str) -> str:
        """The words of a pair."""
        start, end = self.spans[number]
        return self.text[start:end]

    def around(self, number: str) -> Span:
        """The pair around a pair, or the whole sentence."""
        chain = self.chains[number]
        return self.spans[chain[-2]] if len(chain) > 1 else (0, len(self.text))

    def rest(self, number: str) -> tuple[str, str]:
        """What stands before and behind a pair, inside the pair around it."""
        (start, end), (left, right) = self.around(number), self.spans[number]
        return self.text[start:left], self.text[right:end]

    def is_part(self, number: str) -> bool:
        """Whether there are words or masks beside a pair, inside the pair around it."""
        return any(map(str.isalnum, "".join(self.rest(number))))

    def is_worded(self, number: str) -> bool:
        """Whether there are words in a pair, not masks alone."""
        return self._has_words(self.words(number))

    def _has_words(self, text: str) -> bool:
        for one in self.masks:
            text = text.replace(one, "")
        return any(map(str.isalpha, text))


def mask(parts: Sequence[Part], style: Style) -> Masked:
    """A sentence with masks for what stands alone. Raises Lost where this style is no use."""
    words = "".join(part.text for part in parts if not part.lone).upper()
    free = (one for one in map(style.mask, range(_MOST)) if one not in words)
    masks: dict[str, tuple[Part, ...]] = {}
    spans: dict[str, Span] = {}
    text = ""
    for run in _runs(parts):
        shown = run[0].text
        if run[0].lone:
            shown = next(free, "")
            if not shown:
                raise Lost("too many placeholders for one sentence")
            masks[shown] = run
        for number in run[0].pairs:
            spans[number] = (spans.get(number, (len(text), 0))[0], len(text) + len(shown))
        text += shown
    if not style.letters and any(len(list(_found(one, text))) != 1 for one in masks):
        raise Lost("a placeholder touches a word")
    whole = {number: _whole_words(text, span, masks) for number, span in spans.items()}
    return Masked(text, masks, enclosing(parts), whole)


def _whole_words(text: str, span: Span, masks: Iterable[str]) -> Span:
    """A pair with the letters that touch it: `<g>token</g>s` is one word, and all of it linked."""
    start, end = span
    behind = _LETTERS.match(text, end) if _LETTERS.match(text[end - 1]) else None
    if behind and not any(text.startswith(one, end) for one in masks):
        end = behind.end()
    return start, end


def _runs(parts: Sequence[Part]) -> Iterator[tuple[Part, ...]]:
    """Each part for itself, but what stands alone and touches each other together."""
    for (lone, _), group in groupby(parts, lambda part: (part.lone, part.pairs)):
        run = tuple(group)
        yield from (run,) if lone else ((part,) for part in run)


def place(masked: Masked, translated: str, alone: Mapping[str, str]) -> tuple[Part, ...]:
    """The translation of a sentence with its tags; `alone` are those of its pairs' words.

    Raises Lost where a mask is gone, or a pair's place is not known.
    """
    places = {one: _only(one, translated) for one in masked.masks}
    drawn: dict[str, Span] = {}
    for number in sorted(masked.chains, key=lambda each: len(masked.chains[each])):
        chain = masked.chains[number]
        around = drawn[chain[-2]] if len(chain) > 1 else (0, len(translated))
        if not masked.is_part(number):
            drawn[number] = _without_edges(translated, around, *masked.rest(number))
        elif masked.is_worded(number):
            drawn[number] = _found_words(masked, number, translated, around, alone)
        else:
            inside = [places[one] for one in masked.masks if one in masked.words(number)]
            if not inside:
                raise Lost(f"placeholder {number} has no words")
            drawn[number] = (min(inside)[0], max(inside)[1])
    return regroup(list(_parts(masked, translated, places, drawn)), masked.chains)


def _only(one: str, within: str) -> Span:
    found = [match.span() for match in re.finditer(rf"(?i:{one})(?!\d)", within)]
    if len(found) != 1:
        raise Lost(f"the mask of a placeholder {'appears twice' if found else 'is lost'}")
    return found[0]


def _without_edges(translated: str, around: Span, before: str, behind: str) -> Span:
    """All of a span but the punctuation outside a pair."""
    start, end = around
    inner = translated[start:end]
    left = _EDGE.match(inner) if before.strip() else None
    right = _EDGE.match(inner[::-1]) if behind.strip() else None
    return start + (left.end() if left else 0), end - (right.end() if right else 0)


def _found_words(
    masked: Masked, number: str, translated: str, around: Span, alone: Mapping[str, str]
) -> Span:
    """Where the words of a pair are; of several places the one that the pair has in the source."""
    words = masked.words(number)
    outer = masked.around(number)
    own = masked.spans[number][0] + len(words) - len(words.lstrip()) - outer[0]
    source = [at for at, _ in _found(words.strip(), masked.text[outer[0] : outer[1]])]
    spoken = alone.get(words, "").strip()
    for candidate in filter(None, (spoken, spoken.rstrip(".。"), words.strip())):
        found = list(_found(candidate, translated[around[0] : around[1]]))
        if len(found) == len(source) and own in source:
            left, right = found[source.index(own)]
            return around[0] + left, around[0] + right
    raise Lost(f"where placeholder {number} belongs is not known")


def _found(text: str, within: str) -> Iterator[Span]:
    """Where a text stands in another as whole words, whatever the size of its letters."""
    first = r"(?<!\w)" if _is_spaced(text[0]) else ""
    last = r"(?!\w)" if _is_spaced(text[-1]) else ""
    for match in re.finditer(first + re.escape(text) + last, within, re.IGNORECASE):
        yield match.span()


def _is_spaced(character: str) -> bool:
    """Whether it is a letter or digit of a script with blanks between words."""
    return character.isalnum() and ord(character) < 0x0E00


def _parts(
    masked: Masked, translated: str, places: Mapping[str, Span], drawn: Mapping[str, Span]
) -> Iterator[Part]:
    edges = {0, len(translated)}.union(*places.values(), *drawn.values())
    starts = {start: one for one, (start, _) in places.items()}
    for start, end in pairwise(sorted(edges)):
        pairs = tuple(n for n, (left, right) in drawn.items() if left <= start and end <= right)
        if start in starts:
            for part in masked.masks[starts[start]]:
                yield Part(part.text, lone=True, pairs=(*part.pairs, *pairs))
        elif not any(left <= start < right for left, right in places.values()):
            yield Part(translated[start:end], pairs=pairs)
