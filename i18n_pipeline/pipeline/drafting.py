"""Step 5: machine drafts for what nobody translated: names first, then the texts that use them.

All locales of a run are drafted together, term by term in turn, so that they share what may be
spent and how much a service can take.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from i18n_pipeline.glossary import Status
from i18n_pipeline.memory.receipts import Receipts, receipt_key
from i18n_pipeline.model import Key, Kind, State, Unit
from i18n_pipeline.pipeline.asking import Desk, Turn
from i18n_pipeline.pipeline.budget import Budget
from i18n_pipeline.pipeline.engines import Engine
from i18n_pipeline.pipeline.judging import faults_of
from i18n_pipeline.pipeline.lots import Lot, Side
from i18n_pipeline.pipeline.options import Order
from i18n_pipeline.pipeline.terminology import glossary_of
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.providers.base import Provider, Request, Style
from i18n_pipeline.stages.ladder import Able, Climber
from i18n_pipeline.stages.pretranslate import (
    Ask,
    Judge,
    Terminology,
    asks_for,
    wants_draft,
    was_refused,
)
from i18n_pipeline.stages.spending import by_slug, fairly, in_order, links_to, matches
from i18n_pipeline.stages.term import Standing, Term

_NAMES = (Kind.NAME, Kind.VOCABULARY)
_ROOM = 16_384
"""Bytes of a request that context, glossary and settings may take."""

_WIDEST = 12
"""Bytes a character takes in JSON at the most: two escapes of six."""


@dataclass(frozen=True)
class Draft:
    """A locale about to be drafted, with its engine."""

    work: Work
    engine: Engine


def pretranslate(order: Order, drafts: Sequence[Draft], desk: Desk) -> list[Work]:
    """Step 5 for all locales: names and vocabulary, then what uses them, term by term."""
    shared = _Shared(desk.receipts, lru_cache(maxsize=1)(lambda: _links(drafts[0].work)))
    for names in (True, False):
        rooms = [_Room(order, draft, shared, names=names) for draft in drafts]
        turn = Turn(desk, {room.locale: len(room.terms) for room in rooms})
        # Who is furthest behind begins, so that a small cap reaches every locale in time.
        behind = sorted(rooms, key=lambda room: -room.left)
        interrupted = turn.ask(fairly(room.lots() for room in behind))
        drafts = [replace(room.draft, work=room.drafted()) for room in rooms]
        if interrupted is not None:
            for draft in drafts:
                draft.work.asked.failure = interrupted
            break
    return [replace(one.work, gave_up=_gave_up(one, desk.budget)) for one in drafts]


@dataclass(frozen=True)
class _Shared:
    """What all locales of a run draft with: receipts, and how often each term is linked."""

    receipts: Receipts
    links: Callable[[], Mapping[str, int]]


def _links(work: Work) -> Mapping[str, int]:
    fields = work.files.settings.fields
    return links_to(work.terms, fields, work.addresses.slug_of, work.extensions)


def _gave_up(draft: Draft, budget: Budget) -> tuple[str, ...]:
    """Words about engines that failed where another took over."""
    if draft.work.asked.failure is not None or len(draft.engine.chain()) < 2:
        return ()
    return tuple(
        f"{provider.label} gave up ({budget.stopped[provider.name].message}); others were asked"
        for provider in draft.engine.chain()
        if provider.name in budget.stopped
    )


class _Room:
    """One turn of one locale: which units are asked for, with what, and what they become."""

    def __init__(self, order: Order, draft: Draft, shared: _Shared, *, names: bool) -> None:
        self._order, self.draft, self._names = order, draft, names
        self._receipts, self._links = shared.receipts, shared.links
        self._work = draft.work
        self._settings = draft.work.files.settings
        self.locale = draft.work.locale
        self._terms = {term.slug: term for term in draft.work.terms}
        required = glossary_of(draft.work, drafts=False)
        guards = any(
            not provider.keeps_terms(self._source, self.locale)
            for chain in draft.engine.chains.values()
            for provider in chain
        )
        in_force = required if names else glossary_of(draft.work)
        self._terminology = Terminology(in_force, required if guards else None)
        self._ables: dict[str, tuple[Able, ...]] = {}
        self._redone: dict[Key, str] = {}

    @property
    def _source(self) -> str:
        return self._work.project.config.source

    @cached_property
    def _open(self) -> Mapping[str, list[Unit]]:
        """The units of this turn that want a draft, by slug."""
        if not self.draft.engine.translates and not self._receipts.fingerprint(self.locale):
            return {}
        units = (unit for unit in self._work.units if self._wants(unit))
        return by_slug(units)

    def _wants(self, unit: Unit) -> bool:
        segment = self._work.segments.get(unit.key)
        if segment is None or unit.obsolete or unit.key in self._work.damaged:
            return False
        if (segment.kind in _NAMES) is not self._names:
            return False
        if wants_draft(unit, segment):
            return True
        why = self._why_anew(unit)
        if why:
            self._redone[unit.key] = why
        return bool(why)

    def _why_anew(self, unit: Unit) -> str:
        """Why a unit that has a text gets a new draft; "" where it does not."""
        if unit.is_draft and unit.origin and unit.origin.words.startswith("machine draft"):
            if self._order.options.refresh:
                return "refresh"
            return "terminology" if self._terms_moved(unit) else ""
        redrafts = self._settings.mt == "redraft" and unit.state is State.NEEDS_REVIEW
        if redrafts and unit.previous is not None and self._is_kept(unit):
            return "changed"
        return ""

    def _is_kept(self, unit: Unit) -> bool:
        """Whether the words of a person that a new draft would replace stay as obsolete."""
        old = self._work.catalog.obsolete_by_key.get((unit.context, unit.previous or ""))
        return old is not None and old.target == unit.target

    def _terms_moved(self, unit: Unit) -> bool:
        """Whether a draft was bought under other terms, and lacks one that is required now.

        Only receipts know under which: without them nothing is bought anew.
        """
        for ask in self._asks(unit):
            entries = [(entry.source, entry.target) for entry in ask.entries]
            key = receipt_key(self._source, self.locale, ask.protected.text, entries)
            moved = self._receipts.had_other_terms(self.locale, ask.protected.text, key)
            if moved and _lacks_term(ask, unit.target):
                return True
        return False

    def _asks(self, unit: Unit) -> tuple[Ask, ...]:
        previous = (unit.previous or "", unit.target) if unit.key in self._redone else ("", "")
        segment = self._work.segments[unit.key]
        terms, extensions = self._terminology, self._work.extensions
        return tuple(asks_for(unit, segment, terms, extensions, previous))

    @property
    def left(self) -> int:
        """How many units have no text yet."""
        return sum(1 for unit in self._work.units if self._wants_any(unit))

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The slugs of this turn in the order of spending, vocabulary first; only those allowed."""
        ordered = [term.slug for term in self._in_order if term.slug in self._chosen]
        vocabulary = [""] if "" in self._open else []
        return tuple(vocabulary + [slug for slug in ordered if slug in self._open])

    @cached_property
    def _in_order(self) -> list[Term]:
        """All terms in the order of spending, which matters only where several wait."""
        terms = self._work.terms
        if len(self._open) < 2:
            return list(terms)
        live = self._work.taken.of(Standing.OURS, Standing.EDITED)
        return in_order(terms, self._work.project.config.budget.priority, live, self._links())

    @cached_property
    def _chosen(self) -> frozenset[str]:
        """The slugs a machine may draft in this run."""
        only, most = self._settings.only, self._order.options.max_terms
        allowed = [t.slug for t in self._in_order if not only or matches(t.slug, only)]
        plan = self._order.options.plan
        if plan is not None:
            planned = plan.slugs(self.locale)
            allowed = [slug for slug in allowed if slug in planned]
        if most is None:
            return frozenset(allowed)
        wanting = {unit.slug for unit in self._work.units if self._wants_any(unit)}
        return frozenset([slug for slug in allowed if slug in wanting][:most])

    def _wants_any(self, unit: Unit) -> bool:
        return wants_draft(unit, self._work.segments.get(unit.key))

    @cached_property
    def _side(self) -> Side:
        work, style = self._work, self._settings.style
        locale = self.locale
        progress = self._order.around.progress
        return Side(
            source=self._source,
            locale=locale,
            asked=work.asked,
            style=Style(style.formality, style.instructions),
            glossary=self._terminology.glossary.pairs(),
            held=frozenset(unit.key for unit in work.units if was_refused(unit)),
            why=self._why,
            progress=lambda done, total: progress(locale, "translating", done, total),
        )

    def _why(self, key: Key) -> str:
        if key in self._redone:
            return self._redone[key]
        slug = key[0].rpartition("/")[0]
        was_there = key in self._work.files.catalog.by_key
        return "changed" if slug in self._known_before and not was_there else "new"

    @cached_property
    def _known_before(self) -> frozenset[str]:
        return frozenset(unit.slug for unit in self._work.files.catalog.units)

    def lots(self) -> Iterator[Lot]:
        """What is begun together: a name with its lists, or the texts of a term."""
        sources = Counter(unit.source for units in self._open.values() for unit in units)
        repeated = frozenset(source for source, times in sources.items() if times > 1)
        for slug in self.terms:
            climbers = tuple(
                self._climber(unit) for unit in self._open[slug] if self._is_planned(unit)
            )
            term = self._terms.get(slug)
            context = "" if term is None or self._names else context_of_term(term)
            gist = gist_of_term(term) if term is not None and self._names else ""
            if climbers:
                yield Lot(self._side, climbers, context, gist, repeated)

    def _is_planned(self, unit: Unit) -> bool:
        plan = self._order.options.plan
        if not unit.slug and not self._is_used(unit):
            return False
        return plan is None or plan.holds(self.locale, unit.key)

    def _is_used(self, unit: Unit) -> bool:
        """Whether vocabulary belongs to a term that a machine may draft."""
        if not self._settings.only and self._order.options.max_terms is None:
            return True
        return any(
            (slot.segment.field, slot.segment.source) == (unit.field, unit.source)
            for slug in self._chosen
            for slot in self._terms[slug].file.fields
        )

    def _climber(self, unit: Unit) -> tuple[Climber, tuple[Provider, ...]]:
        chain = self.draft.engine.chain(unit.field)
        bare = replace(unit, target="") if unit.key in self._redone else unit
        climber = Climber(
            bare,
            self._work.segments[unit.key],
            self._asks(unit),
            self._able(unit.field, chain),
            self._judge(),
        )
        return climber, chain

    def _judge(self) -> Judge:
        return lambda draft: faults_of(self._work, draft)

    def _able(self, field: str, providers: Sequence[Provider]) -> tuple[Able, ...]:
        if field not in self._ables:
            self._ables[field] = tuple(
                Able(
                    one.label,
                    tuple(one.forms),
                    one.keeps_terms(self._source, self.locale),
                    self._fits(one),
                )
                for one in providers
            )
        return self._ables[field]

    def _fits(self, provider: Provider) -> Callable[[str], bool]:
        most = provider.limits.bytes
        room = min(_ROOM, most // 2)

        def fits(text: str) -> bool:
            if len(text) * _WIDEST <= most - room:
                return True
            request = Request(self._source, self.locale, (text,))
            return provider.wire_size(request) <= most - room

        return fits

    def drafted(self) -> Work:
        """The locale with its drafts in place; a text that could not be bettered stays."""
        found = self._work.asked.units
        units = tuple(self._placed(unit, found.get(unit.key)) for unit in self._work.units)
        pairs = zip(units, self._work.units, strict=True)
        drafted = {new.key for new, old in pairs if new.target and new.target != old.target}
        return replace(
            self._work,
            units=units,
            sound=self._work.sound | drafted,
            drafted=self._work.drafted + len(drafted),
        )

    def _placed(self, unit: Unit, found: Unit | None) -> Unit:
        if found is None or unit.obsolete or (unit.target and not found.target):
            return unit
        if self._redone.get(unit.key) == "changed" and found.target:
            return replace(found, previous=unit.previous)
        return found


def _lacks_term(ask: Ask, target: str) -> bool:
    folded = target.casefold()
    return any(
        not any(form.casefold() in folded for form in entry.spellings)
        for entry in ask.entries
        if entry.status is Status.PREFERRED
    )


def context_of_term(term: Term) -> str:
    """Words that give an engine the sense of a term: name, vocabulary and first plain text."""
    return " · ".join(_parts_of(term, (Kind.NAME, Kind.VOCABULARY, Kind.TEXT)))


def gist_of_term(term: Term) -> str:
    """One line that gives an engine the sense of a name among others."""
    return ": ".join(_parts_of(term, (Kind.NAME, Kind.TEXT)))[:300]


def _parts_of(term: Term, kinds: Iterable[Kind]) -> list[str]:
    parts: dict[Kind, str] = {}
    for slot in term.file.fields:
        parts.setdefault(slot.segment.kind, slot.segment.source)
    return [parts[kind] for kind in kinds if kind in parts]
