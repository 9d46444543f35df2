"""What an author did to a term between two versions of its file: edited, new and vanished texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from i18n_pipeline.model import Key, Segment, Unit, context_of
from i18n_pipeline.stages.edits import Change, Ground, classify
from i18n_pipeline.stages.succession import successors
from i18n_pipeline.values import dataclass


@dataclass(frozen=True, slots=True)
class Traced:
    """One edited text: the segment as it is now, what it said before, what the edit means."""

    segment: Segment
    context: str
    old: str
    change: Change


@dataclass(frozen=True, slots=True)
class Trace:
    """What became of a term's texts; `new` and `gone` are how many came and went."""

    edited: tuple[Traced, ...] = ()
    new: int = 0
    gone: int = 0


def trace(slug: str, before: Sequence[Segment], now: Sequence[Segment], ground: Ground) -> Trace:
    """Which texts of a term took over from which, as an update would tell it."""
    old, new = _by_key(slug, before), _by_key(slug, now)
    vanished = _grouped(slug, [key for key in old if key not in new])
    waiting = _grouped(slug, [key for key in new if key not in old])
    edited: list[Traced] = []
    for field, keys in waiting.items():
        units = [Unit(*key) for key in vanished.get(field, ())]
        edited += _edited(successors(units, keys, new), new, ground)
    lost = sum(map(len, vanished.values())) - len(edited)
    came = sum(map(len, waiting.values())) - len(edited)
    order = {key: at for at, key in enumerate(new)}
    edited.sort(key=lambda one: order[one.context, one.segment.source])
    return Trace(tuple(edited), came, lost)


def _edited(
    heirs: Mapping[Key, Key], new: Mapping[Key, Segment], ground: Ground
) -> Iterator[Traced]:
    for (_, source), heir in heirs.items():
        segment = new[heir]
        change = classify(source, segment.source, segment, ground)
        yield Traced(segment, heir[0], source, change)


def _by_key(slug: str, segments: Sequence[Segment]) -> Mapping[Key, Segment]:
    found: dict[Key, Segment] = {}
    for segment in segments:
        found.setdefault((context_of(slug, segment), segment.source), segment)
    return found


def _grouped(slug: str, keys: Sequence[Key]) -> Mapping[str, list[Key]]:
    groups: dict[str, list[Key]] = defaultdict(list)
    for key in keys:
        groups[key[0].removeprefix(f"{slug}/")].append(key)
    return groups
