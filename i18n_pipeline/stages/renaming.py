"""Rename: one rendering of a term becomes another in all units, and back again without a trace.

Where the old rendering stands as it is written, it is replaced; where it is inflected, part of
a word, or beside the new one already, a person has to look. All of these units need review, and a
translator's comment says why; it also says how to undo it, so that the inverse gives every byte
back. Code, addresses and slugs are never looked into.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.glossary import Entry, Glossary, Rendered, same_term
from i18n_pipeline.glossary.pieces import is_spaceless
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS, Span, Token, word_ranges
from i18n_pipeline.model import Key, Kind, Segment, Unit, digest, draft_hash
from i18n_pipeline.placeholders import tokens_of
from i18n_pipeline.values import dataclass, replace

_MARK = expression(
    r"i18n: renamed (?P<source>.+): (?P<old>.+) → (?P<new>.+) "
    r"\((?P<places>\d+) by itself(?P<reviewed>, was reviewed)?, (?P<hash>[0-9a-f]{6})\)"
)
_OWN = frozenset({Kind.NAME, Kind.LIST})


@dataclass(frozen=True, slots=True)
class Rename:
    """The term `source` is to be `new` instead of `old`."""

    source: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """What became of one unit.

    `by_hand`: a person has to find the words; `undone`: an earlier rename was taken back.
    """

    before: Unit
    after: Unit
    by_hand: bool = False
    undone: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a comment says about a unit that was renamed."""

    rename: Rename
    places: int
    reviewed: bool
    hash: str

    def __str__(self) -> str:
        one = self.rename
        was = ", was reviewed" if self.reviewed else ""
        return (
            f"i18n: renamed {one.source}: {one.old} → {one.new} "
            f"({self.places} by itself{was}, {self.hash})"
        )


