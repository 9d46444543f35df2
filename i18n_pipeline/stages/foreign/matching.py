"""Which of our units says what a foreign one says, and which of several translations is its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from i18n_pipeline.links import with_destinations
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
from i18n_pipeline.values import dataclass

_ANOTHERS = 2
"""How far apart a text of another document is."""

_NOWHERE = "no unit says this"
_ELSEWHERE = "it is another document's, and that is not here"
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
    foreign: Iterable[Foreign],
    places: Mapping[Key, Place],
    extensions: frozenset[str],
    canonical: Callable[[str], str] = str,
) -> Matches:
    """Find the units of foreign translations by what they say; one may be that of many.

    `canonical` gives a link of a translation the form that the source has: other programs hold
    what the pages say.
    """
    index = _Index(places, extensions, canonical)
    fields = frozenset(place.segment.field.casefold() for place in places.values())
    found: dict[Key, list[Match]] = defaultdict(list)
    left: list[Left] = []
    for whole in foreign:
        hits = [(part, *index.find(part)) for part in pieces(whole, extensions)]
        left += _left(whole, hits, fields)
        for _, matches, _ in hits:
            for key, match in matches:
                found[key].append(match)
    chosen = _Choice(places, found).chosen()
    return Matches(chosen, (*left, *_unused(found, chosen)))


def _unused(
    found: Mapping[Key, Sequence[Match]], chosen: Mapping[Key, Sequence[Match]]
) -> Iterator[Left]:
    """What was found for units and says nothing there: texts of documents that are not here."""
    said = {(key, match.target) for key, matches in chosen.items() for match in matches}
    heard: dict[Foreign, bool] = {}
    for key, matches in found.items():
        for match in matches:
            before = heard.get(match.foreign, False)
            heard[match.foreign] = before or (key, match.target) in said
    yield from (Left(foreign, _ELSEWHERE) for foreign, is_said in heard.items() if not is_said)


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

    def __init__(
        self,
        places: Mapping[Key, Place],
        extensions: frozenset[str],
        canonical: Callable[[str], str],
    ) -> None:
        self._places = places
        self._extensions = extensions
        self._canonical = canonical
        self._keys: dict[tuple[Likeness, str], list[Key]] = defaultdict(list)
        for key, place in places.items():
            if place.segment.kind is Kind.EXTRA:
                continue
            tokens = tokens_in(key[1], place.segment.definitions, extensions)
            for likeness, reading in readings(key[1], tokens):
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
        said = in_our_words(source, target, ours)
        if said is None or not segment.markdown:
            return said
        tokens = tokens_in(said, segment.definitions, self._extensions)
        return with_destinations(said, tokens, self._canonical)


def _likeness(foreign: Foreign, ours: str, likeness: Likeness) -> Likeness:
    """How like ours a source is: words between numbered placeholders were compared one by one."""
    if has_numbers(foreign.source, ours):
        return Likeness.MARKUP
    kept = breaks_in(foreign.source) == breaks_in(ours) or lines_are_breaks(foreign.source, ours)
    return likeness if kept else Likeness.LETTERS


def _is_of_field(foreign: Foreign, segment: Segment) -> bool:
    """Whether a value of the front matter is that of the unit's field; else it says nothing."""
    return not foreign.field or foreign.field.casefold() == segment.field.casefold()


class _Choice:
    """Which of the translations that were found for a unit are its own, and in which order.

    One that is said to be of a document is that document's. Only where that is not here it may be
    another's, and only where no document has a translation of the same source of its own: then
    memory knows better.
    """

    def __init__(self, places: Mapping[Key, Place], found: Mapping[Key, Sequence[Match]]) -> None:
        self._places = places
        self._found = found
        own = [(key, match) for key, matches in found.items() for match in matches]
        own = [(key, match) for key, match in own if self._apart(key, match) == 0]
        self._at_home = {match.foreign for _, match in own}
        self._known = {key[1] for key, _ in own}

    def chosen(self) -> Mapping[Key, tuple[Match, ...]]:
        """The translations of each unit, the best first, each text once."""
        ranked = {key: tuple(self._ranked(key)) for key in self._found}
        return {key: matches for key, matches in ranked.items() if matches}

    def _ranked(self, key: Key) -> Iterator[Match]:
        matches = [match for match in self._found[key] if self._may_be(key, match)]
        often = Counter(match.target for match in matches)
        plain = not self._places[key].segment.markdown

        def rank(match: Match) -> tuple[int, bool, int, bool, bool, int, int]:
            foreign = match.foreign
            return (
                self._apart(key, match),
                plain and not foreign.field,
                match.likeness,
                not foreign.done,
                foreign.obsolete,
                -often[match.target],
                foreign.line,
            )

        said: set[str] = set()
        for match in sorted(matches, key=rank):
            if match.target not in said:
                said.add(match.target)
                yield match

    def _may_be(self, key: Key, match: Match) -> bool:
        if self._apart(key, match) < _ANOTHERS:
            return True
        return match.foreign not in self._at_home and key[1] not in self._known

    def _apart(self, key: Key, match: Match) -> int:
        """0 where a text is said to be of the unit's document, 1 where nobody says, else 2."""
        slug = key[0].rpartition("/")[0]
        if not match.foreign.paths or not slug:
            return 1
        path = self._places[key].path
        is_own = any(_is_of(said, path, slug) for said in match.foreign.paths)
        return 0 if is_own else _ANOTHERS


def _is_of(said: str, path: str, slug: str) -> bool:
    stem = said.rpartition("/")[2].rpartition(".")[0]
    return path == said or path.endswith(f"/{said}") or stem == slug.rpartition("/")[2]
