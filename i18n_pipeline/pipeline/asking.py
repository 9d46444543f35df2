"""Asking: units climb their ladders, receipts first, then what nobody answered is sent.

Lots (a term, or a name) begin in the order given, each as a whole or not at all, so that a cap or
an allowance that ends leaves whole terms. What has to be tried again goes before what has not
begun. At most a window of batches is on its way, so memory does not follow the number of texts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, field

from i18n_pipeline.errors import I18nError, Interrupted, QuotaExceeded, Stop
from i18n_pipeline.memory.receipts import Receipts, receipt_key
from i18n_pipeline.model import Key, Kind, Unit
from i18n_pipeline.pipeline.budget import Budget, Price, Short, price
from i18n_pipeline.pipeline.sending import Batch, Sender, Sent, Threads
from i18n_pipeline.providers.base import Cost, Hint, Provider, Request, Style, Terms, characters
from i18n_pipeline.providers.batches import cut
from i18n_pipeline.reports.report import Billed, Estimate
from i18n_pipeline.stages.ladder import Climber, Next, Put, Reply, advance, worst_case

_WINDOW = 8
"""Batches on their way for each thread that sends."""

_POOLED_LOTS = 32
"""After so many lots their texts without context are sent, also where they fill no request."""

_LONGEST_CONTEXT = 4000
"""Characters of context that texts of several terms get together."""

_GRACE = 3.0
"""Seconds that requests under way get when the run is told to stop."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A text that would be asked for: whose, why, of whom, and how many characters it has."""

    key: Key
    why: str
    provider: str
    characters: int
    worst_case_characters: int


@dataclass
class Asked:
    """What came of asking for one locale: drafts by unit, and what it cost.

    `waiting` are units that nobody could be asked for within the budget, `short` says why.
    """

    units: dict[Key, Unit] = field(default_factory=dict)
    waiting: set[Key] = field(default_factory=set)
    short: dict[Short, None] = field(default_factory=dict)
    providers: dict[str, None] = field(default_factory=dict)
    requests: int = 0
    characters: int = 0
    cost: float | None = 0.0
    possibly_billed: int = 0
    notices: dict[str, None] = field(default_factory=dict)
    failure: I18nError | None = None
    planned: list[Planned] = field(default_factory=list)
    batches: int = 0
    likely: Cost | None = field(default_factory=Cost)
    saved: int = 0

    def lacks(self, short: Short, provider: Provider, wanted: Price) -> None:
        """Something stays unsent for lack of budget; an allowance that ends is a failure."""
        self.short.setdefault(short)
        if short is Short.ACCOUNT and self.failure is None:
            self.failure = QuotaExceeded(
                f"{provider.label}'s allowance does not hold {wanted.characters} characters more",
                "wait for the account's next period, or raise its limit",
            )

    @property
    def billed(self) -> Billed:
        """The cost as the report shows it."""
        cost = None if self.cost is None else round(self.cost, 6)
        return Billed(self.requests, self.characters, self.possibly_billed, cost)

    @property
    def estimate(self) -> Estimate:
        """What would be sent, as the report shows it."""
        return Estimate(
            self.batches,
            sum(one.characters for one in self.planned),
            sum(one.worst_case_characters for one in self.planned),
            None if self.likely is None else round(self.likely.likely, 6),
        )


@dataclass(frozen=True)
class Side:
    """One locale while it is asked for: what its requests say, and what came of them."""

    source: str
    locale: str
    asked: Asked
    style: Style = field(default_factory=Style)
    glossary: Terms = ()
    held: frozenset[Key] = frozenset()
    why: Callable[[Key], str] = lambda _: "new"
    progress: Callable[[int, int], None] = lambda _done, _total: None


@dataclass(frozen=True)
class Lot:
    """Units that are begun together or not at all, with the engines of each, in order.

    `context` are words about the term, for texts of this lot alone; `gist` one line about it, for
    texts that travel with those of other lots.
    """

    side: Side
    climbers: tuple[tuple[Climber, tuple[Provider, ...]], ...]
    context: str = ""
    gist: str = ""
    repeated: frozenset[str] = frozenset()


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
    """A unit that waits for answers; `missing` are the keys of the texts it was asked with."""

    lot: Lot
    climber: Climber
    providers: tuple[Provider, ...]
    missing: set[str] = field(default_factory=set)
    sent: bool = False


