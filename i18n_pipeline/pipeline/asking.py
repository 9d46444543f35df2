"""Asking a provider: receipts first, then only what nobody answered yet, within the budget.

Every answer is durable before anything is done with it; a failure keeps what was answered and
ends the asking, never the run.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from functools import cached_property

from i18n_pipeline.errors import I18nError, Interrupted, NotAuthorised, Stop, TryLater
from i18n_pipeline.memory.receipts import Intent, Receipt, Receipts, receipt_key
from i18n_pipeline.model import Key
from i18n_pipeline.providers.base import Provider, Request, characters
from i18n_pipeline.providers.batches import Delivered, Refused, cut, send
from i18n_pipeline.reports.report import Billed, Estimate
from i18n_pipeline.stages.pretranslate import Answered, Ask

KEPT = "names kept in every locale"
"""Who answered where there were no words to translate."""

_GRACE = 3.0
"""Seconds that requests under way get when the run is told to stop."""


class Budget:
    """What may still be sent, shared by all threads and locales of a run.

    `stopped` holds by provider why it is not asked any more: a key or an allowance that failed
    for one locale fails for all.
    """

    def __init__(self, characters: int | None = None) -> None:
        self._left = characters
        self._lock = threading.Lock()
        self.reached = False
        self.stopped: dict[str, I18nError] = {}

    def take(self, count: int) -> bool:
        """Reserve characters for a request about to be sent; False where they are not left."""
        with self._lock:
            if self._left is not None and count > self._left:
                self.reached = True
                return False
            if self._left is not None:
                self._left -= count
            return True


@dataclass(frozen=True)
class Engine:
    """A provider for one locale with what it takes to ask it."""

    provider: Provider
    receipts: Receipts
    budget: Budget
    source: str
    locale: str
    refresh: bool = False
    jobs: int = 1
    now: str = ""
    sends: bool = True
    progress: Callable[[int, int], None] = lambda _done, _total: None


@dataclass
class Asked:
    """What came of asking: answers by receipt key, and what it cost."""

    answers: dict[str, Answered] = field(default_factory=dict)
    refused: dict[str, Answered] = field(default_factory=dict)
    requests: int = 0
    characters: int = 0
    possibly_billed: int = 0
    notices: dict[str, None] = field(default_factory=dict)
    failure: I18nError | None = None
    planned: Estimate = field(default_factory=Estimate)

    @property
    def billed(self) -> Billed:
        """The cost as the report shows it."""
        return Billed(self.requests, self.characters, self.possibly_billed)


@dataclass(frozen=True)
class _Batch:
    request: Request
    keys: tuple[str, ...]

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        texts = zip(self.keys, self.request.texts, strict=True)
        return {key: characters(text) for key, text in texts}


def key_of(engine: Engine, ask: Ask) -> str:
    """The receipt key of an ask: locales, protected text, the glossary entries in it."""
    entries = ((entry.source, entry.target) for entry in ask.entries)
    return receipt_key(engine.source, engine.locale, ask.protected.text, entries)


@dataclass(frozen=True)
class Turn:
    """What surrounds the asks of one turn: names are asked first, then the texts that use them.

    `contexts` are words about a term by slug, asks without one travel together; `glossary` is the
    required terminology. `held` are units whose answer was turned down before: they are asked
    again only on request.
    """

    contexts: Mapping[str, str]
    glossary: tuple[tuple[str, str], ...]
    held: frozenset[Key] = frozenset()


def ask_all(engine: Engine, asks: Sequence[Ask], turn: Turn, asked: Asked) -> None:
    """Answer the asks from receipts and the provider, into `asked`."""
    waiting = list(_unanswered(engine, asks, asked, turn.held))
    batches = [
        batch
        for context, group in _by_context(waiting, turn.contexts)
        for batch in _cut(engine, group, context, turn.glossary)
    ]
    if not engine.sends:
        _plan(batches, asked)
    else:
        for done, sent in enumerate(_send_all(engine, batches, asked), 1):
            _take(asked, sent)
            engine.progress(done, len(batches))


def _send_all(engine: Engine, batches: Sequence[_Batch], asked: Asked) -> Iterator[_Sent]:
    """What came of each batch, in order. Told to stop, those under way get a moment to end."""
    if engine.jobs == 1 or len(batches) < 2:
        yield from (_send(engine, batch, asked) for batch in batches)
        return
    waiting = deque((batch, Future[_Sent]()) for batch in batches)
    sending = [future for _, future in waiting]
    # Daemons: a request that hangs must not hold up a run that is told to stop.
    for _ in range(min(engine.jobs, len(batches))):
        threading.Thread(target=_work_off, args=(engine, waiting, asked), daemon=True).start()
    ended = 0
    try:
        for future in sending:
            yield future.result()
            ended += 1
    except Stop as stop:
        failure = stop.as_failure()
        engine.budget.stopped[engine.provider.name] = failure
        waiting.clear()
        wait(sending, _GRACE)
        yield from (future.result() for future in sending[ended:] if future.done())
        yield _Sent(failure=failure)
    finally:
        waiting.clear()


def _work_off(engine: Engine, waiting: deque[tuple[_Batch, Future[_Sent]]], asked: Asked) -> None:
    while True:
        try:
            batch, future = waiting.popleft()
        except IndexError:
            return
        try:
            future.set_result(_send(engine, batch, asked))
        except Exception as error:  # noqa: BLE001  # handed on to the thread that waits for it
            future.set_exception(error)


def _unanswered(
    engine: Engine, asks: Iterable[Ask], asked: Asked, held: frozenset[Key]
) -> Iterator[tuple[str, Ask]]:
    """What no receipt answers, each text once, in order."""
    seen: set[str] = set()
    for ask in asks:
        key = key_of(engine, ask)
        if key in asked.answers or key in seen:
            continue
        if not any(character.isalpha() for character in _words(ask)):
            asked.answers[key] = Answered(ask.protected.text, KEPT)
            continue
        receipt = None if engine.refresh else engine.receipts.find(engine.locale, key)
        if receipt is not None:
            asked.answers[key] = Answered(receipt.text, receipt.provider)
        elif engine.provider.translates and (engine.refresh or ask.key not in held):
            seen.add(key)
            yield key, ask


def _words(ask: Ask) -> str:
    text = ask.protected.text
    parts = text.split("<")
    return parts[0] + "".join(part.partition(">")[2] for part in parts[1:])


def _by_context(
    waiting: Sequence[tuple[str, Ask]], contexts: Mapping[str, str]
) -> Iterator[tuple[str, list[tuple[str, Ask]]]]:
    groups: dict[str, list[tuple[str, Ask]]] = {}
    for key, ask in waiting:
        groups.setdefault(contexts.get(ask.slug, ""), []).append((key, ask))
    yield from groups.items()


def _cut(
    engine: Engine,
    group: Sequence[tuple[str, Ask]],
    context: str,
    glossary: tuple[tuple[str, str], ...],
) -> Iterator[_Batch]:
    texts = tuple(ask.protected.text for _, ask in group)
    whole = Request(engine.source, engine.locale, texts, context, glossary)
    first = 0
    for request in cut(whole, engine.provider):
        last = first + len(request.texts)
        yield _Batch(request, tuple(key for key, _ in group[first:last]))
        first = last


def _plan(batches: Sequence[_Batch], asked: Asked) -> None:
    count = sum(sum(batch.sizes.values()) for batch in batches)
    old = asked.planned
    asked.planned = Estimate(
        old.requests + len(batches), old.characters + count, old.worst_case_characters + 3 * count
    )


@dataclass
class _Sent:
    answers: dict[str, Answered] = field(default_factory=dict)
    refused: dict[str, Answered] = field(default_factory=dict)
    requests: int = 0
    characters: int = 0
    possibly_billed: int = 0
    notices: tuple[str, ...] = ()
    failure: I18nError | None = None


def _send(engine: Engine, batch: _Batch, asked: Asked) -> _Sent:
    """Send one batch, unless an earlier one failed for good or the budget is used up."""
    sent = _Sent(failure=engine.budget.stopped.get(engine.provider.name))
    total = sum(batch.sizes.values())
    if sent.failure or asked.failure or not engine.budget.take(total):
        return sent
    intent = engine.receipts.intend(engine.locale, batch.sizes)
    try:
        for part in send(engine.provider, batch.request):
            _keep(sent, engine, batch, part, intent)
    except I18nError as failure:
        _fail(sent, engine, batch, failure)
    except Stop as stop:
        _fail(sent, engine, batch, stop.as_failure())
    # What was lost on the way is counted here; only a killed run leaves its intent behind.
    engine.receipts.settle(intent)
    return sent


def _keep(
    sent: _Sent, engine: Engine, batch: _Batch, part: Delivered | Refused, intent: Intent
) -> None:
    keys = batch.keys[part.first : part.first + len(part.request.texts)]
    if isinstance(part, Refused):
        sent.refused[keys[0]] = Answered(part.reason, engine.provider.label)
        return
    receipts = list(_receipts(engine, part, keys))
    engine.receipts.keep(intent, receipts)
    sent.answers |= {one.key: Answered(one.text, one.provider) for one in receipts}
    sent.requests += 1
    sent.characters += part.answer.billed
    sent.possibly_billed += part.answer.unanswered * sum(batch.sizes[key] for key in keys)
    sent.notices += part.answer.notices


def _fail(sent: _Sent, engine: Engine, batch: _Batch, failure: I18nError) -> None:
    answered = sent.answers | sent.refused
    open_keys = [key for key in batch.keys if key not in answered]
    # Told to stop in the middle of a request: nobody knows how far it had come.
    tries = failure.unanswered + isinstance(failure, Interrupted)
    sent.possibly_billed += tries * sum(batch.sizes[key] for key in open_keys)
    sent.failure = failure
    if isinstance(failure, (NotAuthorised, TryLater)):
        engine.budget.stopped[engine.provider.name] = failure


def _receipts(engine: Engine, part: Delivered, keys: Sequence[str]) -> Iterator[Receipt]:
    answer = part.answer
    for position, (key, text) in enumerate(zip(keys, answer.texts, strict=True)):
        yield Receipt(
            key=key,
            text=text,
            provider=engine.provider.label,
            model=answer.model,
            billed=answer.billed_for(position),
            trace=answer.trace,
            context=part.request.context,
            when=engine.now,
        )


def _take(asked: Asked, sent: _Sent) -> None:
    asked.answers |= sent.answers
    asked.refused |= sent.refused
    asked.requests += sent.requests
    asked.characters += sent.characters
    asked.possibly_billed += sent.possibly_billed
    asked.notices |= dict.fromkeys(sent.notices)
    asked.failure = asked.failure or sent.failure
