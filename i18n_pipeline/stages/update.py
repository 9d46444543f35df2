"""Update a locale's units to the source as it is now: new, changed, vanished, returned.

People's words go nowhere: a unit whose source changed hands its text on and stays as obsolete,
a vanished one stays as obsolete, a returned one is taken back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from i18n_pipeline.model import (
    Catalog,
    Key,
    Kind,
    Segment,
    State,
    Unit,
    context_of,
    place_of,
)
from i18n_pipeline.stages.term import Term

_SIMILAR = 0.4
"""Least similarity (0–1) at which an edited segment is taken for another's successor."""
_REACH = 50
"""How many places apart an edited segment is looked for: keeps a rewritten file linear."""


@dataclass(frozen=True)
class Updated:
    """The units of a locale after the update, in file order, and what happened."""

    units: tuple[Unit, ...]
    segments: Mapping[Key, Segment]
    new: frozenset[Key] = frozenset()
    changed: frozenset[Key] = frozenset()
    returned: frozenset[Key] = frozenset()


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
        self.old = catalog.by_key
        self.obsolete = dict(catalog.obsolete_by_key)
        self.urls = urls
        self._partial = partial
        self.segments: dict[Key, Segment] = {}
        self.changed: set[Key] = set()
        self.returned: set[Key] = set()
        self.new: set[Key] = set()
        self._units: dict[Key, Unit] = {}
        self._vocabulary: dict[Key, Unit] = {}
        self._groups: dict[tuple[str, str], list[Unit]] = defaultdict(list)
        self._waiting: dict[tuple[str, str], list[Key]] = defaultdict(list)
        self._passed: dict[Key, Unit] = {}
        for unit in catalog.units:
            if unit.obsolete:
                continue
            if unit.slug in untouched:
                self._passed[unit.key] = unit
            else:
                self._groups[unit.slug, unit.field].append(unit)

    def take(self, term: Term) -> None:
        """All segments of one term."""
        page = self.urls.get(term.slug, "")
        for segment in term.file.segments:
            context = context_of(term.slug, segment)
            own = (context + place_of(segment), segment.source)
            key = own if own in self.old else (context, segment.source)
            if key in self.segments:
                continue
            self.segments[key] = segment
            notes = _notes(segment, page if key[0].startswith(f"{term.slug}/") else "")
            page = "" if segment.kind is not Kind.VOCABULARY else page
            path = "" if segment.kind is Kind.VOCABULARY else term.path
            home = self._vocabulary if segment.kind is Kind.VOCABULARY else self._units
            home[key] = replace(self._unit(key, term.slug, segment), notes=notes, path=path)

    def _unit(self, key: Key, slug: str, segment: Segment) -> Unit:
        if key in self.old:
            return self.old[key]
        if key in self.obsolete:
            self.returned.add(key)
            return replace(self.obsolete.pop(key), obsolete=False)
        group = "" if segment.kind is Kind.VOCABULARY else slug
        self._waiting[group, segment.field].append(key)
        return Unit(*key)

    def finish(self) -> Updated:
        """Hand texts on from vanished units to changed ones, and put the rest away."""
        for group, units in self._groups.items():
            vanished = [unit for unit in units if unit.key not in self.segments]
            if self._partial and not group[0]:
                self._vocabulary |= {unit.key: unit for unit in vanished}
                continue
            self._hand_on(vanished, self._waiting.get(group, []))
        for waiting in self._waiting.values():
            self.new.update(key for key in waiting if key not in self.changed)
        vocabulary = sorted(self._vocabulary.values(), key=lambda unit: unit.key)
        active = [*vocabulary, *self._in_order()]
        obsolete = sorted(self.obsolete.values(), key=lambda unit: unit.key)
        return Updated(
            (*active, *obsolete),
            self.segments,
            frozenset(self.new),
            frozenset(self.changed),
            frozenset(self.returned),
        )

    def _in_order(self) -> list[Unit]:
        """Units by slug, then position in the source; those passed through keep their order."""
        units = [*self._units.values(), *self._passed.values()]
        vocabulary = [unit for unit in units if not unit.slug]
        return vocabulary + sorted((u for u in units if u.slug), key=lambda unit: unit.slug)

    def _hand_on(self, vanished: Sequence[Unit], waiting: Sequence[Key]) -> None:
        heirs = dict(_pairs(vanished, waiting, self.segments))
        for unit in vanished:
            heir = heirs.get(unit.key)
            if heir is None or not unit.by_person:
                self._put_away(unit)
                continue
            self.changed.add(heir)
            home = self._vocabulary if heir in self._vocabulary else self._units
            home[heir] = _heir(home[heir], unit, self.segments[heir].kind)
            if self.segments[heir].kind is not Kind.LIST:
                self._put_away(unit)

    def _put_away(self, unit: Unit) -> None:
        """Keep a person's words as obsolete; what merely waited for review of its parent goes."""
        if not unit.by_person:
            return
        parent = self.obsolete.get((unit.context, unit.previous or ""))
        if unit.state is State.NEEDS_REVIEW and parent and parent.target == unit.target:
            return
        self.obsolete[unit.key] = replace(
            unit,
            obsolete=True,
            notes=(),
            path="",
            origin=None,
            previous=None,
            previous_context=None,
        )


def _heir(unit: Unit, old: Unit, kind: Kind) -> Unit:
    """The unit of a changed source with the old text in it, for review."""
    if kind is Kind.LIST:
        return replace(
            unit, target=old.target, reviewed=old.reviewed, comments=old.comments, flags=old.flags
        )
    translated = old.previous if old.state is State.NEEDS_REVIEW and old.previous else old.source
    return replace(
        unit,
        target=old.target,
        reviewed=False,
        previous=translated,
        comments=old.comments,
        flags=old.flags,
    )


def _pairs(
    vanished: Sequence[Unit], waiting: Sequence[Key], segments: Mapping[Key, Segment]
) -> Iterable[tuple[Key, Key]]:
    """Which new segment is whose successor: the most similar first, order as the tie-break."""
    if len(vanished) == 1 and len(waiting) == 1 and segments[waiting[0]].kind in _SINGLE:
        return [(vanished[0].key, waiting[0])]
    reach = max(_REACH, abs(len(vanished) - len(waiting)))
    scored = [
        (-_similarity(unit.source, waiting[j][1]), abs(i - j), i, j)
        for i, unit in enumerate(vanished)
        for j in range(max(0, i - reach), min(len(waiting), i + reach + 1))
    ]
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    pairs: list[tuple[Key, Key]] = []
    for score, _, i, j in sorted(scored):
        if -score >= _SIMILAR and i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            pairs.append((vanished[i].key, waiting[j]))
    return pairs


_SINGLE = frozenset({Kind.NAME, Kind.TEXT, Kind.LIST})


def _similarity(left: str, right: str) -> float:
    """0–1; words where there are any, so that a long text costs little."""
    left_words, right_words = _words(left), _words(right)
    if 2 * min(len(left_words), len(right_words)) < _SIMILAR * (len(left_words) + len(right_words)):
        return 0.0
    matcher = SequenceMatcher(None, left_words, right_words, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _SIMILAR else 0.0


def _words(text: str) -> list[str]:
    words = text.lower().split()
    return words if len(words) > 3 else list(text.lower())


def _notes(segment: Segment, page: str) -> tuple[str, ...]:
    where = " › ".join(segment.headings)
    lines = [f"{segment.kind}: {where}" if where else str(segment.kind)]
    if segment.note:
        lines.append(f"Note: {segment.note}")
    if page:
        lines.append(f"Page: {page}")
    return tuple(lines)
