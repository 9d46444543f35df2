"""A source, as it is or was, laid beside a locale's file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from statistics import median

from i18n_pipeline.formats.front_matter import Path
from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.model import Kind, Segment
from i18n_pipeline.placeholders import tokens_of
from i18n_pipeline.stages.adopting.clues import Names, Text, letters
from i18n_pipeline.stages.adopting.copies import Copies
from i18n_pipeline.stages.adopting.evidence import Judged, judged
from i18n_pipeline.stages.adopting.lexicon import Lexicon, Page
from i18n_pipeline.stages.adopting.likeness import Likeness
from i18n_pipeline.stages.adopting.pairing import CLEAR, Pair, pair_up, total
from i18n_pipeline.stages.adopting.texts import Row, source_row, target_row
from i18n_pipeline.stages.site import Site
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass, field


@dataclass(frozen=True)
class Reading:
    """What reading a locale's files needs to know, the same for all of them."""

    site: Site
    names: Names
    like: Likeness
    lexicon: Lexicon = field(default_factory=Lexicon)
    copies: Copies = field(default_factory=Copies)


@dataclass(frozen=True)
class Match:
    """A revision of a term laid beside a locale's file: which texts belong together."""

    term: Term
    target: TermFile
    sources: Row
    targets: Row
    pairs: tuple[Pair, ...]
    like: Likeness

    @cached_property
    def judged(self) -> Judged:
        """What is to be held of each pair of texts, and of the whole."""
        return judged(self.pairs, self.sources.clues, self.targets.clues, self.like)

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


def words_in(segment: Segment, extensions: frozenset[str]) -> str:
    """What a reader sees of a segment: without addresses, code and marks."""
    tokens = tokens_of(segment, segment.source, extensions)
    return Text(segment.kind, segment.source, tokens).words


def match(term: Term, target: TermFile, reading: Reading) -> Match:
    """Lay a term's source beside a locale's file."""
    extensions, addresses = reading.site.rules.extensions, reading.site.addresses
    sources = source_row(term.file.body, reading.names, extensions)
    targets = target_row(target.body, reading.names, extensions, sources.terms, addresses.canonical)
    like = reading.like.on(reading.lexicon, term.slug, sources.clues)
    pairs = pair_up(sources.clues, targets.clues, like)
    return Match(term, target, sources, targets, tuple(pairs), like)


def words_of(found: Match) -> Page:
    """The words of all pairs that no other way would give other partners."""
    sources, targets = found.sources.clues, found.targets.clues
    return [
        (sources[pair.source].lexis, targets[pair.target].lexis)
        for pair in found.pairs
        if sources[pair.source].kind and pair.margin >= CLEAR
    ]


def translated_in(found: Match, extensions: frozenset[str]) -> Iterator[str]:
    """What a reader sees of the file's texts that do not say what their sources say."""
    for source, target in found.translated():
        if source.source != target.source and target.kind is not Kind.VOCABULARY:
            yield words_in(target, extensions)


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
