"""Edits of words: slips of the pen and capitals, numbers, denial, names, anything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from i18n_pipeline.locales import language
from i18n_pipeline.markdown import Span
from i18n_pipeline.stages.edits.ground import Ground, Hunk, Side
from i18n_pipeline.stages.edits.kinds import EditKind
from i18n_pipeline.stages.edits.pieces import Piece, Role
from i18n_pipeline.stages.edits.spelling import is_run_together, is_slip
from i18n_pipeline.stages.edits.weighty import (
    are_opposite,
    is_weighty,
    numbers_in,
    weights_in,
)

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


@dataclass(frozen=True)
class Wording:
    """What became of the words of a text."""

    old: Side
    new: Side
    ground: Ground

    def of_case(self, one: Piece, other: Piece) -> EditKind:
        """A word that is written with other capitals."""
        tongue = language(self.ground.locale)
        shouted = one.text.isupper() is not other.text.isupper()
        begins = one.span[0] == other.span[0] == 0
        if tongue == "en" and shouted and one.key in _SHORTENED:
            return EditKind.REWRITE
        other_word = _NAMES_TOO if tongue == "en" else _ADDRESS if tongue == "de" else ()
        named = one.key in other_word and one.text[:1] != other.text[:1]
        return EditKind.REWRITE if named and not begins else EditKind.PUNCTUATION

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
