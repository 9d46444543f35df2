"""Which kinds of edit an edit is: markup by its values, words by what became of them.

An edit is harmless where both texts have the same words in the same order, but for slips of the
pen; so whatever adds, drops, moves or replaces a word, a number or a sign goes to a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

from i18n_pipeline.errors import BadFile
from i18n_pipeline.locales import language
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS, Mark, Span, Token
from i18n_pipeline.model import Segment
from i18n_pipeline.placeholders import tokens_of
from i18n_pipeline.stages.alignment import aligned
from i18n_pipeline.stages.edits.differing import hunks
from i18n_pipeline.stages.edits.kinds import Change, EditKind, Swap, in_order
from i18n_pipeline.stages.edits.pieces import SPOKEN, Piece, Role, Tag, Text, text_of
from i18n_pipeline.stages.edits.spelling import is_run_together, is_slip
from i18n_pipeline.stages.edits.weighty import (
    are_opposite,
    is_weighty,
    numbers_in,
    weights_in,
    weights_of_text,
)

_LED = frozenset({Mark.LINK, Mark.IMAGE, Mark.AUTOLINK})
_PAIRED = frozenset({Mark.STRONG, Mark.EMPHASIS, Mark.STRIKE})
_SAID = frozenset({Mark.CODE, Mark.MATH, Mark.AUTOLINK, Mark.IMAGE, Mark.TEMPLATE})
"""Markup that a reader reads: more or less of it is more or less text."""

_SHORT = 30
"""Characters up to which a changed place is about the number or the denial in it."""

_LARGEST = 50_000
"""Characters up to which a text is looked into; a longer one that changed is a rewrite."""

_LIKE = 0.5
"""Share of pieces (0–1) below which two texts are told as a rewrite, whatever else they are."""

_NAMES = (
    "cat may march polish china turkey apple amazon meta go rust swift spark ray word excel edge"
    " teams access flask react angular ruby perl julia dart chef puppet salt helm harbor falcon"
    " vault consul nomad envoy python java node express spring"
)
_NAMES_TOO = frozenset(_NAMES.split())
"""English words that name something else with a capital."""

_SHORTENED = frozenset({"it", "us", "who", "aids", "am", "ram", "cat", "pod", "sad", "led"})
"""English words that are abbreviations in capitals."""

_ADDRESS = frozenset({"sie", "ihr", "ihre", "ihren", "ihrem", "ihrer", "ihres", "ihnen"})
"""German words that, written large, speak to the reader."""


def _none() -> Set[str]:
    return frozenset()


def _no_names(_text: str, _tokens: Sequence[Token]) -> Sequence[Span]:
    return ()


@dataclass(frozen=True)
class Ground:
    """What edits are judged by: the language of the texts, its words, the project's names.

    `words` are all words of the language, none where they are not known; `used` those of the
    project's texts. `names` tells where names of terms stand in a text. All are asked for late.
    """

    locale: str = "en"
    extensions: frozenset[str] = DEFAULT_EXTENSIONS
    words: Callable[[], Set[str]] = _none
    used: Callable[[], Set[str]] = _none
    names: Callable[[str, Sequence[Token]], Sequence[Span]] = _no_names


def classify(old: str, new: str, segment: Segment, ground: Ground) -> Change:
    """What it means that a source text `old` of a segment became `new`; no kinds where it did not.

    A text that cannot be read as Markdown, or is too long to be compared, is a rewrite.
    """
    if old == new:
        return Change()
    if max(len(old), len(new)) > _LARGEST:
        same = _words_of_lines(old) == _words_of_lines(new)
        kind = EditKind.REFLOW if same else EditKind.REWRITE
        return Change((kind,), kind)
    try:
        return _Edit.of(old, new, segment, ground).change()
    except BadFile:
        return Change((EditKind.REWRITE,), EditKind.REWRITE)


def _words_of_lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.split("\n")]


@dataclass(frozen=True)
class _Side:
    """One of the two texts, with what has to be asked about it at most once."""

    text: Text
    tokens: Sequence[Token]
    ground: Ground

    @cached_property
    def names(self) -> Sequence[Span]:
        return self.ground.names(self.text.raw, self.tokens)

    @cached_property
    def weights(self) -> Counter[str]:
        return weights_of_text(self.text.raw, self.ground.locale)


def _marks(side: _Side) -> list[str]:
    return [one.key for one in side.text.pieces if one.role is Role.MARK]


@dataclass(frozen=True)
class _Hunk:
    """A place where the texts differ: what stood there, and what stands there."""

    old: Sequence[Piece]
    new: Sequence[Piece]

    @property
    def words(self) -> tuple[list[Piece], list[Piece]]:
        return _spoken(self.old), _spoken(self.new)

    @property
    def is_short(self) -> bool:
        return max(sum(len(one.text) for one in side) for side in self.words) <= _SHORT


def _spoken(pieces: Sequence[Piece]) -> list[Piece]:
    return [one for one in pieces if one.role in SPOKEN]


@dataclass
class _Edit:
    old: _Side
    new: _Side
    ground: Ground
    kinds: set[EditKind] = field(default_factory=set)
    swaps: dict[tuple[int, int], Swap] = field(default_factory=dict)

    @classmethod
    def of(cls, old: str, new: str, segment: Segment, ground: Ground) -> _Edit:
        def side(raw: str) -> _Side:
            tokens = tokens_of(segment, raw, ground.extensions)
            return _Side(text_of(raw, tokens), tokens, ground)

        return cls(side(old), side(new), ground)

    def change(self) -> Change:
        left, right = self.old.text.content, self.new.text.content
        found = hunks([one.key for one in left], [one.key for one in right])
        for hunk in (_Hunk(left[i1:i2], right[j1:j2]) for i1, i2, j1, j2 in found):
            self._take(hunk)
        self._cases(left, right, found)
        printed = self.old.text.printed != self.new.text.printed
        if (printed and not self.kinds) or _marks(self.old) != _marks(self.new):
            self.kinds.add(EditKind.PUNCTUATION)
        if EditKind.AMOUNT in self.kinds and _both_ways(found):
            self.kinds.add(EditKind.REWRITE)
        kinds = in_order(self.kinds or {EditKind.REFLOW})
        lost = sum(i2 - i1 for i1, i2, _, _ in found) + sum(j2 - j1 for _, _, j1, j2 in found)
        unlike = lost > _LIKE * (len(left) + len(right)) and len(left) + len(right) > 12
        told = EditKind.REWRITE if unlike and EditKind.REWRITE in kinds else kinds[-1]
        return Change(kinds, told, tuple(self.swaps.values()))

    def _cases(
        self, left: Sequence[Piece], right: Sequence[Piece], found: Sequence[_Range]
    ) -> None:
        """Words that are written with other capitals."""
        i = j = 0
        for i1, i2, j1, j2 in [*found, (len(left), 0, len(right), 0)]:
            for one, other in zip(left[i:i1], right[j:j1], strict=True):
                if one.text != other.text and one.role in SPOKEN:
                    self.kinds.add(self._of_case(one, other))
            i, j = i2, j2

    def _of_case(self, one: Piece, other: Piece) -> EditKind:
        tongue = language(self.ground.locale)
        shouted = one.text.isupper() is not other.text.isupper()
        begins = one.span[0] == other.span[0] == 0
        if tongue == "en" and shouted and one.key in _SHORTENED:
            return EditKind.REWRITE
        other_word = _NAMES_TOO if tongue == "en" else _ADDRESS if tongue == "de" else ()
        named = one.key in other_word and one.text[:1] != other.text[:1]
        return EditKind.REWRITE if named and not begins else EditKind.PUNCTUATION

    def _take(self, hunk: _Hunk) -> None:
        if self._is_markup_of_the_same(hunk):
            self.kinds.add(EditKind.MARKUP)
            return
        self._tags(hunk)
        old, new = hunk.words
        if old or new:
            self.kinds |= set(self._of_words(hunk, old, new))

    def _is_markup_of_the_same(self, hunk: _Hunk) -> bool:
        """Whether words became code, or code words: `pip`, or pip."""
        old, new = hunk.words
        lone = [one for one in (*hunk.old, *hunk.new) if one.role is Role.LONE]
        if len(lone) != 1 or len(hunk.old) + len(hunk.new) != 1 + len(old) + len(new):
            return False
        tag = lone[0].tag
        side = self.old if lone[0] in hunk.new else self.new
        words = old or new
        if tag is None or tag.mark is not Mark.CODE or bool(old) is bool(new):
            return False
        said = side.text.raw[words[0].span[0] : words[-1].span[1]]
        if tag.value.strip("`").strip() != said:
            return False
        came = lone[0] in hunk.new
        self._swap(None if came else tag, tag if came else None, said)
        return True

    def _tags(self, hunk: _Hunk) -> None:
        old = [one for one in hunk.old if one.tag is not None]
        new = [one for one in hunk.new if one.tag is not None]
        pairs = aligned([one.slot for one in old], [one.slot for one in new])
        for j, i in pairs.items():
            self._exchanged(old[i], new[j])
        paired = set(pairs.values())
        gone = [one for i, one in enumerate(old) if i not in paired]
        came = [one for j, one in enumerate(new) if j not in pairs]
        for one in gone:
            self._lone(one, came=False)
        for one in came:
            self._lone(one, came=True)

    def _exchanged(self, old: Piece, new: Piece) -> None:
        if old.tag is None or new.tag is None or old.tag.same == new.tag.same:
            return
        self._swap(old.tag, new.tag)
        led, paired = old.tag.mark in _LED, old.tag.mark in _PAIRED
        self.kinds.add(
            EditKind.DESTINATION if led else EditKind.MARKUP if paired else EditKind.PLACEHOLDER
        )

    def _lone(self, piece: Piece, *, came: bool) -> None:
        tag = piece.tag
        if tag is None:
            return
        raw = (self.new if came else self.old).text.raw
        inner = raw[tag.edges[0][1] : tag.edges[1][0]] if len(tag.edges) > 1 else ""
        self._swap(None if came else tag, tag if came else None, inner)
        self.kinds.add(EditKind.AMOUNT if tag.mark in _SAID else EditKind.MARKUP)

    def _swap(self, old: Tag | None, new: Tag | None, around: str = "") -> None:
        """Both ends of a pair change it once."""
        start = old.edges[0][0] if old else -1, new.edges[0][0] if new else -1
        self.swaps.setdefault(start, Swap(old, new, around))

    def _of_words(
        self, hunk: _Hunk, old: Sequence[Piece], new: Sequence[Piece]
    ) -> Iterator[EditKind]:
        locale = self.ground.locale
        counted = numbers_in(old, locale) != numbers_in(new, locale)
        weighed = self._weigh_else(old, new)
        if not (counted or weighed) and self._same_letters(old, new):
            yield EditKind.PUNCTUATION
            return
        if not (counted or weighed) and self._slips(old, new):
            yield EditKind.TERM if self._names_differ(old, new, partly=False) else EditKind.TYPO
            return
        if hunk.is_short:
            if counted:
                yield EditKind.NUMBER
            if weighed:
                yield EditKind.NEGATION
            if self._names_differ(old, new, partly=not (old and new)):
                yield EditKind.TERM
        yield EditKind.REWRITE if old and new else EditKind.AMOUNT

    def _weigh_else(self, old: Sequence[Piece], new: Sequence[Piece]) -> bool:
        """Whether one side of a place denies, demands or asks what the other does not."""
        if any(one.key == "?" for one in old) is not any(one.key == "?" for one in new):
            return True
        if language(self.ground.locale) == "en":
            return weights_in(old) != weights_in(new) or _turned(old, new)
        return self.old.weights != self.new.weights

    def _same_letters(self, old: Sequence[Piece], new: Sequence[Piece]) -> bool:
        """Whether words differ by the hyphens or points in them: `pre-trained`, `pretrained`."""
        if not (old and new) or any(one.role is not Role.WORD for one in (*old, *new)):
            return False
        left, right = self.old.text.raw[_span(old)], self.new.text.raw[_span(new)]
        if any(map(str.isspace, left + right)) or left.lower().startswith("re"):
            return False
        return _joined(left) == _joined(right)

    def _slips(self, old: Sequence[Piece], new: Sequence[Piece]) -> bool:
        if language(self.ground.locale) != "en" or not (old and new):
            return False
        words = self.ground.words()
        left, right = [one.key for one in old], [one.key for one in new]
        if is_run_together(left, right, words):
            return True
        if len(old) != len(new):
            return False
        pairs = zip(old, new, strict=True)
        return all(self._is_slip(one, other, words) for one, other in pairs)

    def _is_slip(self, old: Piece, new: Piece, words: Set[str]) -> bool:
        if old.role is not Role.WORD or new.role is not Role.WORD:
            return False
        plain = all(one.text[1:].islower() for one in (old, new))
        return plain and is_slip(old.key, new.key, words, self.ground.used())

    def _names_differ(self, old: Sequence[Piece], new: Sequence[Piece], *, partly: bool) -> bool:
        """Whether a term's name stands where words differ; `partly`: and goes on beside them."""
        sides = ((self.old, old), (self.new, new))
        return any(
            _meets(name, (part[0].span[0], part[-1].span[1]), partly=partly)
            for side, part in sides
            if part
            for name in side.names
        )


_Range = tuple[int, int, int, int]


def _both_ways(found: Sequence[_Range]) -> bool:
    """Whether something was taken out in one place and put in in another: moved, or replaced."""
    taken = any(i1 < i2 and j1 == j2 for i1, i2, j1, j2 in found)
    return taken and any(i1 == i2 and j1 < j2 for i1, i2, j1, j2 in found)


def _meets(name: Span, words: Span, *, partly: bool) -> bool:
    if name[1] <= words[0] or words[1] <= name[0]:
        return False
    return not partly or name[0] < words[0] or words[1] < name[1]


def _span(pieces: Sequence[Piece]) -> slice:
    return slice(pieces[0].span[0], pieces[-1].span[1])


def _joined(text: str) -> str:
    return "".join(one for one in text.lower() if one not in "-.\u2010\u2011")


def _turned(old: Sequence[Piece], new: Sequence[Piece]) -> bool:
    """Whether a word became its opposite, or words that weigh stand in another order."""
    if len(old) == len(new) and any(
        are_opposite(one.key, other.key) for one, other in zip(old, new, strict=True)
    ):
        return True
    heavy = [one.key for one in old if is_weighty(one.key)]
    return heavy != [one.key for one in new if is_weighty(one.key)]
