"""Update a locale's units to the source as it is now: new, changed, vanished, returned.

People's words stay: a unit whose source changed hands its text on and stays as obsolete, a
vanished one stays as obsolete, a returned one is taken back. What they said beside a text that
nobody translated stays beside another (remarks.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from i18n_pipeline.model import (
    Catalog,
    Key,
    Kind,
    Segment,
    Unit,
    context_of,
    place_of,
)
from i18n_pipeline.origins import OriginKind, kind_of
from i18n_pipeline.stages.conflicts import settled
from i18n_pipeline.stages.kept import parent_of, reviewed_source
from i18n_pipeline.stages.remarks import with_remarks
from i18n_pipeline.stages.succession import successors
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass, replace


@dataclass(frozen=True)
class Updated:
    """The units of a locale after the update, in file order, and the segments of active ones.

    `heirs` are active units whose source took over from another's, each with that other unit.
    `astray`: what was said at a unit that is gone stands at one of another term, the first of all.
    """

    units: tuple[Unit, ...]
    segments: Mapping[Key, Segment]
    heirs: Mapping[Key, Unit]
    astray: bool = False


def update(
    catalog: Catalog,
    terms: Sequence[Term],
    *,
    untouched: frozenset[str] = frozenset(),
    partial: bool = False,
    urls: Mapping[str, str] | None = None,
) -> Updated:
    """Bring a locale's units up to the terms given.

    Units of the slugs in `untouched` (not adopted, or not asked for) pass as they are; with
    `partial` there are other terms, so vocabulary that these do not use passes too. `urls` are
    the pages' addresses by slug, for the translators.
    """
    job = _Update(catalog, untouched, partial, urls or {})
    for term in sorted(terms, key=lambda term: term.slug):
        job.take(term)
    return job.finish()


class _Update:
    def __init__(
        self,
        catalog: Catalog,
        untouched: frozenset[str],
        partial: bool,
        urls: Mapping[str, str],
    ) -> None:
        self._old = dict(catalog.by_key)
        self._obsolete = dict(catalog.obsolete_by_key)
        self._urls = urls
        self._partial = partial
        self._segments: dict[Key, Segment] = {}
        self._units: dict[Key, Unit] = {}
        self._vocabulary: dict[Key, Unit] = {}
        self._groups: dict[tuple[str, str], list[Unit]] = defaultdict(list)
        self._waiting: dict[tuple[str, str], list[Key]] = defaultdict(list)
        self._passed: dict[Key, Unit] = {}
        self._heirs: dict[Key, Unit] = {}
        self._said_in_vain: list[Unit] = []
        self._of_places: dict[str, list[Unit]] = defaultdict(list)
        self._with_places = {unit.context.rpartition("#")[0] for unit in catalog.units}
        for unit in catalog.units:
            if unit.obsolete:
                continue
            if unit.slug in untouched:
                self._passed[unit.key] = unit
            else:
                self._groups[unit.slug, unit.field].append(unit)
                if "#" in unit.context:
                    self._of_places[unit.slug].append(unit)

    def take(self, term: Term) -> None:
        """All segments of one term."""
        self._follow_places(term)
        page = self._urls.get(term.slug, "")
        for segment in term.segments:
            key = self._key(term.slug, segment)
            if key in self._segments:
                continue
            self._segments[key] = segment
            shared = segment.kind is Kind.VOCABULARY
            notes = _notes(segment, "" if shared else page)
            page = page if shared else ""
            path = "" if shared else term.path
            self._home(key)[key] = self._unit(key, segment, notes, path)

    def _key(self, slug: str, segment: Segment) -> Key:
        """The key of a segment's unit: its place's own if there is or was one, else the shared."""
        context = context_of(slug, segment)
        if context in self._with_places:
            own = (context + place_of(segment), segment.source)
            if self._is_known(own):
                return own
        return context, segment.source

    def _home(self, key: Key) -> dict[Key, Unit]:
        return self._units if "/" in key[0] else self._vocabulary

    def _unit(self, key: Key, segment: Segment, notes: tuple[str, ...], path: str) -> Unit:
        old = self._old.get(key)
        if old is not None:
            same = (old.notes, old.path) == (notes, path)
            return old if same else replace(old, notes=notes, path=path)
        if key in self._obsolete:
            return replace(self._obsolete.pop(key), obsolete=False, notes=notes, path=path)
        unit = Unit(*key, notes=notes, path=path)
        self._waiting[unit.slug, segment.field].append(key)
        return unit

    def _follow_places(self, term: Term) -> None:
        """Where headings were renamed, a place's own unit goes with its text.

        Only where it is clear which is whose: as many places without a unit of this text as units
        without a place, in the same order.
        """
        for (field, source), lost in self._lost_places(term).items():
            places = dict.fromkeys(
                context_of(term.slug, segment) + place_of(segment)
                for segment in term.segments
                if (segment.field, segment.source) == (field, source)
            )
            free = [place for place in places if not self._is_known((place, source))]
            if len(free) == len(lost) and not self._is_known((f"{term.slug}/{field}", source)):
                for unit, place in zip(lost, free, strict=True):
                    self._groups[unit.slug, unit.field].remove(unit)
                    self._old[place, source] = replace(unit, context=place)

    def _is_known(self, key: Key) -> bool:
        return key in self._old or key in self._obsolete

    def _lost_places(self, term: Term) -> Mapping[tuple[str, str], list[Unit]]:
        """Units of single places that the term no longer has, by field and source."""
        lost: dict[tuple[str, str], list[Unit]] = defaultdict(list)
        places = self._of_places.get(term.slug, [])
        segments = term.segments if places else ()
        keys = {self._key(term.slug, segment) for segment in segments}
        for unit in places:
            if unit.key not in keys:
                lost[unit.field, unit.source].append(unit)
        return lost

    def finish(self) -> Updated:
        """Hand texts on from vanished units to changed ones, and put the rest away."""
        for group, units in self._groups.items():
            vanished = [unit for unit in units if unit.key not in self._segments]
            if self._partial and not group[0]:
                self._vocabulary |= {unit.key: unit for unit in vanished}
                continue
            self._hand_on(vanished, self._waiting.get(group, []))
        self._take_lists_back()
        vocabulary = sorted(self._vocabulary.values(), key=lambda unit: unit.key)
        active = [*vocabulary, *self._in_order()]
        obsolete = sorted(self._obsolete.values(), key=lambda unit: unit.key)
        kept = with_remarks((*active, *obsolete), self._said_in_vain)
        slugs = {unit.slug for unit in kept}
        astray = any(unit.slug not in slugs for unit in self._said_in_vain)
        return Updated(kept, self._segments, self._heirs, astray)

    def _in_order(self) -> list[Unit]:
        """Units by slug, then position in the source; those passed through keep their order."""
        units = [*self._units.values(), *self._passed.values()]
        return sorted(units, key=lambda unit: unit.slug)

    def _hand_on(self, vanished: Sequence[Unit], waiting: Sequence[Key]) -> None:
        heirs = successors(vanished, waiting, self._segments)
        for unit in vanished:
            heir = heirs.get(unit.key)
            if heir is None:
                if not self._is_back(unit):
                    self._put_away(unit)
                continue
            self._heirs[heir] = unit
            home = self._home(heir)
            if not unit.by_person:
                home[heir] = replace(home[heir], comments=unit.comments)
                if unit.target:
                    self._put_away(unit)
                continue
            home[heir] = _heir(home[heir], unit, self._segments[heir].kind)
            moved = self._segments[heir].kind is Kind.LIST
            if not moved and parent_of(unit, self._obsolete) is None:
                self._put_away(settled(unit))  # what waits beside it waits beside its heir

    def _take_lists_back(self) -> None:
        """A localized list that was away comes back with its text, whatever its items are now."""
        away: dict[str, list[Unit]] = defaultdict(list)
        for unit in self._obsolete.values():
            away[unit.context].append(unit)
        for key in (key for waiting in self._waiting.values() for key in waiting):
            was = away.get(key[0], [])
            is_list = self._segments[key].kind is Kind.LIST
            if is_list and len(was) == 1 and not self._units[key].target:
                old = replace(self._obsolete.pop(was[0].key), obsolete=False)
                self._units[key] = _heir(self._units[key], old, Kind.LIST)

    def _is_back(self, unit: Unit) -> bool:
        """Whether an edit was undone: the unit before it is active again and says all it says."""
        parent = parent_of(unit, self._home(unit.key))
        return parent is not None and set(unit.comments) <= set(parent.comments)

    def _put_away(self, unit: Unit) -> None:
        """Keep a person's words, and a draft that a person commented, as obsolete; or comments."""
        if unit.by_person or (unit.target and unit.comments):
            self._obsolete[unit.key] = replace(
                unit,
                obsolete=True,
                notes=(),
                path="",
                origin=None,
                review=None,
                previous=None,
                previous_context=None,
            )
        elif unit.comments:
            self._said_in_vain.append(unit)


def _heir(unit: Unit, old: Unit, kind: Kind) -> Unit:
    """The unit of a changed source with the old text in it, for review.

    A text that was adopted still is: what a page said before us is told apart from our own.
    """
    origin = old.origin if kind_of(old.origin) is OriginKind.ADOPTED else None
    kept = replace(unit, target=old.target, origin=origin, comments=old.comments, flags=old.flags)
    if kind is Kind.LIST:
        return replace(kept, reviewed=old.reviewed)
    translated = reviewed_source(old)
    return replace(kept, reviewed=False, previous=translated if translated != unit.source else None)


def _notes(segment: Segment, page: str) -> tuple[str, ...]:
    where = segment.field if segment.kind is Kind.EXTRA else " › ".join(segment.headings)
    return _lines(segment.kind, where, segment.note, page)


@lru_cache(maxsize=256)  # texts under one heading share them
def _lines(kind: Kind, where: str, note: str, page: str) -> tuple[str, ...]:
    lines = [f"{kind}: {where}" if where else str(kind)]
    if note:
        lines.append(f"Note: {note}")
    if page:
        lines.append(f"Page: {page}")
    return tuple(lines)
