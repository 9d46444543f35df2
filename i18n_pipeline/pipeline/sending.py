"""Sending: a batch goes out, and its answers are receipts before anything else is done with them.

Each provider has its own threads, as many as it takes requests at once. What fails here is a value
(`Sent.failure`); only a bug is raised.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future
from functools import cached_property
from queue import SimpleQueue

from i18n_pipeline.errors import I18nError, Interrupted, Unanswered
from i18n_pipeline.memory.receipts import Intent, Receipt, Receipts, about
from i18n_pipeline.pipeline.budget import Budget, Price, price
from i18n_pipeline.providers.base import Cost, Provider, Request, characters
from i18n_pipeline.providers.batches import Delivered, Refused, send
from i18n_pipeline.values import dataclass, field, replace


@dataclass(frozen=True)
class Batch:
    """Texts for one provider in one go, the keys of their receipts, and what was reserved."""

    locale: str
    provider: Provider
    request: Request
    keys: tuple[str, ...]
    taken: Price = field(default_factory=Price)

    def with_first(self, first: Collection[str]) -> Batch:
        """The same batch, with the texts of some keys before the others."""
        order = sorted(range(len(self.keys)), key=lambda at: self.keys[at] not in first)
        request = self.request
        moved = replace(
            request,
            texts=tuple(request.texts[at] for at in order),
            hints=tuple(request.hints[at] for at in order if request.hints),
        )
        return replace(self, request=moved, keys=tuple(self.keys[at] for at in order))

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Characters of each text."""
        return tuple(map(characters, self.request.texts))


@dataclass
class Sent:
    """What came of a batch: what was answered is in the receipts, `refused` holds reasons by key.

    `possibly_billed` are characters that went out and got no answer.
    """

    batch: Batch
    done: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    requests: int = 0
    characters: int = 0
    cost: float | None = 0.0
    possibly_billed: int = 0
    possible_cost: float = 0.0
    notices: tuple[str, ...] = ()
    failure: I18nError | None = None

    def leave_out(self, keys: Collection[str]) -> None:
        """Leave out what was answered elsewhere, before anything is sent."""
        if keys:
            self.batch = self.batch.with_first(keys)
            self.done = len(keys)

    @property
    def rest(self) -> Request:
        """What is not answered yet."""
        return self.batch.request.part(self.done, len(self.batch.keys))

    @property
    def spent(self) -> Price:
        """What it took, with what may have been billed."""
        cost = None if self.cost is None else self.cost + self.possible_cost
        return Price(self.characters + self.possibly_billed, cost)


