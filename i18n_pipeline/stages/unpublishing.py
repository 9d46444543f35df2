"""Unpublishing: whether a page says only what people had reviewed, and its units sent back."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.model import Key, Kind, Lock, LockEntry, Segment, State, Unit, unit_hash
from i18n_pipeline.stages.rejecting import bare
from i18n_pipeline.stages.remembered import Layout, remembered
from i18n_pipeline.values import dataclass, replace

_TAKEN_BACK = "Page taken back: it is built again when all of its texts are reviewed"


def held_by(lock: Lock) -> frozenset[str]:
    """The slugs whose pages people took back."""
    return frozenset(slug for slug, entry in lock.entries.items() if entry.held is not None)


def with_reason(
    units: Iterable[Unit], held: Container[str], segments: Mapping[Key, Segment]
) -> Iterator[Unit]:
    """The units, of which those that a page taken back waits for say so."""
    for unit in units:
        waits = unit.key in segments and segments[unit.key].required
        waits = waits and _TAKEN_BACK not in unit.notes  # said already, by a run that was killed
        if waits and unit.slug in held and not unit.obsolete and not unit.reviewed:
            first = next(
                (n for n, note in enumerate(unit.notes) if note.startswith("Check ")), None
            )
            before, after = unit.notes[:first], () if first is None else unit.notes[first:]
            yield replace(unit, notes=(*before, _TAKEN_BACK, *after))
        else:
            yield unit


def sent_back(unit: Unit) -> Unit:
    """A reviewed unit that waits for review again, with its text."""
    return replace(unit, reviewed=False)


def reviewed_again(unit: Unit, held: Container[str]) -> Unit:
    """A unit that was sent back, as it was before; one that was touched since stays as it is."""
    if unit.obsolete or unit.state is not State.NEEDS_REVIEW or unit_hash(unit) not in held:
        return unit
    notes = tuple(note for note in unit.notes if note != _TAKEN_BACK)
    return replace(unit, reviewed=True, notes=notes)


@dataclass(frozen=True)
class BuiltPage:
    """A page, and what the lock of its time knew of it."""

    file: TermFile
    entry: LockEntry

    @property
    def translated(self) -> tuple[Segment, ...]:
        """Its texts but for those of blocks that it had of its own."""
        if not remembered(self.entry):
            return self.file.segments
        sources = Layout.of_file(self.file.body, self.entry).sources
        own = {
            slot.segment
            for slot, source in zip(self.file.body.slots, sources, strict=True)
            if not source
        }
        return tuple(one for one in self.file.segments if one not in own)


def was_reviewed(
    page: BuiltPage, units: Iterable[Unit], slug: str, extensions: frozenset[str]
) -> bool:
    """Whether every text of a page is one that somebody had reviewed, as the units of its time say.

    What the page had of its own was a person's anyway. Lists and fields of the locale's own wait
    for nobody. What was obsolete by then counts: a page may be older than its source.
    """
    reviewed = [u for u in units if u.slug in (slug, "") and u.state is State.REVIEWED]
    wanted = [one for one in page.translated if one.required]
    if not any(unit.slug for unit in reviewed) or not wanted:
        return False
    known: dict[bool, set[str]] = {True: set(), False: set()}
    for unit in reviewed:
        for markdown, texts in known.items():
            assumed = Segment(unit.field, Kind.PARAGRAPH, unit.source, markdown=markdown)
            texts.add(bare(unit.target, assumed, extensions))
    return all(bare(one.source, one, extensions) in known[one.markdown] for one in wanted)