@dataclass(frozen=True)
class _Want:
    """A text to be sent: to whom, by which key it will be found, and whether in company."""

    provider: Provider
    key: str
    text: str
    hint: Hint
    alone: bool
    mixed: bool
    taken: Price


class Turn:
    """One turn of asking, over all locales: names, or the texts that use them."""

    def __init__(self, desk: Desk, total: Mapping[str, int]) -> None:
        self._desk = desk
        self._total = total
        self._done = dict.fromkeys(total, 0)
        self._waiters: dict[tuple[str, str], list[_Open]] = {}
        self._pools: dict[tuple[str, str], list[tuple[Lot, _Want]]] = {}
        self._since = 0
        self._ready: deque[Batch] = deque()
        self._flight: deque[tuple[Batch, Future[Sent]]] = deque()
        self._again: deque[_Open] = deque()
        self._refused: dict[tuple[str, str, str], str] = {}
        self._before: dict[tuple[str, str], int] = {}
        self._threads: dict[str, Threads] = {}
        self._sides: dict[str, Side] = {}

    def ask(self, lots: Iterable[Lot]) -> None:
        """Ask for all lots, in order, until they are answered or nothing more may be sent."""
        try:
            self._run(iter(lots))
        except Stop as stop:
            self._stopped(stop.as_failure())
        finally:
            for threads in self._threads.values():
                threads.end()

    def _run(self, lots: Iterator[Lot]) -> None:
        more = True
        while True:
            while len(self._flight) < self._window():
                if self._again:
                    self._climb_again()
                elif self._ready:
                    self._submit(self._ready.popleft())
                elif more:
                    more = self._begin_next(lots)
                else:
                    break
            if self._flight:
                self._take_in(self._flight.popleft()[1].result())
            elif not (more or self._again or self._ready):
                return

    def _window(self) -> int:
        return _WINDOW * max(1, *(threads.count for threads in self._threads.values()), 1)

    def _begin_next(self, lots: Iterator[Lot]) -> bool:
        lot = next(lots, None)
        if lot is None:
            self._flush()
            return bool(self._ready)
        self._begin(lot, [_Open(lot, climber, chain) for climber, chain in lot.climbers])
        self._since += 1
        if self._since >= _POOLED_LOTS:
            self._flush()
        side = lot.side
        self._done[side.locale] += 1
        side.progress(self._done[side.locale], self._total[side.locale])
        return True

    def _climb_again(self) -> None:
        """Units that got their answers: what stands is a draft, the others are tried again."""
        opens = list(self._again)
        self._again.clear()
        by_lot: dict[int, list[_Open]] = {}
        for one in opens:
            by_lot.setdefault(id(one.lot), []).append(one)
        for group in by_lot.values():
            self._begin(group[0].lot, group)
        self._flush()

    def _begin(self, lot: Lot, opens: Sequence[_Open]) -> None:
        """Let units climb; what they want next is reserved for all of them, or for none."""
        self._sides[lot.side.locale] = lot.side
        wanted: list[tuple[_Open, list[_Want]]] = []
        for one in opens:
            step = self._advance(one)
            if isinstance(step, Unit):
                self._settle(one, step)
            elif one.climber.unit.key not in lot.side.held or self._desk.refresh:
                wanted.append((one, list(self._wants(one, step))))
        fresh = self._fresh(lot, wanted)
        if not self._desk.sends:
            self._plan(lot, wanted, fresh)
        elif not self._reserved(lot, fresh):
            lot.side.asked.waiting |= {one.climber.unit.key for one, _ in wanted}
            return
        for one, wants in wanted:
            one.missing, one.sent = {want.key for want in wants}, True
            for want in wants:
                self._waiters.setdefault((lot.side.locale, want.key), []).append(one)
        self._queue(lot, fresh)

    def _settle(self, one: _Open, unit: Unit) -> None:
        """A unit that climbs no further: it has a draft, was refused, or its engines are gone."""
        asked = one.lot.side.asked
        asked.units[unit.key] = unit
        if unit.target and not one.sent:
            asked.saved += sum(ask.protected.characters for ask in one.climber.asks)
        if unit is one.climber.unit:
            stopped = self._desk.budget.stopped
            why = (stopped[p.name] for p in one.providers if p.name in stopped)
            asked.failure = asked.failure or next(why, None)

    def _advance(self, one: _Open) -> Unit | Next:
        side, stopped = one.lot.side, self._desk.budget.stopped
        gone = {
            provider.label
            for provider in one.providers
            if provider.name in stopped or not provider.translates
        }
        step = advance(one.climber, lambda put, text: self._replies(side, put, text), gone)
        if not isinstance(step, Next) or not self._desk.sends:
            return step
        provider = one.providers[step.engine]
        try:
            self._desk.budget.look(provider)
        except I18nError as failure:
            stopped[provider.name] = failure
            return self._advance(one)
        return step

    def _replies(self, side: Side, put: Put, text: str) -> list[Reply]:
        key = _key(side, put, text)
        refused = [
            Reply("", label, reason)
            for (locale, label, refused_key), reason in self._refused.items()
            if (locale, refused_key) == (side.locale, key)
        ]
        history = self._desk.receipts.history(side.locale, key)
        if self._desk.refresh:
            before = self._before.setdefault((side.locale, key), len(history))
            history = history[: len(history) - before]
        kept = [Reply(one.text, one.provider, one.fault, one.together) for one in history]
        return refused + kept

    def _wants(self, one: _Open, step: Next) -> Iterator[_Want]:
        provider = one.providers[step.engine]
        for put, text in step.texts:
            kind = put.ask.kind
            mixed = (
                not provider.reads_context
                or kind in _WITHOUT_CONTEXT
                or one.climber.unit.source in one.lot.repeated
            )
            hint = Hint(
                str(kind),
                tuple(sorted({(entry.source, entry.target) for entry in put.ask.entries})),
                put.ask.previous,
            )
            key = _key(one.lot.side, put, text)
            taken = self._price(one.lot.side, provider, text, hint)
            yield _Want(provider, key, text, hint, step.alone, mixed, taken)

    def _price(self, side: Side, provider: Provider, text: str, hint: Hint) -> Price:
        """What a text takes at the worst: alone, with the longest context there is."""
        count = characters(text)
        if self._desk.budget.caps.cost is None:
            return Price(count)
        request = _request(side, provider, (text,), (hint,), "x" * _LONGEST_CONTEXT)
        return price(count, provider.cost(request))

    def _fresh(self, lot: Lot, wanted: Iterable[tuple[_Open, Sequence[_Want]]]) -> list[_Want]:
        """What nobody has asked for yet, each text once."""
        found: dict[str, _Want] = {}
        for _, wants in wanted:
            for want in wants:
                if (lot.side.locale, want.key) not in self._waiters:
                    found.setdefault(want.key, want)
        return list(found.values())

    def _reserved(self, lot: Lot, fresh: Sequence[_Want]) -> bool:
        """Whether the budget holds all of it; then it is reserved."""
        taken: list[tuple[Provider, Price]] = []
        for provider, wants in _by_provider(fresh):
            wanted = _sum(want.taken for want in wants)
            short = self._desk.budget.take(provider, wanted)
            if short is not None:
                lot.side.asked.lacks(short, provider, wanted)
                for other, amount in taken:
                    self._desk.budget.settle(other, amount, Price())
                return False
            taken.append((provider, wanted))
        return True

    def _queue(self, lot: Lot, fresh: Sequence[_Want]) -> None:
        for provider, wants in _by_provider(fresh):
            alone = [want for want in wants if want.alone]
            mixed = [want for want in wants if want.mixed and not want.alone]
            own = [want for want in wants if not want.mixed and not want.alone]
            for want in alone:
                self._cut(lot.side, provider, [want], lot.context)
            self._cut(lot.side, provider, own, lot.context)
            pool = self._pools.setdefault((lot.side.locale, provider.name), [])
            pool += [(lot, want) for want in mixed]
            while len(pool) >= provider.limits.texts:
                self._send_pool(pool[: provider.limits.texts])
                del pool[: provider.limits.texts]

    def _flush(self) -> None:
        self._since = 0
        for pool in self._pools.values():
            if pool:
                self._send_pool(pool)
        self._pools.clear()

    def _send_pool(self, pool: Sequence[tuple[Lot, _Want]]) -> None:
        lot, want = pool[0]
        gists = dict.fromkeys(lot.gist for lot, _ in pool if lot.gist)
        context = "\n".join(gists)[:_LONGEST_CONTEXT]
        self._cut(lot.side, want.provider, [want for _, want in pool], context)

    def _cut(self, side: Side, provider: Provider, wants: Sequence[_Want], context: str) -> None:
        texts, hints = tuple(want.text for want in wants), tuple(want.hint for want in wants)
        request = _request(side, provider, texts, hints, context)
        first = 0
        for part in cut(request, provider):
            last = first + len(part.texts)
            reserved = _sum(want.taken for want in wants[first:last])
            keys = tuple(want.key for want in wants[first:last])
            batch = Batch(side.locale, provider, part, keys, reserved)
            if self._desk.sends:
                self._ready.append(batch)
            else:
                _count(side.asked, batch)
            first = last

    def _submit(self, batch: Batch) -> None:
        provider = batch.provider
        if provider.name not in self._threads:
            most = provider.limits.parallel
            count = min(self._desk.jobs or most, most)
            self._threads[provider.name] = Threads(count, self._desk.sender.send)
        self._flight.append((batch, self._threads[provider.name].submit(batch)))

    def _take_in(self, sent: Sent) -> None:
        batch, label = sent.batch, sent.batch.provider.label
        self._account(sent)
        for key in batch.keys:
            at = batch.locale, key
            if key in sent.refused:
                self._refused[batch.locale, label, key] = sent.refused[key]
            for one in self._waiters.pop(at, ()):
                one.missing.discard(key)
                if not one.missing:
                    self._again.append(one)

    def _account(self, sent: Sent) -> None:
        side = self._sides[sent.batch.locale]
        asked = side.asked
        asked.requests += sent.requests
        asked.characters += sent.characters
        known = asked.cost is not None and sent.cost is not None
        asked.cost = (asked.cost or 0.0) + (sent.cost or 0.0) if known else None
        asked.possibly_billed += sent.possibly_billed
        asked.notices |= dict.fromkeys(sent.notices)
        if sent.requests or sent.possibly_billed:
            asked.providers.setdefault(sent.batch.provider.name)

    def _plan(
        self, lot: Lot, wanted: Iterable[tuple[_Open, list[_Want]]], fresh: Sequence[_Want]
    ) -> None:
        new = {want.key for want in fresh}
        for one, wants in wanted:
            own = [want for want in wants if want.key in new]
            new -= {want.key for want in own}
            if own:
                key = one.climber.unit.key
                count = sum(want.taken.characters for want in own)
                worst = max(count, worst_case(one.climber, characters))
                name = own[0].provider.name
                lot.side.asked.planned.append(Planned(key, lot.side.why(key), name, count, worst))

    def _stopped(self, failure: Interrupted) -> None:
        """Told to stop: nothing more is begun, what is under way gets a moment to end."""
        for name in self._threads:
            self._desk.budget.stopped.setdefault(name, failure)
        wait([future for _, future in self._flight], _GRACE)
        for _, future in self._flight:
            if future.done():
                self._take_in(future.result())
        for one in self._again:
            step = self._advance(one)
            if isinstance(step, Unit):
                self._settle(one, step)
        for side in self._sides.values():
            side.asked.failure = failure


