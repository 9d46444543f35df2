"""The same places in two texts that have the same words: what stands before, between and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import repeat

from i18n_pipeline.expressions import expression
from i18n_pipeline.stages.edits.pieces import Piece, Role, Text
from i18n_pipeline.tongues.english import ABBREVIATED
from i18n_pipeline.values import dataclass

_Range = tuple[int, int, int, int]

EAST_ASIAN = frozenset({"ja", "zh", "yue"})
"""Languages without blanks between words."""

_ALIKE = str.maketrans(
    {chr(0xFF01 + at): chr(0x21 + at) for at in range(94)}
    | dict.fromkeys("“”„‟«»「」『』", '"')
    | dict.fromkeys("‘’‚‛‹›", "'")
    | dict.fromkeys("\u2010\u2011", "-")
    | {"。": "."}
)
_WIDE = expression(r"\s*([、。，．！：；「」『』（）()【】〈〉《》])\s*")
_BLANKS = expression(r"\s+")
_BEFORE_MARK = expression(r" (?=[,;:!.…)\]]+ )")
_BEFORE_LAST = expression(r" (?=[,;:!.…)\]]+$)")
_SENTENCE_END = expression(r"[)\]\"'”’]*[.!。！]+[)\]\"'”’]*\s+[(\[\"'“‘]*|\s*[。！]\s*")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text: after so many of its parts."""

    text: Text
    at: int

    @property
    def gap(self) -> str:
        """The blanks and the punctuation there."""
        return self.text.gaps[self.at]

    @property
    def before(self) -> Piece | None:
        """The part before it."""
        return self.text.parts[self.at - 1] if self.at else None

    @property
    def after(self) -> Piece | None:
        """The part after it."""
        return self.text.parts[self.at] if self.at < len(self.text.parts) else None

    def moved(self, by: int) -> Place | None:
        """A place so many parts further on, or back; None beyond the text."""
        at = self.at + by
        return Place(self.text, at) if 0 <= at < len(self.text.gaps) else None

    @property
    def begins(self) -> bool:
        """Whether a sentence begins there: at the head of the text, or after the end of one."""
        if self.before is None:
            return True
        if self.before.key == "?":
            return bool(self.gap) and self.gap.isspace()
        if _SENTENCE_END.fullmatch(self.gap) is None or self.before.role is not Role.WORD:
            return False
        return "." not in self.before.key and self.before.key not in ABBREVIATED


@dataclass(frozen=True, slots=True)
class Pair:
    """The same place in the old text and in the new one."""

    old: Place
    new: Place

    @property
    def gaps(self) -> frozenset[str]:
        """What stands there: one thing, or two."""
        return frozenset({self.old.gap, self.new.gap})

    @property
    def sides(self) -> tuple[Place, Place]:
        """Both places."""
        return self.old, self.new


def places(old: Text, new: Text, found: Sequence[_Range]) -> list[Pair]:
    """The places of two texts that differ in the ranges `found` of their content.

    Every part of one text has to stand for a part of the other: where one has more, that is told
    before anybody asks for places.
    """
    i = j = 0
    pairs = [Pair(Place(old, 0), Place(new, 0))]
    for group in _groups(old.content, new.content, found):
        i, j = i + group[0], j + group[1]
        pairs.append(Pair(Place(old, i), Place(new, j)))
    return pairs


def _groups(
    left: Sequence[Piece], right: Sequence[Piece], found: Sequence[_Range]
) -> Iterator[tuple[int, int]]:
    """How many parts of the old text stand for how many of the new one, one after the other."""
    i = 0
    for i1, i2, j1, j2 in [*found, (len(left), len(left), 0, 0)]:
        yield from repeat((1, 1), sum(one.is_part for one in left[i:i1]))
        before = sum(one.is_part for one in left[i1:i2])
        after = sum(one.is_part for one in right[j1:j2])
        if before == after:
            yield from repeat((1, 1), before)
        else:
            yield before, after
        i = i2


@lru_cache(maxsize=4096)
def canonical(gap: str, tongue: str, *, last: bool) -> str:
    """A gap in one of the ways in which it can be written; `last`: it ends the text."""
    if tongue in EAST_ASIAN:
        gap = _WIDE.sub(r"\1", gap)
    if tongue == "ja":
        gap = gap.replace("、", ",")
    gap = _BLANKS.sub(" ", gap.translate(_ALIKE).replace("...", "…"))
    gap = _BEFORE_MARK.sub("", gap)
    return _BEFORE_LAST.sub("", gap.rstrip()) if last else gap