@dataclass(frozen=True)
class Renamer:
    """One rename over the units of a locale.

    `entries` are those of the term, whose accepted forms of the old rendering are looked for;
    `glossary` is the whole terminology: renderings of other terms stay as they are.
    """

    rename: Rename
    glossary: Glossary
    entries: tuple[Entry, ...]
    locale: str
    extensions: frozenset[str] = DEFAULT_EXTENSIONS

    def over(self, units: Iterable[Unit], segments: Mapping[Key, Segment]) -> Iterator[Renamed]:
        """The units that change, in order.

        Where there is something to take back, only what the earlier rename has marked changes:
        who said the old word before that rename, goes on saying it.
        """
        asked = [(unit, segments.get(unit.key, _segment(unit))) for unit in units]
        undone = {unit: self._undone(unit, segment) for unit, segment in asked}
        takes_back = any(undone.values())
        for unit, segment in asked:
            found = undone[unit]
            if found is None and (not takes_back or self._inverse_mark(unit)):
                found = self._renamed(unit, segment)
            if found is not None:
                yield found

    def _undone(self, unit: Unit, segment: Segment) -> Renamed | None:
        """The unit as it was before the rename that this one is the inverse of."""
        mark = self._inverse_mark(unit)
        if mark is None or unit.reviewed or mark.hash != _hash(unit):
            return None
        spans = self._places(unit, segment) if mark.places else []
        back = replace(
            unit,
            target=self._replaced(unit.target, spans),
            reviewed=mark.reviewed,
            comments=tuple(one for one in unit.comments if one != str(mark)),
        )
        return Renamed(unit, _redrafted(back, unit), undone=True)

    def _inverse_mark(self, unit: Unit) -> _Mark | None:
        """What a comment says of the rename that this one is the inverse of."""
        one = self.rename
        wanted = Rename(one.source, one.new, one.old)
        marks = (mark for mark in map(_read, unit.comments) if mark is not None)
        return next((mark for mark in marks if mark.rename == wanted), None)

    def _renamed(self, unit: Unit, segment: Segment) -> Renamed | None:
        if not unit.target or not self._is_about(unit, segment):
            return None
        if not segment.is_translation:  # a reading follows the name in a way that no rule knows
            return Renamed(unit, self._marked(unit, []), by_hand=True) if unit.reviewed else None
        spans = self._places(unit, segment)
        changed = self._marked(unit, spans)
        if spans and self._gives_back(changed, unit, segment):
            return Renamed(unit, changed)
        if spans or self._uses_old(unit, segment):
            return Renamed(unit, self._marked(unit, []), by_hand=True)
        return None

    def _marked(self, unit: Unit, spans: Sequence[Span]) -> Unit:
        """The unit with the new rendering in some places, and a comment that says so."""
        target = self._replaced(unit.target, spans)
        changed = _redrafted(replace(unit, target=target, reviewed=False), unit)
        mark = _Mark(self.rename, len(spans), unit.reviewed, _hash(changed))
        return replace(changed, comments=(*unit.comments, str(mark)))

    def _gives_back(self, changed: Unit, unit: Unit, segment: Segment) -> bool:
        """Whether the inverse knows which of the new words were the old ones."""
        one = self.rename
        inverse = replace(self, rename=Rename(one.source, one.new, one.old))
        undone = inverse._undone(changed, segment)  # noqa: SLF001 - of the same class
        return undone is not None and undone.after == unit

    def _is_about(self, unit: Unit, segment: Segment) -> bool:
        """Whether a unit says the term: its source names it, or it is a name or keyword of it."""
        own = {entry.slug for entry in self.entries} - {""}
        if segment.kind in _OWN and unit.slug in own:
            return True
        found = self.glossary.occurring(unit.source, _tokens(segment, unit.source, self.extensions))
        return any(same_term(entry.source, self.rename.source) for entry in found)

    def _uses_old(self, unit: Unit, segment: Segment) -> bool:
        """Whether it uses the old rendering inflected, as a part of a word, or in another form."""
        tokens = _tokens(segment, unit.target, self.extensions)
        words = " ".join(unit.target[slice(*span)] for span in word_ranges(unit.target, tokens))
        of_old = (entry for entry in self.entries if entry.target == self.rename.old)
        forms = (form for entry in of_old for form in entry.forms)
        return any(map(Rendered(words, self.locale).uses, (self.rename.old, *forms)))

    def _places(self, unit: Unit, segment: Segment) -> list[Span]:
        """Where the old rendering stands as it is written, and not inside another term's."""
        text = unit.target
        found: list[Span] = []
        for start, end in word_ranges(text, _tokens(segment, text, self.extensions)):
            taken = [one.span() for one in self._others.finditer(text, start, end)]
            places = (match.span() for match in self._pattern.finditer(text, start, end))
            found += [place for place in places if not any(_holds(one, place) for one in taken)]
        return found

    def _replaced(self, text: str, spans: Sequence[Span]) -> str:
        parts: list[str] = []
        position = 0
        for start, end in spans:
            parts += [text[position:start], self._like(text[start:end])]
            position = end
        return "".join([*parts, text[position:]])

    def _like(self, words: str) -> str:
        """The new rendering, with the first letter as large as it is where it stands."""
        new = self.rename.new
        if words == self.rename.old:
            return new
        return new[0].upper() + new[1:] if words[0].isupper() else new[0].lower() + new[1:]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """The old rendering as whole words, its first letter in either case."""
        old = self.rename.old
        either = f"[{re.escape(old[0].lower())}{re.escape(old[0].upper())}]"
        first = either if len(old[0].lower()) == len(old[0].upper()) == 1 else re.escape(old[0])
        before = "" if is_spaceless(old[0]) else r"(?<!\w)"
        after = "" if is_spaceless(old[-1]) else r"(?!\w)"
        return re.compile(f"{before}{first}{re.escape(old[1:])}{after}")

    @cached_property
    def _others(self) -> re.Pattern[str]:
        """Renderings of other terms that hold the old one."""
        old = self.rename.old.casefold()
        others = (e for e in self.glossary.entries if not same_term(e.source, self.rename.source))
        forms = {form for entry in others for form in entry.spellings}
        longer = sorted(
            (f for f in forms if old in f.casefold() != old), key=lambda f: (-len(f), f)
        )
        return re.compile("|".join(map(re.escape, longer)) or r"(?!)", re.IGNORECASE)


def is_renamed(unit: Unit) -> bool:
    """Whether a rename has put a unit to review, and nobody has reviewed it since."""
    return not unit.reviewed and any(map(_read, unit.comments))


def unmarked(unit: Unit) -> Unit:
    """A unit without what a rename says of it, where a person has reviewed it since."""
    if not unit.reviewed:
        return unit
    comments = tuple(comment for comment in unit.comments if _read(comment) is None)
    return unit if comments == unit.comments else replace(unit, comments=comments)


def _holds(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _read(comment: str) -> _Mark | None:
    found = _MARK.fullmatch(comment)
    if found is None:
        return None
    rename = Rename(found["source"], found["old"], found["new"])
    return _Mark(rename, int(found["places"]), found["reviewed"] is not None, found["hash"])


def _hash(unit: Unit) -> str:
    return digest(unit.target, 3)


def _redrafted(unit: Unit, before: Unit) -> Unit:
    """A machine's draft that nobody touched is still one, with its new words."""
    if not before.is_draft or unit.origin is None:
        return unit
    return replace(unit, origin=replace(unit.origin, draft=draft_hash(unit.target)))


def _segment(unit: Unit) -> Segment:
    """What is known of a unit whose source is gone: its text."""
    return Segment(unit.field, Kind.PARAGRAPH, unit.source, markdown=True)


def _tokens(segment: Segment, text: str, extensions: frozenset[str]) -> tuple[Token, ...]:
    try:
        return tokens_of(segment, text, extensions)
    except BadFile:
        return ()
