"""Which block of a body that exists is which block of a freshly rendered one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence

from i18n_pipeline.stages.alignment import aligned, gaps
from i18n_pipeline.stages.remembered import Block, Layout, Whose
from i18n_pipeline.values import dataclass, field


@dataclass(frozen=True)
class Partners:
    """The blocks of the existing body by those of the fresh one, and the fresh ones left out.

    `moved` are blocks that a person put elsewhere, by those left out in their places.
    """

    of: dict[int, int] = field(default_factory=dict)
    omitted: frozenset[int] = frozenset()
    moved: dict[int, int] = field(default_factory=dict)


def partners(old: Layout, new: Layout, omitted: Sequence[str] = ()) -> Partners:
    """Blocks that say the same, and between them those made up alike; neither side crosses.

    What a person changed goes with the block it shares texts with, or that is of its kind. The
    file's own blocks have a partner only where the source says just that now. `omitted` are keys
    of blocks that a person left out.
    """
    search = _Search(old, new, omitted)
    search.alike(lambda layout, at: layout.chunks[at].content, (Whose.SOURCES,))
    search.alike(lambda layout, at: layout.chunks[at].content, (Whose.OWN, Whose.CHANGED))
    search.leave_out()
    search.changed(sharing=True)
    search.alike(lambda layout, at: layout.chunks[at].shape, (Whose.SOURCES,))
    search.changed(sharing=False)
    moved = search.elsewhere()
    return Partners(search.found, frozenset(search.left_out), moved)


class _Search:
    """Finds partners step by step; each step looks only where the ones before left gaps."""

    def __init__(self, old: Layout, new: Layout, omitted: Sequence[str]) -> None:
        self._old, self._new, self._omitted = old, new, omitted
        self.found: dict[int, int] = {}
        self.left_out: set[int] = set()

    def alike(self, by: Callable[[Layout, int], Hashable], whose: Collection[Whose]) -> None:
        """Pair blocks that are equal by something, on the file's side only of these kinds.

        The others keep their places: of two fresh blocks that say the same, the one that stands
        where they leave room is taken.
        """
        for there, here in list(self._gaps(tuple(Whose))):
            items = [by(self._old, i) if self._is_one(i, whose) else ("", i) for i in there]
            pairs = aligned(items, [by(self._new, j) for j in here])
            self.found |= {here[j]: there[i] for j, i in pairs.items()}

    def _is_one(self, i: int, whose: Collection[Whose]) -> bool:
        block = self._old.blocks[i]
        return block.whose in whose and not self._is_moved(block)

    def _is_moved(self, block: Block) -> bool:
        """Whether a person put a block elsewhere: its place in the source is left out."""
        return block.whose is Whose.CHANGED and block.key in self._omitted

    def leave_out(self) -> None:
        """Pass over the fresh blocks that a person left out, as many of each as there were."""
        left = Counter(self._omitted)
        for at, block in enumerate(self._new.blocks):
            if at not in self.found and left[block.key]:
                left[block.key] -= 1
                self.left_out.add(at)

    def elsewhere(self) -> dict[int, int]:
        """Fresh blocks with those that a person put into another place, for their texts.

        One whose source was edited since is the only one of its shape without a partner. One that
        stands where the source has it, by now, is a partner like any other.
        """
        moved: dict[int, int] = {}
        for i, block in enumerate(self._old.blocks):
            if i in self.found.values() or not self._is_moved(block):
                continue
            j = self._source_of(i, moved)
            if j is None:
                continue
            if all((j < new) == (i < old) for new, old in self.found.items()):
                self.found[j] = i
                self.left_out.discard(j)
            else:
                moved[j] = i
                self.left_out.add(j)
        return moved

    def _source_of(self, i: int, taken: Collection[int]) -> int | None:
        """The fresh block that a moved one translates."""
        block, shape = self._old.blocks[i], self._old.chunks[i].shape
        new = self._new.blocks
        free = [at for at in range(len(new)) if at not in self.found and at not in taken]
        by_key = [at for at in free if new[at].key == block.key]
        by_shape = [at for at in free if self._new.chunks[at].shape == shape]
        anew = [at for at in by_shape if at not in self.left_out]
        if by_key:
            return by_key[0]
        return anew[0] if len(anew) == 1 else None

    def changed(self, *, sharing: bool) -> None:
        """Pair blocks that a person changed, each with the first of its kind.

        `sharing`: only with one that has a text of the same source.
        """
        for there, here in list(self._gaps((Whose.CHANGED,))):
            first = 0
            for i in there:
                fits = (at for at in range(first, len(here)) if self._fits(i, here[at], sharing))
                at = next(fits, None)
                if at is not None:
                    self.found[here[at]] = i
                    first = at + 1

    def _fits(self, i: int, j: int, sharing: bool) -> bool:
        old, new = self._old.blocks[i], self._new.blocks[j]
        shared = set(old.sources) & set(new.sources) - {""}
        return old.name == new.name and (bool(shared) or not sharing)

    def _gaps(self, whose: Collection[Whose]) -> Iterator[tuple[list[int], list[int]]]:
        """Positions without a partner on both sides, gap by gap; on the file's only of a kind."""
        blocks = self._old.blocks
        for i1, i2, j1, j2 in gaps(dict(self.found), len(blocks), len(self._new.blocks)):
            there = [i for i in range(i1, i2) if blocks[i].whose in whose]
            here = [j for j in range(j1, j2) if j not in self.left_out]
            if there and here:
                yield there, here
