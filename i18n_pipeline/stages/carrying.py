"""What a source edit leaves of a translation's review: kept, patched, or looked at by a person.

`update` hands the old text on and has it reviewed. Here it is told what the edit means: a text
whose source still says what it said keeps its review, with the edit of links and code made in it.
Only what the edit of this very run has sent to review comes back from there: what a person has
marked never does.

A kept unit is reviewed, and its previous source (`#|`) is the one it was reviewed for; a note says
so, and tells it from one that an editor left behind. The next edit is compared with that source
too, so that many small edits are no way around a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from enum import StrEnum

from i18n_pipeline import origins
from i18n_pipeline.model import Catalog, Key, Kind, Segment, State, Unit, draft_hash
from i18n_pipeline.stages.edits import Borrowed, Change, EditKind, Ground, classify, patched
from i18n_pipeline.stages.edits.kinds import PROTECTED
from i18n_pipeline.stages.edits.telling import in_short
from i18n_pipeline.stages.kept import KEPT, is_kept, parent_of
from i18n_pipeline.stages.update import Updated
from i18n_pipeline.values import dataclass, replace

_NAMED = frozenset({Kind.NAME, Kind.VOCABULARY, Kind.LIST, Kind.EXTRA, Kind.DEFINITION_TITLE})
"""What is a name, or translates nothing: any edit of it is for a person."""


class Outcome(StrEnum):
    """What became of a translation whose source was edited."""

    KEPT = "kept"
    PATCHED = "patched"
    REVIEW = "to review"
    ANEW = "to draft anew"


@dataclass(frozen=True, slots=True)
class Edited:
    """A unit whose source was edited in this run: what kind of edit, and what followed."""

    key: Key
    kind: EditKind
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Carried:
    """The units after it, and what became of those whose source was edited."""

    units: tuple[Unit, ...]
    edited: tuple[Edited, ...] = ()


@dataclass(frozen=True)
class Carrying:
    """How a locale deals with edits.

    `review` are kinds of harmless edits that a person looks at all the same. `stands` says whether
    a text may stand in a unit's place: the checks that are errors. `locale` is the translations',
    `kept` are names that their terminology renders as they are (see `Borrowed`). `leads` says of an
    address, as it stands in Markdown, whether it is a term's, and `is_slip` of one and what it
    became, whether that is a slip of the pen: such an edit is for a person, until it is mended.
    """

    ground: Ground
    review: frozenset[EditKind] = frozenset()
    stands: Callable[[Unit], bool] = lambda _unit: True
    locale: str = ""
    kept: Callable[[], Set[str]] = frozenset
    leads: Callable[[str], bool] = lambda _address: False
    is_slip: Callable[[str, str], bool] = lambda _old, _new: False


def carry(updated: Updated, catalog: Catalog, how: Carrying) -> Carried:
    """The units of an update, those back in review for nothing with their review.

    `catalog` is as it was before the update: its notes tell which units were kept before.
    """
    return _Carry(updated, catalog, how).carried()


@dataclass(frozen=True)
class _Carry:
    updated: Updated
    before: Catalog
    how: Carrying

    def carried(self) -> Carried:
        units: list[Unit] = []
        edited: list[Edited] = []
        obsolete = Catalog(self.updated.units).obsolete_by_key
        for unit in self.updated.units:
            heir, old = unit, None if unit.obsolete else self.updated.heirs.get(unit.key)
            if old is not None:
                heir, told = self._handed_on(unit, old, obsolete)
                edited += told
            elif (led := self._led_right(unit, obsolete)) is not None:
                heir = led
                edited.append(Edited(unit.key, EditKind.DESTINATION, Outcome.PATCHED))
            units.append(self._noted(heir, obsolete))
        return Carried(tuple(units), tuple(edited))

    def _handed_on(
        self, unit: Unit, old: Unit, obsolete: Mapping[Key, Unit]
    ) -> tuple[Unit, list[Edited]]:
        segment = self.updated.segments[unit.key]
        if not old.target or segment.kind in (Kind.LIST, Kind.EXTRA):
            return unit, []
        change = self._change(old.source, unit, segment)
        if old.is_draft:
            found = self._draft(unit, old, change)
            otherwise = Outcome.ANEW
        else:
            found, change = self._persons(unit, old, change, obsolete)
            otherwise = Outcome.REVIEW
        outcome = otherwise
        if found is not None:
            outcome = Outcome.KEPT if found.target == old.target else Outcome.PATCHED
        kind = change.headline or EditKind.REFLOW
        return found or unit, [Edited(unit.key, kind, outcome)]

    def _persons(
        self, unit: Unit, old: Unit, change: Change, obsolete: Mapping[Key, Unit]
    ) -> tuple[Unit | None, Change]:
        """A person's text, reviewed for the new source too; None where a person has to look."""
        segment = self.updated.segments[unit.key]
        if old.state is State.NEEDS_REVIEW:
            reviewed = self._reviewed_before(old, segment, obsolete)
            if reviewed is None:
                return None, change
            old, change = reviewed, self._change(reviewed.source, unit, segment)
        base = old.previous if is_kept(old) else None
        if not self._allows(change, base, unit, segment):
            return None, change
        target = self._patched(change, old, unit, segment)
        if target is None:
            return None, change
        origin = old.origin if target == old.target else origins.patched(_words(change))
        previous = base or (None if change.is_protected else old.source)
        heir = replace(unit, target=target, reviewed=True, origin=origin, previous=previous)
        return (heir if self.how.stands(heir) else None), change

    def _led_right(self, unit: Unit, obsolete: Mapping[Key, Unit]) -> Unit | None:
        """A unit that waits for an address alone that was no term's, and is one's by now.

        Of all that waits only that has still the text that was reviewed for the address before:
        what a person has marked was led to the new one first.
        """
        if unit.obsolete or unit.key not in self.updated.segments:
            return None
        parent = parent_of(unit, obsolete)
        if unit.state is not State.NEEDS_REVIEW or parent is None or not parent.reviewed:
            return None
        change = self._change(parent.source, unit, self.updated.segments[unit.key])
        led = all(self.how.leads(new) for _, new in _exchanged(change))
        if not led or {*change.kinds} - {EditKind.REFLOW} != {EditKind.DESTINATION}:
            return None
        return self._persons(unit, parent, change, obsolete)[0]

    def _reviewed_before(
        self, old: Unit, segment: Segment, obsolete: Mapping[Key, Unit]
    ) -> Unit | None:
        """The reviewed unit whose text waits, untouched, because of an edit and not of a person."""
        parent = parent_of(old, obsolete)
        if parent is None or not parent.reviewed:
            return None
        sent = classify(parent.source, old.source, segment, self.how.ground)
        return None if self._is_allowed(sent) else parent

    def _draft(self, unit: Unit, old: Unit, change: Change) -> Unit | None:
        """A machine's draft that nobody touched, for the new source; None where one is wanted."""
        segment = self.updated.segments[unit.key]
        if not self._allows(change, old.previous, unit, segment):
            return None
        target = self._patched(change, old, unit, segment)
        if target is None or old.origin is None:
            return None
        origin = replace(old.origin, draft=draft_hash(target))
        previous = old.previous or (None if change.is_protected else old.source)
        heir = replace(unit, target=target, reviewed=False, origin=origin, previous=previous)
        return heir if self.how.stands(heir) else None

    def _change(self, source: str, unit: Unit, segment: Segment) -> Change:
        return classify(source, unit.source, segment, self.how.ground)

    def _allows(self, change: Change, base: str | None, unit: Unit, segment: Segment) -> bool:
        """Whether an edit leaves the text as it is, compared with the first source as well."""
        if segment.kind in _NAMED or not self._is_allowed(change):
            return False
        if base is None or change.is_protected:
            return True
        return self._is_allowed(self._change(base, unit, segment))

    def _is_allowed(self, change: Change) -> bool:
        if not change.is_harmless or not self.how.review.isdisjoint(change.kinds):
            return False
        return not any(self.how.is_slip(old, new) for old, new in _exchanged(change))

    def _patched(self, change: Change, old: Unit, unit: Unit, segment: Segment) -> str | None:
        texts = (old.source, unit.source, old.target)
        how = self.how
        borrowed = Borrowed(how.ground, how.locale, how.kept)
        return patched(change.swaps, texts, segment, borrowed)

    def _noted(self, unit: Unit, obsolete: Mapping[Key, Unit]) -> Unit:
        """A kept unit with the note that it was; what a person wrote anew since is none."""
        if unit.obsolete or not unit.reviewed or unit.previous is None:
            return unit
        known = self.before.by_key.get(unit.key)
        if not (is_kept(known) if known is not None else unit.key in self.updated.heirs):
            return unit
        parent = obsolete.get((unit.context, unit.previous))
        is_patched = origins.kind_of(unit.origin) is origins.OriginKind.PATCHED
        if known is not None and parent and parent.target != unit.target and not is_patched:
            return replace(unit, previous=None)
        segment = self.updated.segments.get(unit.key)
        if segment is None:
            return unit
        told = in_short(unit.previous, unit.source, segment, self.how.ground)
        return replace(unit, notes=(*unit.notes, f"{KEPT}{told}"))


def _exchanged(change: Change) -> Iterator[tuple[str, str]]:
    """The addresses and the like that became others, with what they became."""
    pairs = ((swap.old, swap.new) for swap in change.swaps)
    return ((old.value, new.value) for old, new in pairs if old and new)


def _words(change: Change) -> str:
    """What was patched, in words."""
    return ", ".join(kind for kind in change.kinds if kind in PROTECTED)


def counts_of(edited: Sequence[Edited], outcome: Outcome) -> Mapping[str, int]:
    """How many edits of each kind had an outcome, by the kind's name."""
    found = [one.kind for one in edited if one.outcome is outcome]
    return {str(kind): found.count(kind) for kind in dict.fromkeys(sorted(found))}
