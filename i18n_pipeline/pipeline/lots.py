"""What is asked for, as values: a locale's side, lots of units on it, and what came of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from i18n_pipeline.errors import I18nError, QuotaExceeded
from i18n_pipeline.model import Key, Unit
from i18n_pipeline.pipeline.budget import Price, Short
from i18n_pipeline.pipeline.sending import Batch, Sent
from i18n_pipeline.providers.base import Cost, Provider, Style, Terms
from i18n_pipeline.reports.report import Billed, Estimate
from i18n_pipeline.stages.ladder import Climber
from i18n_pipeline.values import dataclass, field


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

    `units` are those of one turn, `slugs` those of the terms that got or wanted a draft in any.
    `waiting` are units that nobody could be asked for within the budget, `short` says why,
    and what the least of it would take. `saved`
    are characters that receipts would answer, `spared` those that receipts of earlier runs did,
    `answered` the keys of what was answered in this one, `shared` those of texts that stand in
    several places. `free` are `characters` that cost nothing.
    `batches` and `likely` are of what would be sent.
    """

    units: dict[Key, Unit] = field(default_factory=dict)
    slugs: set[str] = field(default_factory=set)
    waiting: set[Key] = field(default_factory=set)
    short: dict[Short, Price] = field(default_factory=dict)
    providers: dict[str, None] = field(default_factory=dict)
    requests: int = 0
    characters: int = 0
    free: int = 0
    cost: float | None = 0.0
    possibly_billed: int = 0
    notices: dict[str, None] = field(default_factory=dict)
    failure: I18nError | None = None
    planned: list[Planned] = field(default_factory=list)
    batches: int = 0
    likely: Cost | None = field(default_factory=Cost)
    saved: int = 0
    spared: int = 0
    answered: set[str] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)

    def lacks(self, short: Short, provider: Provider, wanted: Price) -> None:
        """Something stays unsent for lack of budget; an allowance that ends is a failure."""
        least = min(self.short.get(short, wanted), wanted, key=lambda one: one.characters)
        self.short[short] = least
        if short is Short.ACCOUNT and self.failure is None:
            self.failure = no_allowance(provider)

    def add(self, sent: Sent) -> None:
        """Count what a batch cost."""
        self.answered.update(sent.batch.keys[: sent.done])
        self.requests += sent.requests
        self.characters += sent.characters
        self.free += sent.characters if sent.cost == 0.0 else 0
        known = self.cost is not None and sent.cost is not None
        self.cost = (self.cost or 0.0) + (sent.cost or 0.0) if known else None
        self.possibly_billed += sent.possibly_billed
        self.notices |= dict.fromkeys(sent.notices)
        if sent.requests or sent.possibly_billed:
            self.providers.setdefault(sent.batch.provider.name)

    def would_send(self, batch: Batch) -> None:
        """Count a batch that is only planned."""
        cost = batch.provider.cost(batch.request)
        self.batches += 1
        self.likely = None if self.likely is None or cost is None else self.likely + cost

    @property
    def billed(self) -> Billed:
        """The cost as the report shows it."""
        cost = None if self.cost is None else round(self.cost, 6)
        return Billed(
            self.requests, self.characters, self.possibly_billed, cost, self.free, self.spared
        )

    @property
    def estimate(self) -> Estimate:
        """What would be sent, as the report shows it."""
        return Estimate(
            self.batches,
            sum(one.characters for one in self.planned),
            sum(one.worst_case_characters for one in self.planned),
            None if self.likely is None else round(self.likely.likely, 6),
        )


def no_allowance(provider: Provider) -> QuotaExceeded:
    """The failure of an account that does not hold what is left to send."""
    return QuotaExceeded(
        f"{provider.label}'s allowance does not hold what is left to send",
        "wait for the account's next period, or raise its limit",
    )


@dataclass(frozen=True)
class Side:
    """One locale while it is asked for: what its requests say, and what came of them.

    `style` says how a field speaks. `held` are units whose answer was turned down before: they
    are asked for again only on request. `may_ask` says which units may be asked for at all, `why`
    says why one is.
    """

    source: str
    locale: str
    asked: Asked
    style: Callable[[str], Style] = lambda _: Style()
    glossary: Terms = ()
    held: frozenset[Key] = frozenset()
    may_ask: Callable[[Key], bool] = lambda _: True
    why: Callable[[Key], str] = lambda _: "new"
    progress: Callable[[int, int], None] = lambda _done, _total: None


@dataclass(frozen=True)
class Lot:
    """Units that are begun together or not at all, with the engines of each, in order.

    `context` are words about the term, for texts of this lot alone; `gist` one line about it, for
    texts that travel with those of other lots. `repeated` are texts that occur in several lots.
    `had` are the texts that units had so far.
    """

    side: Side
    climbers: tuple[tuple[Climber, tuple[Provider, ...]], ...]
    context: str = ""
    gist: str = ""
    repeated: frozenset[str] = frozenset()
    had: Mapping[Key, str] = field(default_factory=dict)
