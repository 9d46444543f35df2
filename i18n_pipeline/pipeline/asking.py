"""Asking: units climb their ladders, receipts first, then what nobody answered is sent.

Lots (a term, or a name) begin in the order given, each as a whole or not at all, so that a cap or
an allowance that ends leaves whole terms. What has to be tried again goes before what has not
begun. At most a window of batches is on its way, so memory does not follow the number of texts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, wait
from contextlib import suppress
from itertools import chain, combinations

from i18n_pipeline.errors import BadFile, I18nError, Interrupted, Stop
from i18n_pipeline.glossary import Authority, may_occur
from i18n_pipeline.memory.receipts import Receipts, receipt_key
from i18n_pipeline.model import Kind, Unit
from i18n_pipeline.pipeline.budget import Budget, Price, Short
from i18n_pipeline.pipeline.lots import Lot, Planned, Side, no_allowance
from i18n_pipeline.pipeline.packing import Company, Packer, Want, by_provider, priced
from i18n_pipeline.pipeline.sending import Batch, Sender, Sent, Threads
from i18n_pipeline.providers.base import Hint, Provider, characters
from i18n_pipeline.stages.ladder import Climber, Next, Put, Reply, advance, worst_case
from i18n_pipeline.values import dataclass, field, replace

_WINDOW = 8
"""Batches on their way for each thread that sends."""

_PROPOSED = 3
"""Of so many proposed names in a text any may have been new when it was answered."""

_GRACE = 3.0
"""Seconds that requests under way get when the run is told to stop."""

_WITHOUT_CONTEXT = frozenset({Kind.NAME, Kind.VOCABULARY, Kind.HEADING, Kind.LIST})
"""Kinds of texts that travel with those of other terms."""


@dataclass(frozen=True)
class Desk:
    """What all asking of a run shares."""

    receipts: Receipts
    budget: Budget
    sender: Sender
    sends: bool = True
    refresh: bool = False
    jobs: int = 0


@dataclass(eq=False)
class _Open:
    """A unit that waits for answers; `missing` are the keys of the texts it was asked with.

    `looked_up` are those of all texts that an answer was looked for.
    """

    lot: Lot
    climber: Climber
    providers: tuple[Provider, ...]
    missing: set[str] = field(default_factory=set)
    looked_up: set[str] = field(default_factory=set)
    sent: bool = False


class Turn:
    """One turn of asking, over all locales: names, or the texts that use them.

    `total` says how many texts each locale has.
    """

    def __init__(self, desk: Desk, total: Mapping[str, int]) -> None:
        self._desk = desk
        self._total = total
        self._done = dict.fromkeys(total, 0)
        self._answers = _Answers(desk)
        self._packer = Packer(self._packed)
        self._waiters: dict[tuple[str, str], list[_Open]] = {}
        self._ready: deque[Batch] = deque()
        self._flight: deque[Future[Sent]] = deque()
        self._again: list[_Open] = []
        self._threads: dict[str, Threads] = {}
        self._sides: dict[str, Side] = {}

    def ask(self, lots: Iterable[Lot]) -> Interrupted | None:
        """Ask for all lots, in order, until they are answered or nothing more may be sent.

        What it gives back is the run's being told to stop: nothing more is to be asked then.
        """
        try:
            self._run(iter(lots))
        except Stop as stop:
            interrupted = stop.as_failure()
            self._stopped(interrupted)
            return interrupted
        except BadFile as failure:  # receipts that cannot be read any more
            self._broken_off(failure)
        except BaseException:
            # A bug, or Ctrl-C in a program that called us: what is under way is paid for, and kept.
            self._stopped(Stop().as_failure())
            raise
        finally:
            for threads in self._threads.values():
                threads.end()
        return None

    def _run(self, lots: Iterator[Lot]) -> None:
        more = True
        while True:
            while len(self._flight) < self._window:
                if self._again:
                    self._climb_again()
                elif self._ready:
                    self._submit(self._ready.popleft())
                elif more:
                    more = self._begin_next(lots)
                else:
                    break
            if self._flight:
                # In flight until it is answered: told to stop meanwhile, it gets its moment too.
                sent = self._flight[0].result()
                self._flight.popleft()
                self._take_in(sent)
            elif not (more or self._again or self._ready):
                return

    @property
    def _window(self) -> int:
        return _WINDOW * max((threads.count for threads in self._threads.values()), default=1)

    def _begin_next(self, lots: Iterator[Lot]) -> bool:
        """Begin a lot; False where there is none left, and what waited for company is packed."""
        lot = next(lots, None)
        if lot is None:
            self._packer.flush()
            return False
        side = lot.side
        self._sides[side.locale] = side
        self._begin(lot, [_Open(lot, climber, chain) for climber, chain in lot.climbers])
        return True

    def _climb_again(self) -> None:
        """Units that got their answers: what stands is a draft, the others are tried again."""
        by_lot: dict[int, list[_Open]] = {}
        for one in self._again:
            by_lot.setdefault(id(one.lot), []).append(one)
        self._again.clear()
        for group in by_lot.values():
            self._begin(group[0].lot, group)

    def _begin(self, lot: Lot, opens: Sequence[_Open]) -> None:
        """Let units climb; what they want next is reserved for all of them, or for none."""
        wanted: list[tuple[_Open, list[Want]]] = []
        for one in opens:
            step = self._advance(one)
            if isinstance(step, Unit):
                self._settle(one, step)
            elif self._may_ask(one):
                wanted.append((one, list(self._wants(one, step))))
        fresh = self._fresh(lot.side, wanted)
        if not self._desk.sends:
            _plan(lot.side, wanted, fresh)
        elif self._gives_up(fresh, [one for one, _ in wanted]):
            self._begin(lot, [one for one, _ in wanted])
            return
        elif not self._reserved(lot.side, fresh):
            lot.side.asked.waiting |= {one.climber.unit.key for one, _ in wanted}
            return
        for one, wants in wanted:
            one.missing, one.sent = {want.key for want in wants}, True
            for want in wants:
                self._waiters.setdefault((lot.side.locale, want.key), []).append(one)
        self._packer.pack(lot, fresh)

    def _may_ask(self, one: _Open) -> bool:
        side, key = one.lot.side, one.climber.unit.key
        return side.may_ask(key) and (self._desk.refresh or key not in side.held)

    def _advance(self, one: _Open) -> Unit | Next:
        side, stopped = one.lot.side, self._desk.budget.stopped
        gone = {
            provider.label
            for provider in one.providers
            if provider.name in stopped or not provider.translates
        }

        def answers(put: Put, text: str) -> list[Reply]:
            keys = tuple(_keys(side, put, text))
            one.looked_up.update(keys)
            return self._answers.of(side.locale, keys)

        step = advance(one.climber, answers, gone)
        if not isinstance(step, Next) or not self._desk.sends:
            return step
        provider = one.providers[step.engine]
        try:
            self._desk.budget.look(provider)
        except I18nError as failure:
            stopped[provider.name] = failure
            return self._advance(one)
        return step

    def _settle(self, one: _Open, unit: Unit) -> None:
        """A unit that climbs no further: it has a draft, was refused, or its engines are gone."""
        side, asked = one.lot.side, one.lot.side.asked
        asked.units[unit.key] = unit
        if one.climber.unit.source in one.lot.repeated:
            asked.shared |= one.looked_up
        self._done[side.locale] += 1
        side.progress(self._done[side.locale], self._total[side.locale])
        is_new = unit.target and unit.target != one.lot.had.get(unit.key)
        if is_new and one.looked_up and not one.sent:  # a name that stays needs no answer
            self._count_saved(one, sum(ask.protected.characters for ask in one.climber.asks))
        if unit is one.climber.unit:
            stopped = self._desk.budget.stopped
            why = (stopped[p.name] for p in one.providers if p.name in stopped)
            asked.failure = asked.failure or next(why, None)

    def _count_saved(self, one: _Open, characters: int) -> None:
        """Count what an answer from before stood for; one of this run was paid for in it."""
        asked = one.lot.side.asked
        if not self._desk.sends:
            asked.saved += characters
        elif not self._is_of_this_run(one):
            asked.spared += characters

    def _is_of_this_run(self, one: _Open) -> bool:
        """Whether an answer was asked for in this run; it may be here before it is taken in."""
        locale, asked = one.lot.side.locale, one.lot.side.asked
        if not one.looked_up.isdisjoint(asked.answered):
            return True
        under_way = any((locale, key) in self._waiters for key in one.looked_up)
        return under_way or self._desk.receipts.were_put_away(locale, one.looked_up)

    def _wants(self, one: _Open, step: Next) -> Iterator[Want]:
        """The texts of a step, each with what it takes at the worst."""
        side, provider = one.lot.side, one.providers[step.engine]
        for put, text in step.texts:
            terms = {(entry.source, entry.target) for entry in put.terms}
            hint = Hint(str(put.ask.kind), tuple(sorted(terms)), put.ask.previous)
            company = _company(one, step, provider, put.ask.kind)
            price = Price(characters(text))
            style = side.style(one.climber.unit.field)
            yield Want(provider, _key(side, put, text), text, hint, company, price, style)

    def _fresh(self, side: Side, wanted: Iterable[tuple[_Open, Sequence[Want]]]) -> list[Want]:
        """What nobody has asked for yet, each text once."""
        found = {
            want.key: want
            for _, wants in wanted
            for want in wants
            if (side.locale, want.key) not in self._waiters
        }
        fresh = list(found.values())
        return fresh if self._desk.budget.caps.cost is None else priced(side, fresh)

    def _reserved(self, side: Side, fresh: Sequence[Want]) -> bool:
        """Whether the budget holds all of it; then it is reserved."""
        taken: list[tuple[Provider, Price]] = []
        for provider, wants in by_provider(fresh):
            wanted = sum((want.taken for want in wants), Price())
            short = self._desk.budget.take(provider, wanted)
            if short is not None:
                side.asked.lacks(short, provider, wanted)
                for other, amount in taken:
                    self._desk.budget.settle(other, amount, Price())
                return False
            taken.append((provider, wanted))
        return True

    def _gives_up(self, fresh: Sequence[Want], opens: Sequence[_Open]) -> bool:
        """Whether an engine whose allowance does not suffice leaves the rest to the next one."""
        budget = self._desk.budget
        for provider, wants in by_provider(fresh):
            wanted = sum((want.taken for want in wants), Price())
            others = {other.name for one in opens for other in one.providers if other.translates}
            if budget.lacks(provider, wanted) is Short.ACCOUNT and others - {
                provider.name,
                *budget.stopped,
            }:
                budget.stopped[provider.name] = no_allowance(provider)
                return True
        return False

    def _packed(self, side: Side, batch: Batch) -> None:
        if not self._desk.sends:
            side.asked.would_send(batch)
            return
        extra = self._lacking(batch)
        if extra.cost == 0.0 or self._covers(side, batch, extra):
            self._ready.append(replace(batch, taken=batch.taken + extra))

    def _lacking(self, batch: Batch) -> Price:
        """What was not reserved of a request: its texts may have found less company than meant."""
        cost = None if self._desk.budget.caps.cost is None else batch.provider.cost(batch.request)
        worst = cost.most if cost is not None else 0.0
        return Price(0, max(0.0, worst - (batch.taken.cost or 0.0)))

    def _covers(self, side: Side, batch: Batch, extra: Price) -> bool:
        """Whether the budget holds what a request takes besides; if not, its texts wait."""
        short = self._desk.budget.take(batch.provider, extra)
        if short is None:
            return True
        side.asked.lacks(short, batch.provider, extra)
        self._desk.budget.settle(batch.provider, batch.taken, Price())
        for key in batch.keys:
            for one in self._waiters.pop((batch.locale, key), ()):
                side.asked.waiting.add(one.climber.unit.key)
        return False

    def _submit(self, batch: Batch) -> None:
        provider = batch.provider
        if provider.name not in self._threads:
            most = provider.limits.parallel
            count = min(self._desk.jobs or most, most)
            self._threads[provider.name] = Threads(count, self._desk.sender.send)
        future = Future[Sent]()
        self._flight.append(future)  # first: told to stop after that, it is waited for
        self._threads[provider.name].submit(batch, future)

    def _take_in(self, sent: Sent) -> None:
        """Count what came of a batch; the units that have all their answers climb again."""
        batch = sent.batch
        self._sides[batch.locale].asked.add(sent)
        self._answers.refuse(sent)
        for key in batch.keys:
            for one in self._waiters.pop((batch.locale, key), ()):
                one.missing.discard(key)
                if not one.missing:
                    self._again.append(one)

    def _broken_off(self, failure: BadFile) -> None:
        """Nothing more is asked, and what is under way is waited for: it is paid for, and told."""
        for side in self._sides.values():
            side.asked.failure = side.asked.failure or failure
        for name in self._threads:
            self._desk.budget.stopped.setdefault(name, failure)
        for future in self._flight:
            sent = future.result()
            self._sides[sent.batch.locale].asked.add(sent)

    def _stopped(self, failure: Interrupted) -> None:
        """Told to stop: nothing more is begun, what is under way gets a moment to end."""
        for name in self._threads:
            self._desk.budget.stopped.setdefault(name, failure)
        with suppress(Stop):  # told again, nobody waits any longer; what came until then counts
            wait(self._flight, _GRACE)
        for future in self._flight:
            if future.done() and future.exception() is None:
                self._take_in(future.result())
        for one in self._again:
            step = self._advance(one)
            if isinstance(step, Unit):
                self._settle(one, step)
        for side in self._sides.values():
            side.asked.failure = failure


class _Answers:
    """All answers there are to a text: receipts, and what was refused in this turn.

    Where everything is asked anew, only those that came since it was first asked about.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._refused: dict[tuple[str, str], list[Reply]] = {}
        self._before: dict[tuple[str, str], int] = {}

    def of(self, locale: str, keys: Iterable[str]) -> list[Reply]:
        """The answers of the first key that has any, the newest first."""
        found = (self._at((locale, key)) for key in keys)
        return next(filter(None, found), [])

    def _at(self, at: tuple[str, str]) -> list[Reply]:
        kept = self._desk.receipts.history(*at)
        if self._desk.refresh:
            kept = kept[: len(kept) - self._before.setdefault(at, len(kept))]
        replies = [Reply(one.text, one.provider, one.fault, one.together) for one in kept]
        return self._refused.get(at, []) + replies

    def refuse(self, sent: Sent) -> None:
        """Remember what a provider does not take."""
        batch = sent.batch
        for key, reason in sent.refused.items():
            reply = Reply("", batch.provider.label, reason)
            self._refused.setdefault((batch.locale, key), []).append(reply)


