"""Which of our units says what a foreign one says, and which of several translations is its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from i18n_pipeline.markdown import folded
from i18n_pipeline.model import Key, Kind, Segment
from i18n_pipeline.stages.foreign.splitting import pieces
from i18n_pipeline.stages.foreign.values import Foreign, Left
from i18n_pipeline.stages.foreign.wording import (
    Likeness,
    breaks_in,
    has_numbers,
    in_our_words,
    lines_are_breaks,
    readings,
    tokens_in,
    with_breaks,
)

_NOWHERE = "no unit says this"
_CODE = ("Fenced code block", "Code", "Verbatim")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stands: its segment, and the path of its document."""

    segment: Segment
    path: str


@dataclass(frozen=True, slots=True)
class Match:
    """A foreign translation of a unit, as we write it; `likeness` of its source to ours."""

    foreign: Foreign
    target: str
    likeness: Likeness

    @property
    def is_done(self) -> bool:
        """Whether it may count as reviewed: its source is ours but for blanks and spelling."""
        return self.foreign.done and self.likeness is not Likeness.LETTERS


@dataclass(frozen=True)
class Matches:
    """Translations by the unit they are of, the best first, each text once; and what is left."""

    found: Mapping[Key, tuple[Match, ...]]
    left: tuple[Left, ...]


def matched(
    foreign: Iterable[Foreign], places: Mapping[Key, Place], extensions: frozenset[str]
) -> Matches:
    """Find the units of foreign translations by what they say; one may be that of many."""
    index = _Index(places, extensions)
    fields = frozenset(place.segment.field.casefold() for place in places.values())
    found: dict[Key, list[Match]] = defaultdict(list)
    left: list[Left] = []
    homes: dict[Foreign, set[Key]] = defaultdict(set)
    for whole in foreign:
        parts = pieces(whole, extensions)
        hits = [(part, *index.find(part)) for part in parts]
        for part, matches, _ in hits:
            for key, match in matches:
                found[key].append(match)
                homes[part].add(key)
        left += _left(whole, hits, fields)
    chosen = {key: tuple(_ranked(key, found[key], places, homes)) for key in found}
    return Matches(chosen, tuple(left))


def _left(
    whole: Foreign,
    hits: Sequence[tuple[Foreign, Sequence[tuple[Key, Match]], str]],
    fields: frozenset[str],
) -> Iterator[Left]:
    """What found no place: a whole text, or parts of it; front matter only of fields we know."""
    if not any(matches for _, matches, _ in hits):
        code = whole.kind.startswith(_CODE)
        yield Left(whole, "code is not translated" if code else hits[0][2])
        return
    for part, matches, why in hits:
        if not matches and (not part.field or part.field.casefold() in fields):
            yield Left(part, why)


class _Index:
    """Our units by what they say, in three readings."""

    def __init__(self, places: Mapping[Key, Place], extensions: frozenset[str]) -> None:
        self._places = places
        self._extensions = extensions
        self._keys: dict[tuple[Likeness, str], list[Key]] = defaultdict(list)
        for key, place in places.items():
            if place.segment.kind is Kind.EXTRA:
                continue
            tokens = tokens_in(key[1], place.segment.definitions, extensions)
            for likeness, reading in readings(key[1], tokens):
                if reading:
                    self._keys[likeness, reading].append(key)

    def find(self, foreign: Foreign) -> tuple[list[tuple[Key, Match]], str]:
        """The units of a foreign text, by the most exact reading that has any; or why none."""
        tokens = tokens_in(foreign.source, "", self._extensions)
        reason = _NOWHERE
        for likeness, reading in readings(foreign.source, tokens):
            found: list[tuple[Key, Match]] = []
            for key in self._keys.get((likeness, reading), ()) if reading else ():
                if not _is_of_field(foreign, self._places[key].segment):
                    continue
                target = self._target(foreign, key)
                if target is None:
                    reason = "nobody knows what its placeholders stand for"
                else:
                    found.append(
                        (key, Match(foreign, target, _likeness(foreign, key[1], likeness)))
                    )
            if found:
                return found, ""
        return [], reason

    def _target(self, foreign: Foreign, key: Key) -> str | None:
        """A foreign translation as ours would be; None where its placeholders are not known."""
        segment, ours = self._places[key].segment, key[1]
        source, target = foreign.source.strip(), foreign.target.strip()
        if lines_are_breaks(source, ours):
            source, target = with_breaks(source, ours), with_breaks(target, ours)
        elif segment.markdown:
            target = folded(target)
        return in_our_words(source, target, ours)


def _likeness(foreign: Foreign, ours: str, likeness: Likeness) -> Likeness:
    """How like ours a source is: words between numbered placeholders were compared one by one."""
    if has_numbers(foreign.source, ours):
        return Likeness.MARKUP
    kept = breaks_in(foreign.source) == breaks_in(ours) or lines_are_breaks(foreign.source, ours)
    return likeness if kept else Likeness.LETTERS


def _is_of_field(foreign: Foreign, segment: Segment) -> bool:
    """Whether a value of the front matter is that of the unit's field; else it says nothing."""
    return not foreign.field or foreign.field.casefold() == segment.field.casefold()


def _ranked(
    key: Key,
    matches: Sequence[Match],
    places: Mapping[Key, Place],
    homes: Mapping[Foreign, set[Key]],
) -> Iterator[Match]:
    """The translations of a unit, its own document's first; others' where they have no other."""
    often = Counter(match.target for match in matches)
    place = places[key]

    def rank(match: Match) -> tuple[int, bool, int, bool, bool, int, int]:
        foreign = match.foreign
        return (
            _apart(foreign.path, place.path, key),
            not foreign.field and not place.segment.markdown,
            match.likeness,
            not foreign.done,
            foreign.obsolete,
            -often[match.target],
            foreign.line,
        )

    ordered = sorted(matches, key=rank)
    own = _apart(ordered[0].foreign.path, place.path, key) == 0
    said: set[str] = set()
    for match in ordered:
        is_others = (
            own
            and _apart(match.foreign.path, place.path, key)
            and any(
                _apart(match.foreign.path, places[other].path, other) == 0
                for other in homes[match.foreign]
            )
        )
        if match.target not in said and not is_others:
            said.add(match.target)
            yield match


def _apart(said: str, path: str, key: Key) -> int:
    """0 where a path is the document's, 1 where nobody says, 2 where it is another's."""
    if not said:
        return 1
    slug = key[0].rpartition("/")[0]
    if not slug:
        return 1
    stem = said.rpartition("/")[2].rpartition(".")[0]
    return 0 if path.endswith(f"/{said}") or path == said or stem == slug.rpartition("/")[2] else 2
