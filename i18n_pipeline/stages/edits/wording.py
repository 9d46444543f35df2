"""Edits of words: slips of the pen and capitals, numbers, denial, names, anything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from i18n_pipeline.expressions import expression
from i18n_pipeline.locales import language
from i18n_pipeline.markdown import Span
from i18n_pipeline.stages.edits.ground import Ground, Hunk, Side
from i18n_pipeline.stages.edits.kinds import EditKind
from i18n_pipeline.stages.edits.pieces import Piece, Role
from i18n_pipeline.stages.edits.spelling import is_joined, is_run_together, is_slip
from i18n_pipeline.stages.edits.weighty import (
    are_opposite,
    is_weighty,
    numbers_in,
    weights_in,
)
from i18n_pipeline.tongues.english import DETERMINERS
from i18n_pipeline.values import dataclass

_HYPHEN = expression("[-\u2010\u2011]")


@dataclass(frozen=True)
class Wording:
    """What became of the words of a text."""

    old: Side
    new: Side
    ground: Ground

    def of_words(self, hunk: Hunk) -> Iterator[EditKind]:
        """What a place is in which words differ; nothing where no words do."""
        old, new = hunk.words
        if not (old or new):
            return
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
        if language(self.ground.locale) == "en":
            return weights_in(old) != weights_in(new) or _turned(old, new)
        return _asks(old) is not _asks(new) or self.old.weights != self.new.weights

    def _same_letters(self, old: Sequence[Piece], new: Sequence[Piece]) -> bool:
        """Whether a word is written with a hyphen or without one: `pre-trained`, `pretrained`."""
        if language(self.ground.locale) != "en" or not (old and new):
            return False
        if any(one.role is not Role.WORD for one in (*old, *new)) or not _same_first(old, new):
            return False
        left, right = self.old.text.raw[_span(old)], self.new.text.raw[_span(new)]
        apart, whole = sorted((_parts(left), _parts(right)), key=len, reverse=True)
        if len(whole) != 1 or len(apart) < 2 or "".join(apart) != whole[0]:
            return False
        return is_joined(apart, self.ground.words())

    def _slips(self, old: Sequence[Piece], new: Sequence[Piece]) -> bool:
        if language(self.ground.locale) != "en" or not (old and new):
            return False
        if not _same_first(old, new):
            return False
        words = self.ground.words()
        left, right = [one.key for one in old], [one.key for one in new]
        if is_run_together(left, right, words):
            return _are_near(self.old, old) and _are_near(self.new, new)
        if len(old) != len(new):
            return False
        pairs = zip(old, new, strict=True)
        return all(self._is_slip(one, other, words) for one, other in pairs)

    def _is_slip(self, old: Piece, new: Piece, words: Set[str]) -> bool:
        if old.text[0].isupper() and not _begins(self.old, old):
            return False
        return is_slip(old.key, new.key, words, self.ground.used())

    def _names_differ(self, old: Sequence[Piece], new: Sequence[Piece], *, partly: bool) -> bool:
        """Whether a term's name stands where words differ; `partly`: and goes on beside them."""
        sides = ((self.old, old), (self.new, new))
        return any(
            _meets(name, (part[0].span[0], part[-1].span[1]), partly=partly)
            for side, part in sides
            if part
            for name in side.names
        )


def _meets(name: Span, words: Span, *, partly: bool) -> bool:
    if name[1] <= words[0] or words[1] <= name[0]:
        return False
    return not partly or name[0] < words[0] or words[1] < name[1]


def _asks(pieces: Sequence[Piece]) -> bool:
    return any(one.key == "?" for one in pieces)


def _span(pieces: Sequence[Piece]) -> slice:
    return slice(pieces[0].span[0], pieces[-1].span[1])


def _are_near(side: Side, words: Sequence[Piece]) -> bool:
    """Whether nothing but blanks stands between words, and a determiner before them."""
    apart = side.text.raw[_span(words)].split()
    before = side.text.raw[: words[0].span[0]].lower().rstrip("*_[").split()
    return all(map(str.isalpha, apart)) and bool(before) and before[-1] in DETERMINERS


def _begins(side: Side, word: Piece) -> bool:
    """Whether a word begins a sentence; elsewhere one with a capital is a name."""
    before = side.text.raw[: word.span[0]].rstrip(" \n*_[(\"“‘'")
    return not before or before[-1] in ".!?:"


def _parts(text: str) -> list[str]:
    return _HYPHEN.split(text.lower())


def _same_first(old: Sequence[Piece], new: Sequence[Piece]) -> bool:
    """Whether both begin with a capital, or neither, and no word after the first one does."""
    first = old[0].text[:1].isupper() is new[0].text[:1].isupper()
    pairs = [(one.text, at) for side in (old, new) for at, one in enumerate(side)]
    return first and all(text[1 if at == 0 else 0 :].islower() for text, at in pairs)


def _turned(old: Sequence[Piece], new: Sequence[Piece]) -> bool:
    """Whether a word became its opposite, or words that weigh stand in another order."""
    if len(old) == len(new) and any(
        are_opposite(one.key, other.key) for one, other in zip(old, new, strict=True)
    ):
        return True
    heavy = [one.key for one in old if is_weighty(one.key)]
    return heavy != [one.key for one in new if is_weighty(one.key)]
