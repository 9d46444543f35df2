"""Where single reviewed texts belong in a file that was built from an older source."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from i18n_pipeline.formats.body import Body, Patch, Slot
from i18n_pipeline.formats.front_matter import Change, SetText, at, scalars
from i18n_pipeline.formats.term_fields import FieldSlot
from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.links import with_destinations
from i18n_pipeline.model import Kind, Segment
from i18n_pipeline.placeholders import tokens_of
from i18n_pipeline.stages.front_changes import set_items
from i18n_pipeline.stages.places import places
from i18n_pipeline.stages.saying import said, short, slot_says
from i18n_pipeline.stages.term import Texts
from i18n_pipeline.values import dataclass


@dataclass(frozen=True, slots=True)
class Correction:
    """What a slot should say, as it is read back, and which of the segments that translates."""

    text: str
    segment: int


Corrections = Mapping[int, Correction]
"""Corrections by the position of the slot."""


def segment_hashes(sources: Iterable[str]) -> tuple[str, ...]:
    """Short hashes of a body's source texts: what the lock remembers of them."""
    return tuple(map(short, sources))


def body_corrections(
    existing: Body,
    base: Sequence[str],
    segments: Sequence[Segment],
    wanted: Texts,
    *,
    same_address: Callable[[str], str] = lambda address: address,
) -> tuple[Corrections, list[int]]:
    """What the slots of a body built from an older source should say, by their position.

    `base` are the hashes of the source texts it was built from ("" for texts of its own), `wanted`
    the texts for the source's segments as they are now; addresses are compared as `same_address`
    gives them. Also returned: the positions of texts without a certain place.
    """
    found = places(base, segment_hashes(segment.source for segment in segments))
    corrections: dict[int, Correction] = {}
    lost: list[int] = []
    for here, text in enumerate(wanted):
        if text is None:
            continue
        there = found.get(here, -1) if len(base) == len(existing.slots) else -1
        if there < 0 or existing.slots[there].segment.kind is not segments[here].kind:
            lost.append(here)
        else:
            slot = existing.slots[there]
            corrections[there] = Correction(_said_by(existing, slot, text, same_address), here)
    return corrections, lost


def _said_by(existing: Body, slot: Slot, text: str, same_address: Callable[[str], str]) -> str:
    """What a slot reads as with a text in it; as it does already, where that says the same."""

    def says(words: str) -> str:
        tokens = tokens_of(slot.segment, words, existing.extensions)
        plain = with_destinations(words, tokens, same_address)
        return said(plain, slot.segment, existing.extensions)

    wanted, there = existing.reads_as(slot, text), slot.segment.source
    same = slot_says(existing, slot) == said(wanted, slot.segment, existing.extensions)
    return there if same or says(wanted) == says(there) else wanted


def patches(existing: Body, corrections: Corrections) -> Iterator[Patch]:
    """The patches that make slots say what they should; none where they do."""
    for there, one in corrections.items():
        slot = existing.slots[there]
        if slot.segment.source != one.text:
            yield existing.edit(slot, one.text)


def field_corrections(
    source: TermFile, wanted: Texts, target: TermFile, own: Collection[str] = ()
) -> tuple[list[Change], list[int]]:
    """The same for front matter: the changes, and the positions of texts without a place.

    An item of a list has a certain place only where all of the list's texts are there. `own` are
    keys whose values stay as a person chose them.
    """
    changes: list[Change] = []
    lost: list[int] = []
    for here, (slot, text) in enumerate(zip(source.fields, wanted, strict=True)):
        if text is None or slot.path[0] in own:
            continue
        if slot.segment.kind is Kind.LIST:
            changes += _items(slot, text, target)
            continue
        path = (_spelled(slot, target), *slot.path[1:])
        there = at(target.values, path)
        if not isinstance(there, str):
            lost.append(here)
        elif there.rstrip("\n") == text:
            continue
        elif _is_certain(slot, source, wanted, target):
            changes.append(SetText(path, text))
        else:
            lost.append(here)
    return changes, lost


def _spelled(slot: FieldSlot, target: TermFile) -> str:
    """A slot's key as the target spells it: names match without regard to case."""
    key = str(slot.path[0])
    return next((name for name in target.values if name.casefold() == key.casefold()), key)


def _items(slot: FieldSlot, text: str, target: TermFile) -> Iterator[Change]:
    key, items = _spelled(slot, target), tuple(text.split("\n"))
    if key in target.values and target.list_items(key) != items:
        yield set_items(key, target.values[key], items)


def _is_certain(slot: FieldSlot, source: TermFile, wanted: Texts, target: TermFile) -> bool:
    if all(isinstance(step, str) for step in slot.path):
        return True
    key = str(slot.path[0])
    complete = all(
        text is not None
        for other, text in zip(source.fields, wanted, strict=True)
        if other.path[0] == key
    )
    here = scalars(source.values[key])
    there = scalars(target.values[_spelled(slot, target)])
    return complete and [path for path, _ in here] == [path for path, _ in there]
