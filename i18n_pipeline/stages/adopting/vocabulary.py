"""What the locale's files call each value of a vocabulary: told by all files together.

Lists of values are ordered and shortened as people like, so what stands in the same files belongs
together, and only where that does not decide, what stands in the same place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from i18n_pipeline.model import Unit
from i18n_pipeline.origins import adopted
from i18n_pipeline.values import dataclass

_SAME_PLACE = 0.25
"""What standing in the same place of a list adds to a likeness of at most 1."""
_LEAST = 0.3
"""How alike the files of two values have to be, 0-1."""
_AGREED = 2 / 3
"""The share of the files that have to say the same for a value to count as reviewed."""

_COPIED = 2
"""How many believable files have to leave a value as it is, for it to stay so."""


@dataclass(frozen=True, slots=True)
class Use:
    """The values of one field in a source, and in the file of the locale at `path`.

    `sure` says that the file shows that it translates the source, `lines` where in the file its
    values stand.
    """

    path: str
    field: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    sure: bool = True
    lines: tuple[int, ...] = ()

    def line_of(self, target: str) -> int:
        """The line of the file where a value stands; 0 where that is not known."""
        return dict(zip(self.targets, self.lines, strict=False)).get(target, 0)


@dataclass(frozen=True)
class Vocabulary:
    """What is called what, by field and value; `agreed` are those that most files call so."""

    called: Mapping[tuple[str, str], str]
    agreed: frozenset[tuple[str, str]]

    def of(self, use: Use) -> Mapping[str, str]:
        """The values of a use that its file calls as others do, with what it calls them."""
        wanted = {source: self.called.get((use.field, source)) for source in use.sources}
        return {source: name for source, name in wanted.items() if name in use.targets and name}

    def is_own(self, use: Use) -> bool:
        """Whether a file says something else than others do, or in another order."""
        wanted = tuple(self.called.get((use.field, source)) for source in use.sources)
        return bool(use.targets) and wanted != use.targets

    def others(self, use: Use) -> tuple[str, ...]:
        """What a file says for none of the values as others call them."""
        known = set(self.of(use).values())
        return tuple(target for target in use.targets if target not in known)

    def units(self, uses: Sequence[Use]) -> Iterator[Unit]:
        """The units of all values that have a name, each from the first file that says so."""
        first: dict[tuple[str, str], str] = {}
        for use in uses:
            for source in self.of(use):
                first.setdefault((use.field, source), use.path)
        for key, path in sorted(first.items()):
            reviewed = key in self.agreed
            origin = adopted(path, "" if reviewed else "the files call it differently")
            yield Unit(*key, self.called[key], reviewed=reviewed, origin=origin)


def vocabulary_of(uses: Sequence[Use]) -> Vocabulary:
    """What the files call each value: the likeliest pairs first.

    A name serves one value, or two (`Concept` and `concept`) that no file has side by side.
    """
    said = Counter((use.field, source) for use in uses for source in use.sources if use.targets)
    beside = {
        (use.field, one, other) for use in uses for one in use.sources for other in use.sources
    }
    called: dict[tuple[str, str], str] = {}
    serves: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for score, field, source, target in sorted(_likeness(uses), key=lambda one: (-one[0], one[1:])):
        others = serves[field, target]
        taken = any((field, source, other) in beside for other in others)
        if score >= _LEAST and (field, source) not in called and not taken:
            called[field, source] = target
            others.append(source)
    agreeing = Counter(
        (use.field, source)
        for use in uses
        for source in use.sources
        if called.get((use.field, source)) in use.targets
    )
    believed = Counter(
        (use.field, source)
        for use in uses
        for source in use.sources
        if use.sure and called.get((use.field, source)) in use.targets
    )
    agreed = (
        key
        for key, name in called.items()
        if agreeing[key] >= _AGREED * said[key]
        and believed[key] >= (_COPIED if name == key[1] else 1)
    )
    return Vocabulary(called, frozenset(agreed))


def _likeness(uses: Iterable[Use]) -> Iterator[tuple[float, str, str, str]]:
    """How much the files of a value and those of a name are the same, for each pair."""
    together: defaultdict[tuple[str, str, str], list[bool]] = defaultdict(list)
    sources: Counter[tuple[str, str]] = Counter()
    targets: Counter[tuple[str, str]] = Counter()
    for use in uses:
        sources.update((use.field, source) for source in set(use.sources))
        targets.update((use.field, target) for target in set(use.targets))
        for source in set(use.sources):
            for target in set(use.targets):
                same = use.sources.index(source) == use.targets.index(target)
                together[use.field, source, target].append(same)
    for (field, source, target), places in together.items():
        dice = 2 * len(places) / (sources[field, source] + targets[field, target])
        yield dice + _SAME_PLACE * sum(places) / len(places), field, source, target