@dataclass(frozen=True)
class Sender:
    """What it takes to send: where answers are kept, what may be spent, and the time as text."""

    receipts: Receipts
    budget: Budget
    now: str = ""

    def send(self, batch: Batch) -> Sent:
        """Send a batch, unless its provider has failed; a request that got no answer once more.

        Sending again may be billed again, so it needs its own share of the budget.
        """
        sent = Sent(batch, failure=self.budget.stopped.get(batch.provider.name))
        taken = batch.taken
        if sent.failure is None:
            taken += self._send(sent)
        self.budget.settle(batch.provider, taken, sent.spent)
        return sent

    def _send(self, sent: Sent) -> Price:
        """Send, and give back what had to be reserved besides."""
        batch, more = sent.batch, Price()
        try:
            sizes = dict(zip(batch.keys, batch.sizes, strict=True))
            intent = self.receipts.intend(batch.locale, sizes)
            sent.leave_out(sizes.keys() - {key for key, _, _ in intent.asked})
            sent.failure = self._interrupted(batch.provider)
            again = None if sent.failure is not None else self._try(sent, intent)
            if again is not None:
                wanted = _price(sent)
                if self.budget.take(batch.provider, wanted) is None:
                    more = wanted
                    again = self._try(sent, intent)
            sent.failure = sent.failure or again
            # What was lost has notes of its own; only a killed run leaves this one behind.
            self.receipts.settle(intent)
        except I18nError as failure:
            sent.failure = failure
        if sent.failure is not None:
            self.budget.stopped.setdefault(batch.provider.name, sent.failure)
        return more

    def _interrupted(self, provider: Provider) -> Interrupted | None:
        """What told the run to stop while it waited for the answers of another one."""
        stopped = self.budget.stopped.get(provider.name)
        return stopped if isinstance(stopped, Interrupted) else None

    def _try(self, sent: Sent, intent: Intent) -> Unanswered | None:
        """Send what is not answered yet; the failure where no answer came."""
        failure: I18nError
        try:
            for part in send(sent.batch.provider, sent.rest):
                self._keep(sent, part, intent)
        except I18nError as error:
            failure = error
        else:
            return None
        lost = _price(sent, failure.texts)
        sent.possibly_billed += failure.unanswered * lost.characters
        sent.possible_cost += failure.unanswered * (lost.cost or 0.0)
        self._note(sent, failure.texts, failure.unanswered)
        if isinstance(failure, Unanswered):
            return failure
        sent.failure = failure
        return None

    def _keep(self, sent: Sent, part: Delivered | Refused, intent: Intent) -> None:
        count = len(part.request.texts)
        keys = sent.batch.keys[sent.done : sent.done + count]
        if isinstance(part, Refused):
            sent.refused[keys[0]] = part.reason
            sent.done += count
            return
        self._count(sent, part)
        self.receipts.keep(intent, list(self._receipts(sent.batch, part, keys)))
        self._note(sent, count, part.answer.unanswered)
        sent.done += count

    def _count(self, sent: Sent, part: Delivered) -> None:
        """Count what an answer cost, whether or not it can be kept."""
        answer = part.answer
        sent.requests += 1
        sent.characters += answer.billed
        cost = _cost(sent.batch.provider, part)
        known = sent.cost is not None and cost is not None
        sent.cost = (sent.cost or 0.0) + (cost or 0.0) if known else None
        sent.possibly_billed += answer.unanswered * sum(map(characters, part.request.texts))
        sent.notices += answer.notices

    def _note(self, sent: Sent, texts: int, times: int) -> None:
        """Write down what went out so often and got no answer, until a report has told it.

        The report of this run may never come: it can be killed.
        """
        if times:
            batch, part = sent.batch, slice(sent.done, sent.done + texts)
            sizes = zip(batch.keys[part], batch.sizes[part], strict=True)
            self.receipts.note(batch.locale, {key: size * times for key, size in sizes})

    def _receipts(self, batch: Batch, part: Delivered, keys: Sequence[str]) -> Iterator[Receipt]:
        answer, request = part.answer, part.request
        cost = _cost(batch.provider, part)
        share = None if cost is None else round(cost / len(keys), 9)
        for position, (key, text) in enumerate(zip(keys, answer.texts, strict=True)):
            yield Receipt(
                key=key,
                about=about(request.texts[position]),
                text=text,
                fault=answer.fault_of(position),
                provider=batch.provider.label,
                model=answer.model,
                billed=answer.billed_for(position),
                cost=share,
                trace=answer.trace,
                context=request.context,
                settings=str(request.style),
                together=len(keys),
                when=self.now,
            )


def _cost(provider: Provider, part: Delivered) -> float | None:
    """What an answer cost; nothing where its engine costs nothing, None where nobody knows."""
    if part.answer.cost is None and provider.cost(part.request) == Cost():
        return 0.0
    return part.answer.cost


def _price(sent: Sent, texts: int | None = None) -> Price:
    """What the next so many texts that are not answered take, or all of them."""
    count = len(sent.batch.keys) - sent.done if texts is None else texts
    rest = sent.rest.part(0, count)
    return price(sum(map(characters, rest.texts)), sent.batch.provider.cost(rest))


class Threads:
    """The threads that send for one provider, `count` of them.

    Daemons: a request that hangs must not hold up a run that is told to stop.
    """

    def __init__(self, count: int, work: Callable[[Batch], Sent]) -> None:
        self.count, self._work = max(1, count), work
        self._waiting: SimpleQueue[tuple[Batch, Future[Sent]] | None] = SimpleQueue()
        self._started = 0

    def submit(self, batch: Batch, future: Future[Sent]) -> None:
        """Have a batch sent as soon as a thread is free; `future` is what comes of it."""
        self._waiting.put((batch, future))
        if self._started < self.count:
            self._started += 1
            threading.Thread(target=self._work_off, daemon=True).start()

    def end(self) -> None:
        """Let the threads go once they have nothing to do."""
        for _ in range(self._started):
            self._waiting.put(None)

    def _work_off(self) -> None:
        while (order := self._waiting.get()) is not None:
            batch, future = order
            try:
                future.set_result(self._work(batch))
            except BaseException as error:  # noqa: BLE001  # handed on to who waits for it
                future.set_exception(error)
