"""Step 5: machine drafts for what nobody translated: names first, then the texts that use them.

All locales of a run are drafted together, term by term in turn, so that they share what may be
spent and how much a service can take.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from i18n_pipeline.model import Key, Kind, State, Unit
from i18n_pipeline.pipeline.asking import Desk, Turn
from i18n_pipeline.pipeline.budget import Budget
from i18n_pipeline.pipeline.choosing import Basis, Choice, leads_of, links_of
from i18n_pipeline.pipeline.engines import Engine
from i18n_pipeline.pipeline.foreseen import Foreseen
from i18n_pipeline.pipeline.grounds import saying
from i18n_pipeline.pipeline.judging import faults_of
from i18n_pipeline.pipeline.lots import Lot, Side
from i18n_pipeline.pipeline.manner import style_of
from i18n_pipeline.pipeline.options import Order
from i18n_pipeline.pipeline.rest import NeedsAll, NeedsMore, Share
from i18n_pipeline.pipeline.terminology import glossary_of
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.providers.base import Provider, Request
from i18n_pipeline.stages.ladder import Able, Climber
from i18n_pipeline.stages.pretranslate import (
    Terminology,
    lines_of,
    wants_draft,
    was_refused,
    was_rejected,
)
from i18n_pipeline.stages.spending import fairly, matches
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass, replace

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
    leads = lru_cache(maxsize=1)(lambda: leads_of(drafts[0].work))
    links = lru_cache(maxsize=1)(lambda: links_of(drafts[0].work, leads))
    basis = Basis(order, desk.receipts, links)
    drafts = [Draft(_with_named(one.work), one.engine) for one in drafts]
    for names in _turns([one.work.files.foreseen for one in drafts]):
        rooms = [_Room(basis, draft, names=names) for draft in drafts]
        for room in rooms:
            room.check()
        turn = Turn(desk, {room.work.locale: room.count for room in rooms})
        # Who is furthest behind begins, so that a small cap reaches every locale in time.
        behind = sorted(rooms, key=lambda room: -room.choice.left)
        interrupted = turn.ask(fairly(room.lots() for room in behind))
        drafts = [Draft(room.drafted(), room.engine) for room in rooms]
        if interrupted is not None:
            for draft in drafts:
                draft.work.asked.failure = interrupted
            break
    works = [replace(one.work, gave_up=_gave_up(one, desk.budget)) for one in drafts]
    for work in works:
        if work.files.foreseen is None:  # or the next part asks for what this one has paid for
            work.asked.answered.clear()
    if leads.cache_info().currsize:
        works[0] = replace(works[0], leads=leads())
    return works


def _turns(each: Iterable[Foreseen | None]) -> Sequence[bool]:
    """Whether names are asked for, turn by turn: a run in parts asks for those of all first."""
    foreseen = next(iter(each), None)
    return (True, False) if foreseen is None else (foreseen.naming,)


def _with_named(work: Work) -> Work:
    """The work with the names and the vocabulary that were asked for before its part began."""
    foreseen, known = work.files.foreseen, work.files.catalog.by_key
    if foreseen is None or not foreseen.named:
        return work
    slugs = ("", *(term.slug for term in work.terms))
    found = (unit for slug in slugs for unit in foreseen.named.get(slug, ()))
    named = {unit.key: unit for unit in found if unit.key not in known}
    units = tuple(unit if unit.target else named.get(unit.key, unit) for unit in work.units)
    pairs = zip(units, work.units, strict=True)
    drafted = {new.key for new, old in pairs if new.target and not old.target}
    sound, count = work.sound | drafted, work.drafted + len(drafted)
    return replace(work, units=units, sound=sound, drafted=count)


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
    """One turn of one locale: what is asked for the units chosen, and what they become."""

    def __init__(self, basis: Basis, draft: Draft, *, names: bool) -> None:
        self.work, self.engine, self._names = draft.work, draft.engine, names
        self._progress = basis.order.around.progress
        self._options = basis.order.options
        self._source = draft.work.project.config.source
        self.choice = Choice(basis, draft.work, self._terminology(), names)
        self._terms = {term.slug: term for term in draft.work.terms}
        self._ables: dict[str, tuple[Able, ...]] = {}

    def check(self) -> None:
        """Raises NeedsAll where the run looks at a few terms, and others have a say in this.

        Names are terminology for drafts elsewhere, and pages that drafts complete may be linked:
        NeedsMore. All of this is told before any locale is asked for names.
        """
        rest = self.work.files.rest
        if not rest or self.work.files.foreseen is not None:
            return
        if self.count and self.engine.translates and not self._knows_targets:
            raise NeedsAll
        if not self._names:
            return
        drafted = [share for share in rest if share.has(State.NEEDS_REVIEW)]
        if drafted and glossary_of(self.work).fingerprint != rest.drafting:
            raise NeedsAll
        if self._may_ask and (others := self._saying(drafted) | rest.leading_to(self._pages)):
            raise NeedsMore(others)

    @property
    def _may_ask(self) -> bool:
        """Whether a machine may be asked for something, in this turn or the next."""
        open_ = (unit for unit in self.work.units if not (unit.obsolete or unit.reviewed))
        return self.engine.translates and any(open_)

    def _saying(self, shares: Iterable[Share]) -> frozenset[str]:
        """The terms whose sources say a name that is asked for."""
        names = [unit.source for units in self.choice.by_term.values() for unit in units]
        return frozenset(saying(self.work.project, names, shares) if names else ())

    @cached_property
    def _drafting(self) -> str:
        """Hash of the terminology that texts are drafted by."""
        return self.choice.terminology.glossary.fingerprint

    @property
    def _pages(self) -> Collection[str]:
        """The terms of which drafts may complete a page that is not there yet."""
        publish = self._options.publish or self.work.files.settings.build.publish
        has_page = self.work.files.path_of
        return [slug for slug in self._terms if publish == "drafts" and not has_page(slug)]

    @property
    def _knows_targets(self) -> bool:
        """Whether the terminology of all targets is known, which engines may be told."""
        project = self.work.project
        return project.rests.keys() >= set(project.config.targets)

    def _terminology(self) -> Terminology:
        required = glossary_of(self.work, drafts=False)
        in_force = required if self._names else glossary_of(self.work)
        told = (
            provider.keeps_terms(self._source, self.work.locale)
            for chain in self.engine.chains.values()
            for provider in chain
        )
        return Terminology(in_force, None if all(told) else required)

    @property
    def count(self) -> int:
        """How many texts are to be drafted."""
        return sum(map(len, self.choice.by_term.values()))

    @cached_property
    def _side(self) -> Side:
        wishes, locale = self.work.files.settings.style, self.work.locale
        return Side(
            source=self._source,
            locale=locale,
            asked=self.work.asked,
            style=lambda field: style_of(wishes, field),
            glossary=self.choice.terminology.glossary.pairs(),
            held=frozenset(
                unit.key for unit in self.work.units if was_refused(unit) and not was_rejected(unit)
            ),
            may_ask=self.choice.may_ask,
            why=self.choice.why,
            progress=self._tell,
        )

    def _tell(self, done: int, total: int) -> None:
        """Tell who watches how many texts are done, and what that took."""
        what = "translating names" if self._names else "translating"
        sent = self.work.asked.characters
        self._progress(self.work.locale, what, done, total, characters=sent)

    def lots(self) -> Iterator[Lot]:
        """What is begun together: a name with its vocabulary, or the texts of a term."""
        chosen = self.choice.by_term
        repeated = frozenset(self._repeated())
        for slug, units in chosen.items():
            climbers = tuple(self._climber(unit) for unit in units)
            had = {unit.key: unit.target for unit in units}
            yield Lot(self._side, climbers, *self._sense(slug), repeated, had)

    def _repeated(self) -> Iterator[str]:
        """The texts of this turn that stand in several places."""
        foreseen = self.work.files.foreseen
        units = [unit for units in self.choice.by_term.values() for unit in units]
        times = Counter(unit.source for unit in units)
        for unit in units:
            lines = lines_of(unit.source, self.work.segments[unit.key].kind)
            if times[unit.source] > 1 or (foreseen and foreseen.is_asked_again(lines)):
                yield unit.source

    def _sense(self, slug: str) -> tuple[str, str]:
        """Words that give a lot its sense: for its own requests, and for mixed ones."""
        term = self._terms.get(slug)
        if term is None:
            return "", ""
        return ("", gist_of_term(term)) if self._names else (context_of_term(term), "")

    def _climber(self, unit: Unit) -> tuple[Climber, tuple[Provider, ...]]:
        chain, segment = self.engine.chain(unit.field), self.work.segments[unit.key]
        climber = Climber(
            replace(unit, target="") if unit.key in self.choice.redone else unit,
            segment,
            self.choice.asks(unit),
            self._able(unit.field, chain),
            lambda draft: faults_of(self.work, draft),
            frozenset() if self._options.refresh else self.work.rejected.engines(unit, segment),
        )
        return climber, chain

    def _able(self, field: str, providers: Sequence[Provider]) -> tuple[Able, ...]:
        if field not in self._ables:
            self._ables[field] = tuple(
                Able(
                    one.label,
                    tuple(one.forms),
                    one.keeps_terms(self._source, self.work.locale),
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
            request = Request(self._source, self.work.locale, (text,))
            return provider.wire_size(request) <= most - room

        return fits

    def drafted(self) -> Work:
        """The locale with its drafts in place; a text that could not be bettered stays."""
        found = self.work.asked.units
        units = tuple(self._placed(unit, found.get(unit.key)) for unit in self.work.units)
        pairs = zip(units, self.work.units, strict=True)
        drafted = {new.key for new, old in pairs if new.target and new.target != old.target}
        not_renewed = self._not_renewed()
        self._let_go()
        return replace(
            self.work,
            units=units,
            sound=self.work.sound | drafted,
            drafted=self.work.drafted + len(drafted),
            not_renewed=self.work.not_renewed | not_renewed,
            drafting="" if self._names else self._drafting,
            restless=self.work.restless | self.choice.restless.union(self._waiting(units)),
        )

    def _let_go(self) -> None:
        """Keep of what this turn asked for whose it was; the texts are in their places."""
        asked, before = self.work.asked, self.work.files.catalog.by_key
        asked.slugs |= {
            unit.slug
            for key, unit in asked.units.items()
            if not unit.target or key not in before or before[key].target != unit.target
        }
        asked.units.clear()

    def _waiting(self, units: Iterable[Unit]) -> Iterator[str]:
        """The terms of which a machine would be asked again for a text."""
        only = self.work.files.settings.only
        for unit in units if self.engine.translates else ():
            asked = not only or matches(unit.slug, only)
            if asked and wants_draft(unit, self.work.segments.get(unit.key)):
                yield unit.slug

    def _not_renewed(self) -> frozenset[Key]:
        """Units that keep the text they had: no new answer was good."""
        found = self.work.asked.units
        return frozenset(
            key for key in self.choice.redone if key in found and was_refused(found[key])
        )

    def _placed(self, unit: Unit, found: Unit | None) -> Unit:
        if found is None or unit.obsolete or (unit.target and not found.target):
            return unit
        if unit.key in self.choice.redone:
            return replace(found, previous=unit.previous)
        return found


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
