"""Which kinds of edit an edit is: markup by its values, words by what became of them.

An edit is harmless where both texts have the same words in the same order, but for slips of the
pen, and where what else differs between and in them is proven to mean nothing. Whatever adds,
drops, moves or replaces a word, a number or a sign goes to a person, and so does all that no rule
knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from i18n_pipeline.errors import BadFile
from i18n_pipeline.locales import language
from i18n_pipeline.model import Segment
from i18n_pipeline.stages.edits.capitals import Capitals, is_measured
from i18n_pipeline.stages.edits.differing import hunks
from i18n_pipeline.stages.edits.ground import Ground, Hunk, Side
from i18n_pipeline.stages.edits.kinds import HARMLESS, Change, EditKind, in_order
from i18n_pipeline.stages.edits.marking import Marking
from i18n_pipeline.stages.edits.pieces import Piece, Role, Text
from i18n_pipeline.stages.edits.places import Pair, places
from i18n_pipeline.stages.edits.pointing import in_doubt, is_same_pointing
from i18n_pipeline.stages.edits.wording import Wording

_LARGEST = 50_000
"""Characters up to which a text is looked into; a longer one that changed is a rewrite."""

_LIKE = 0.5
"""Share of pieces (0–1) above which a rewrite is told as one, whatever else it is."""

_SMALL = 12
"""Pieces of both texts up to which that share tells nothing."""

_Range = tuple[int, int, int, int]


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
        return _change(Side.of(old, segment, ground), Side.of(new, segment, ground))
    except BadFile:
        return Change((EditKind.REWRITE,), EditKind.REWRITE)


def _words_of_lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.split("\n")]


def _change(old: Side, new: Side) -> Change:
    left, right = old.text.content, new.text.content
    found = hunks([one.key for one in left], [one.key for one in right])
    wording, marking = Wording(old, new, old.ground), Marking(old, new)
    kinds: set[EditKind] = set()
    for hunk in (Hunk(left[i1:i2], right[j1:j2]) for i1, i2, j1, j2 in found):
        kinds |= set(_of_hunk(hunk, wording, marking))
    if HARMLESS.issuperset(kinds):
        kinds |= set(_of_places(old, new, found))
    else:
        kinds |= set(_of_marks(old.text, new.text))
    if EditKind.AMOUNT in kinds and _both_ways(found):
        kinds.add(EditKind.REWRITE)
    ordered = in_order(kinds or {EditKind.REFLOW})
    told = EditKind.REWRITE if _is_unlike(left, right, found) else ordered[-1]
    return Change(ordered, told if told in kinds else ordered[-1], tuple(marking.swaps.values()))


def _of_hunk(hunk: Hunk, wording: Wording, marking: Marking) -> Iterator[EditKind]:
    if marking.is_markup_of_the_same(hunk):
        yield EditKind.MARKUP
        return
    yield from marking.of_markup(hunk)
    yield from wording.of_words(hunk)


def _of_places(old: Side, new: Side, found: Sequence[_Range]) -> Iterator[EditKind]:
    """What became of punctuation, blanks and capitals, place by place."""
    tongue, capitals = language(old.ground.locale), Capitals(old, new, old.ground)
    for pair in places(old.text, new.text, found):
        yield from _of_gap(pair, tongue)
        yield from _of_spelling(pair, capitals)


def _of_gap(pair: Pair, tongue: str) -> Iterator[EditKind]:
    if not is_same_pointing(pair, tongue):
        yield in_doubt(pair, tongue)
    elif "".join(pair.old.gap.split()) != "".join(pair.new.gap.split()):
        yield EditKind.PUNCTUATION


def _of_spelling(pair: Pair, capitals: Capitals) -> Iterator[EditKind]:
    one, other = pair.old.after, pair.new.after
    if one is None or other is None or one.text == other.text or one.key != other.key:
        return
    if not capitals.is_same(pair, one, other):
        yield EditKind.NUMBER if is_measured(pair) else EditKind.DOUBTFUL
    elif one.said != other.said:
        yield EditKind.PUNCTUATION


def _of_marks(old: Text, new: Text) -> Iterator[EditKind]:
    """What other punctuation is beside other words; between two numbers it makes other numbers."""
    if _marks(old) != _marks(new):
        yield EditKind.PUNCTUATION
    if _between_numbers(old) != _between_numbers(new):
        yield EditKind.NUMBER


def _marks(text: Text) -> list[str]:
    return [one.key for one in text.pieces if one.role is Role.MARK]


def _between_numbers(text: Text) -> list[str]:
    """What stands between numbers that only punctuation keeps apart."""
    found: list[str] = []
    apart: str | None = None
    for one in text.pieces:
        if one.role is Role.NUMBER:
            found += [apart] if apart else []
            apart = ""
        elif one.role is Role.MARK and apart is not None:
            apart += one.key
        elif one.role is not Role.BLANK:
            apart = None
    return found


def _is_unlike(left: Sequence[Piece], right: Sequence[Piece], found: Sequence[_Range]) -> bool:
    """Whether most of two texts differs."""
    lost = sum(i2 - i1 + j2 - j1 for i1, i2, j1, j2 in found)
    whole = len(left) + len(right)
    return whole > _SMALL and lost > _LIKE * whole


def _both_ways(found: Sequence[_Range]) -> bool:
    """Whether something was taken out in one place and put in in another: moved, or replaced."""
    taken = any(i1 < i2 and j1 == j2 for i1, i2, j1, j2 in found)
    return taken and any(i1 == i2 and j1 < j2 for i1, i2, j1, j2 in found)
