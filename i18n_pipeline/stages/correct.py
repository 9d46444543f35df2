"""Where single reviewed texts belong in a file that was built from an older source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from i18n_pipeline.formats.body import Body, Patch
from i18n_pipeline.formats.front_matter import Change, SetText, at, scalars
from i18n_pipeline.formats.term_fields import FieldSlot
from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.model import Kind, Segment, digest
from i18n_pipeline.stages.alignment import aligned, gaps
from i18n_pipeline.stages.front_changes import set_items
from i18n_pipeline.stages.term import Texts


def segment_hashes(sources: Iterable[str]) -> tuple[str, ...]:
    """Short hashes of a body's source texts: what the lock remembers of them."""
    return tuple(digest(source, 3) for source in sources)


def body_corrections(
    existing: Body, base: Sequence[str], segments: Sequence[Segment], wanted: Texts
) -> tuple[Mapping[int, str], list[int]]:
    """What the slots of a body built from an older source should say, by their position.

    `base` are the hashes of the source texts it was built from, `wanted` the texts for the
    source's segments as they are now. Also returned: the positions of texts without a certain
    place.
    """
    places = _places(base, segment_hashes(segment.source for segment in segments))
    said: dict[int, str] = {}
    lost: list[int] = []
    for here, text in enumerate(wanted):
        if text is None:
            continue
        there = places.get(here, -1) if len(base) == len(existing.slots) else -1
        if there < 0 or existing.slots[there].segment.kind is not segments[here].kind:
            lost.append(here)
        else:
            said[there] = existing.reads_as(existing.slots[there], text)
    return said, lost


def _places(base: Sequence[str], now: Sequence[str]) -> Mapping[int, int]:
    """Positions now → then: the same text, or what took one text's place alone."""
    found = aligned(base, now)
    places = {**found, **_moved(base, now, found)}
    taken = set(places.values())
    for i1, i2, j1, j2 in gaps(found, len(base), len(now)):
        if i2 - i1 == j2 - j1 == 1 and j1 not in places and i1 not in taken:
            places[j1] = i1
    return places


def _moved(base: Sequence[str], now: Sequence[str], found: Mapping[int, int]) -> dict[int, int]:
    """Texts that stand elsewhere now: those that stood once then and stand once now."""
    left = set(range(len(base))) - set(found.values())
    rest = [at for at in range(len(now)) if at not in found]
    then, here = Counter(base[i] for i in left), Counter(now[j] for j in rest)
    then_at = {base[i]: i for i in left}
    return {j: then_at[now[j]] for j in rest if then[now[j]] == here[now[j]] == 1}


def patches(existing: Body, said: Mapping[int, str]) -> Iterator[Patch]:
    """The patches that make slots say what they should; none where they do."""
    for there, text in said.items():
        slot = existing.slots[there]
        if slot.segment.source != text:
            yield existing.patch(slot, text)


def field_corrections(
    source: TermFile, wanted: Texts, target: TermFile
) -> tuple[list[Change], list[int]]:
    """The same for front matter: the changes, and the positions of texts without a place.

    An item of a list has a certain place only where all of the list's texts are there.
    """
    changes: list[Change] = []
    lost: list[int] = []
    for here, (slot, text) in enumerate(zip(source.fields, wanted, strict=True)):
        if text is None:
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