def _key(side: Side, put: Put, text: str) -> str:
    """The receipt key of a text: locales, the text as sent, the glossary entries in it."""
    return next(_keys(side, put, text))


def _keys(side: Side, put: Put, text: str) -> Iterator[str]:
    """The receipt key of a text, and those from before a machine proposed names that stand in it.

    For such a name nobody pays again (decision 015). The fewest are left out first.
    """
    entries = put.terms
    if entries and len(put.asked) > 1:
        entries = tuple(entry for entry in entries if may_occur(entry, text))
    proposed = [one for one in entries if one.authority is Authority.PROPOSED]
    counts = range(len(proposed) + 1) if len(proposed) <= _PROPOSED else (0, 1, len(proposed))
    without = chain.from_iterable(combinations(proposed, count) for count in counts)
    for left_out in without:
        told = (one for one in entries if not any(one is gone for gone in left_out))
        pairs = tuple((entry.source, entry.target) for entry in told)
        yield receipt_key(side.source, side.locale, text, pairs)


def _company(one: _Open, step: Next, provider: Provider, kind: Kind) -> Company:
    """What is tried again does not wait for company of other terms."""
    if step.alone:
        return Company.NONE
    repeated = one.climber.unit.source in one.lot.repeated
    mixed = not provider.reads_context or kind in _WITHOUT_CONTEXT or repeated
    return Company.ANY if mixed and not one.sent else Company.TERM


def _plan(side: Side, wanted: Iterable[tuple[_Open, list[Want]]], fresh: Sequence[Want]) -> None:
    """Write down what would be sent for each unit; a text that several share counts once."""
    new = {want.key for want in fresh}
    for one, wants in wanted:
        own = [want for want in wants if want.key in new]
        new -= {want.key for want in own}
        if own:
            key = one.climber.unit.key
            count = sum(want.taken.characters for want in own)
            worst = max(count, worst_case(one.climber, characters))
            planned = Planned(key, side.why(key), own[0].provider.name, count, worst)
            side.asked.planned.append(planned)
