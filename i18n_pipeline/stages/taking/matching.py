"""Which block, and which text, of an edited file is which of those that we left there.

What says the same is found first. Between that, an edited text is known by its likeness to what
stood there, and by its place where as many stand there now as before. What could be two things
is taken for neither: it becomes the file's own.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from i18n_pipeline.stages.alignment import aligned, gaps
from i18n_pipeline.values import dataclass

_ALIKE = 0.5
"""Least likeness (0–1) at which a text is taken for an edit of another wherever it stands."""
_CLEARLY = 0.1
"""How much likelier two joined texts have to be, for one to have been divided or joined."""
_HARDLY = 0.4
"""Least likeness for a place alone to decide, where blocks came or went around it."""
_STILL_ITSELF = 0.8
"""Least likeness for a text that stands elsewhere to be the same one, moved and edited."""
_COMPARED = 400
"""Most pairs of one gap that are compared; a page that was written anew has no likenesses."""
_LOOKED_AT = 2_000
"""How many characters of a text without words decide about its likeness."""
_MANY_WORDS = 12
"""From how many words on texts are compared by them, and not letter by letter."""
_LONGEST_WORDS = 14
"""How long words are at most on the average, where they are words."""


@dataclass(frozen=True, slots=True)
class Item:
    """A block or a text: `same` is equal where nothing was edited, `sort` where it may have been.

    `text` is what it says, "" where there is nothing to say, None where that is not known.
    """

    same: Hashable
    sort: Hashable
    text: str | None = ""


def matched(old: Sequence[Item], new: Sequence[Item]) -> Mapping[int, int]:
    """For positions in `new` that of the item in `old` that they were; neither side crosses."""
    found = dict(aligned([one.same for one in old], [one.same for one in new]))
    for i1, i2, j1, j2 in gaps(dict(found), len(old), len(new)):
        pairs = _edited(old[i1:i2], new[j1:j2])
        found |= {j1 + j: i1 + i for j, i in pairs.items()}
    return found


def moved(old: Sequence[Item], new: Sequence[Item], found: Mapping[int, int]) -> Mapping[int, int]:
    """The same for items that stand elsewhere now: what says the same, or nearly so.

    Only where it is clear which: one text that stands twice on either side is not.
    """
    left = [i for i in range(len(old)) if i not in found.values() and old[i].text]
    here = [j for j in range(len(new)) if j not in found and new[j].text]
    if len(left) * len(here) > _COMPARED:
        return {}
    pairs: dict[int, int] = {}
    for j in here:
        alike = [i for i in left if i not in pairs.values() and _is_moved(old[i], new[j])]
        if len(alike) == 1 and sum(_is_moved(old[alike[0]], new[other]) for other in here) == 1:
            pairs[j] = alike[0]
    return pairs


def _is_moved(was: Item, now: Item) -> bool:
    return was.same == now.same or (was.sort == now.sort and _likeness(was, now) >= _STILL_ITSELF)


def _edited(old: Sequence[Item], new: Sequence[Item]) -> dict[int, int]:
    """The pairs in one gap: by likeness, then by place."""
    if len(old) * len(new) > _COMPARED:
        return _in_place(old, new)
    found = _alike(old, new)
    unequal = len(old) != len(new)
    for i1, i2, j1, j2 in gaps(dict(found), len(old), len(new)):
        if unequal and i2 - i1 != j2 - j1:
            continue
        pairs = _in_place(old[i1:i2], new[j1:j2])
        certain = {
            j1 + j: i1 + i for j, i in pairs.items() if _is_certain(old, new, (i1 + i, j1 + j))
        }
        found |= certain
    return found


def _is_certain(old: Sequence[Item], new: Sequence[Item], pair: tuple[int, int]) -> bool:
    """Whether one is the other for its place alone; what says nothing can do no harm.

    Where blocks came or went, it has to be a little alike too; and it must not be a part of it.
    """
    was, now = old[pair[0]], new[pair[1]]
    if was.text == now.text == "":
        return True
    likeness = _likeness(was, now)
    enough = likeness >= _HARDLY or len(old) == len(new)
    return enough and not _is_part(old, new, pair, likeness)


def _in_place(old: Sequence[Item], new: Sequence[Item]) -> dict[int, int]:
    """Each with the one in its place, where there are as many of the same sorts in a row."""
    if [one.sort for one in old] != [one.sort for one in new]:
        return {}
    return {at: at for at in range(len(new))}


def _alike(old: Sequence[Item], new: Sequence[Item]) -> dict[int, int]:
    """Pairs that are alike, the likest first, without crossing."""
    candidates = sorted(_candidates(old, new), key=lambda one: (-one[0], one[1], one[2]))
    found: dict[int, int] = {}
    for _, i, j in candidates:
        free = i not in found.values() and j not in found
        if free and all((j < other) == (i < was) for other, was in found.items()):
            found[j] = i
    return found


def _candidates(old: Sequence[Item], new: Sequence[Item]) -> Iterator[tuple[float, int, int]]:
    for i, was in enumerate(old):
        for j, now in enumerate(new):
            if was.sort != now.sort or not was.text or not now.text:
                continue
            likeness = _likeness(was, now)
            if likeness >= _ALIKE and not _is_part(old, new, (i, j), likeness):
                yield likeness, i, j


def _is_part(
    old: Sequence[Item], new: Sequence[Item], pair: tuple[int, int], likeness: float
) -> bool:
    """Whether the one is rather a part of the other: a text was divided, or two were joined."""
    i, j = pair
    was, now = old[i].text or "", new[j].text or ""
    divided = (_ratio(was, joined) for joined in _with_neighbours(new, j))
    joined = (_ratio(joined, now) for joined in _with_neighbours(old, i))
    return any(whole > likeness + _CLEARLY for whole in (*divided, *joined))


def _with_neighbours(items: Sequence[Item], at: int) -> Iterator[str]:
    for one, other in ((at - 1, at), (at, at + 1)):
        if one >= 0 and other < len(items) and items[one].text and items[other].text:
            yield f"{items[one].text} {items[other].text}"


def _likeness(one: Item, other: Item) -> float:
    return _ratio(one.text or "", other.text or "")


def _ratio(one: str, other: str) -> float:
    """0–1. Long texts are compared word by word, where they have words."""
    old, new = _words(one), _words(other)
    if len(old) < _MANY_WORDS or len(new) < _MANY_WORDS:
        old, new = list(one[:_LOOKED_AT]), list(other[:_LOOKED_AT])
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.real_quick_ratio() < _HARDLY or matcher.quick_ratio() < _HARDLY:
        return 0.0
    return matcher.ratio()


def _words(text: str) -> list[str]:
    """The words of a text; none where it is of a script that has no spaces."""
    words = text.split()
    return words if len(text) < _LONGEST_WORDS * len(words) else []
