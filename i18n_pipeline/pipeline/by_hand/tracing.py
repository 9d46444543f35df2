"""By hand: what commits made of units, read out of the review files that git has.

Of each version of a file only those parts are read that its parents do not have: what a commit
changed, whatever the size of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from i18n_pipeline.formats.po import units_in
from i18n_pipeline.history import Commit, History
from i18n_pipeline.history.blobs import Blobs, reading_blobs
from i18n_pipeline.history.steps import Step, steps
from i18n_pipeline.model import Key, Unit
from i18n_pipeline.stages.provenance import says
from i18n_pipeline.values import dataclass, field

_AT_HAND = 12
"""Versions of files whose parts are kept: branches that take turns in the log share theirs."""

Blocks = frozenset[bytes]
"""The parts of a file between blank lines, a unit each as a rule."""


@dataclass(frozen=True, slots=True)
class Change:
    """A unit that one commit changed: as each parent had it (None where it had not), and since."""

    commit: Commit
    before: tuple[Unit | None, ...]
    after: Unit | None

    @property
    def key(self) -> Key:
        """The unit's identity."""
        return next(one.key for one in (self.after, *self.before) if one is not None)

    @property
    def is_new(self) -> bool:
        """Whether no parent had its text in its state: it came about in this commit."""
        return all(says(one) != says(self.after) for one in self.before)

    @property
    def approves(self) -> bool:
        """Whether this commit is where its text was approved, by whoever made it."""
        return self.is_new and self.after is not None and self.after.reviewed

    @property
    def joins(self) -> bool:
        """Whether a merge put one branch's mark on the other branch's text: nobody approved it.

        Merged by lines, an approval of one text can meet another text in the unit.
        """
        texts = [one.target for one in self.before if one is not None]
        return len(self.before) > 1 and self.approves and self._target in texts

    @property
    def _target(self) -> str:
        return self.after.target if self.after is not None else ""


@dataclass(frozen=True)
class Tracer:
    """The history of a locale's review files: where they are now, and the folders to look in."""

    history: History
    paths: tuple[str, ...]
    folders: tuple[str, ...]
    _known: dict[bytes, tuple[Unit, ...]] = field(default_factory=dict)

    def changes(self, about: Sequence[bytes] = ()) -> Iterator[Change]:
        """What became of units, the newest commit first; only of those in parts with these bytes.

        A part is looked at if it holds any of `about`, or if that is empty.
        """
        if self.history.missing:
            return
        with reading_blobs(self.history.root) as read:
            cut = _Cutter(read, about)
            for step in steps(self.history, self.paths, self.folders):
                yield from self._changes(step, cut)

    def _changes(self, step: Step, cut: _Cutter) -> Iterator[Change]:
        now = _together([cut(after) for _, after in step.files])
        parents = [
            _together([cut(before[at]) for before, _ in step.files if at < len(before)])
            for at in range(max(len(before) for before, _ in step.files))
        ]
        added = self._units(now.difference(*parents))
        gone = [self._units(parent - now) for parent in parents]
        lost = set.intersection(*map(set, gone)) if gone else set()
        for key in sorted(set(added) | lost):
            yield Change(step.commit, tuple(one.get(key) for one in gone), added.get(key))

    def _units(self, blocks: Iterable[bytes]) -> Mapping[Key, Unit]:
        found: dict[Key, Unit] = {}
        for block in blocks:
            if block not in self._known:
                self._known[block] = units_in(block)
            found |= {unit.key: unit for unit in self._known[block]}
        return found


def _together(parts: Sequence[Blocks]) -> Blocks:
    """The parts of all files; one file's as they are, for those are many."""
    return parts[0] if len(parts) == 1 else frozenset().union(*parts)


class _Cutter:
    """Cuts files into parts; those of the last few are at hand."""

    def __init__(self, read: Blobs, about: Sequence[bytes]) -> None:
        self._read, self._about = read, about
        self._last: dict[str, Blocks] = {}

    def __call__(self, blob: str) -> Blocks:
        known = self._last.pop(blob, None)
        if known is None:
            known = frozenset(self._cut(self._read(blob)))
            if len(self._last) > _AT_HAND:
                del self._last[next(iter(self._last))]
        self._last[blob] = known
        return known

    def _cut(self, data: bytes) -> Iterable[bytes]:
        if not self._about:
            return parts(data)
        if b"\r" in data:
            data = data.replace(b"\r\n", b"\n")
        return (block for one in self._about for block in _holding(data, one))


def parts(data: bytes) -> Iterable[bytes]:
    """The parts of a review file between blank lines, whatever its line ends."""
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
    *blocks, last = data.split(b"\n\n")  # the last of a file ends as any other
    return (*blocks, last.rstrip(b"\n"))


def _holding(data: bytes, needle: bytes) -> Iterator[bytes]:
    """The parts of a file that hold some bytes."""
    at = data.find(needle)
    while at >= 0:
        before = data.rfind(b"\n\n", 0, at)
        start = before + 2 if before >= 0 else 0
        end = data.find(b"\n\n", at)
        end = len(data) if end < 0 else end
        yield data[start:end].rstrip(b"\n")
        at = data.find(needle, end)