_WITHOUT_CONTEXT = frozenset({Kind.NAME, Kind.VOCABULARY, Kind.HEADING, Kind.LIST})
"""Texts that travel with those of other terms."""


def _key(side: Side, put: Put, text: str) -> str:
    """The receipt key of a text: locales, the text as sent, the glossary entries in it."""
    entries = ((entry.source, entry.target) for entry in put.ask.entries)
    return receipt_key(side.source, side.locale, text, entries)


def _by_provider(wants: Iterable[_Want]) -> list[tuple[Provider, list[_Want]]]:
    found: dict[str, tuple[Provider, list[_Want]]] = {}
    for want in wants:
        found.setdefault(want.provider.name, (want.provider, []))[1].append(want)
    return list(found.values())


def _request(
    side: Side, provider: Provider, texts: tuple[str, ...], hints: tuple[Hint, ...], context: str
) -> Request:
    return Request(
        side.source,
        side.locale,
        texts,
        context if provider.reads_context else "",
        side.glossary if provider.keeps_terms(side.source, side.locale) else (),
        side.style,
        hints,
    )


def _sum(prices: Iterable[Price]) -> Price:
    total = Price()
    for one in prices:
        total += one
    return total


def _count(asked: Asked, batch: Batch) -> None:
    cost = batch.provider.cost(batch.request)
    asked.batches += 1
    asked.likely = None if asked.likely is None or cost is None else asked.likely + cost
