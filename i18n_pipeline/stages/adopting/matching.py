"""A source, as it is or was, laid beside a locale's file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from i18n_pipeline.formats.front_matter import Path
from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.model import Segment
from i18n_pipeline.stages.adopting.clues import Likeness, Names, letters
from i18n_pipeline.stages.adopting.pairing import Pair, pair_up, total
from i18n_pipeline.stages.adopting.texts import Row, source_row, target_row
from i18n_pipeline.stages.site import Site
from i18n_pipeline.stages.term import Term


@dataclass(frozen=True)
class Reading:
    """What reading a locale's files needs to know, the same for all of them."""

    site: Site
    names: Names
    like: Likeness


@dataclass(frozen=True)
class Match:
    """A revision of a term laid beside a locale's file: which texts belong together."""

    term: Term
    target: TermFile
    sources: Row
    targets: Row
    pairs: tuple[Pair, ...]

    @property
    def score(self) -> float:
        """How well the two fit together."""
        return total(self.pairs, len(self.sources.clues), len(self.targets.clues))

    def slots_of(self, pair: Pair) -> tuple[int, int]:
        """The positions of a pair's slots in both bodies; -1 for a block without texts."""
        return self.sources.slots[pair.source], self.targets.slots[pair.target]

    def fields(self) -> Iterator[tuple[Segment, Segment]]:
        """Segments of the front matter with those of the file: what has the same key."""
        there = {spelled(slot.path): slot.segment for slot in self.target.fields}
        for slot in self.term.file.fields:
            other = there.get(spelled(slot.path))
            if other is not None:
                yield slot.segment, other

    def translated(self) -> Iterator[tuple[Segment, Segment]]:
        """All segments of the source that have one in the file, with it."""
        yield from self.fields()
        sources, targets = self.term.file.body.slots, self.target.body.slots
        for pair in self.pairs:
            here, there = self.slots_of(pair)
            if here >= 0 and there >= 0:
                yield sources[here].segment, targets[there].segment


def spelled(path: Path) -> tuple[str | int, ...]:
    """A path of front matter as keys are compared: without regard to case."""
    return tuple(step.casefold() if isinstance(step, str) else step for step in path)


def match(term: Term, target: TermFile, reading: Reading) -> Match:
    """Lay a term's source beside a locale's file."""
    extensions, addresses = reading.site.rules.extensions, reading.site.addresses
    sources = source_row(term.file.body, reading.names, extensions)
    targets = target_row(target.body, reading.names, extensions, sources.terms, addresses.canonical)
    pairs = pair_up(sources.clues, targets.clues, reading.like)
    return Match(term, target, sources, targets, tuple(pairs))


def letters_for_one(pairs: Iterable[tuple[TermFile, TermFile]]) -> float:
    """How many letters a locale needs for one of the source's: the median over whole files."""
    ratios = [
        _letters(target) / _letters(source)
        for source, target in pairs
        if source.body.slots and target.body.slots
    ]
    return median(ratios) if ratios else 1.0


def _letters(file: TermFile) -> float:
    return sum(letters(slot.segment.source) for slot in file.body.slots)
