"""What a run may still spend: its caps, and the allowances of the accounts it uses.

Whatever is under way counts as spent at its worst until its answer says what it was, so no request
is begun that could pass a cap, whatever the number of workers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import StrEnum
from time import monotonic

from i18n_pipeline.errors import I18nError, QuotaExceeded
from i18n_pipeline.providers.base import Cost, Provider, Usage
from i18n_pipeline.values import dataclass, field

CI_CHARACTERS = 100_000
"""The cap on characters in CI, where nobody has set one."""

_LOOK_AGAIN = 100_000
"""Characters after which an account is asked again what is left."""

_LOOK_AFTER = 60.0
"""Seconds after which an account is asked again what is left."""


class Short(StrEnum):
    """What a run is short of."""

    CHARACTERS = "the cap on characters was reached"
    MONTH = "the month's budget of characters was reached"
    COST = "the cap on cost was reached"
    ACCOUNT = "the account's allowance does not suffice"


@dataclass(frozen=True, slots=True)
class Price:
    """What sending something takes at the worst: characters, and cost where it is known."""

    characters: int = 0
    cost: float | None = 0.0

    def __add__(self, other: Price) -> Price:
        known = self.cost is not None and other.cost is not None
        cost = (self.cost or 0.0) + (other.cost or 0.0) if known else None
        return Price(self.characters + other.characters, cost)


def price(characters: int, cost: Cost | None) -> Price:
    """The price of a request at the worst."""
    return Price(characters, None if cost is None else cost.most)


@dataclass(slots=True)
class _Account:
    """One provider's allowance as last seen, and what was begun since."""

    usage: Usage | None = None
    begun: int = 0
    under_way: int = 0
    looked: float = 0.0

    def holds(self, characters: int, reserve: int) -> bool:
        if self.usage is None or self.usage.limit is None:
            return True
        return self.usage.spent + self.begun + characters <= self.usage.limit - reserve


@dataclass(frozen=True, slots=True)
class Caps:
    """The caps of a run: characters, cost in the currency of the prices, None for none.

    `of_month` says that the characters are what is left of the month's budget. `reserve` are
    characters of every account's allowance that are left to others.
    """

    characters: int | None = None
    cost: float | None = None
    reserve: int = 0
    of_month: bool = False


@dataclass(slots=True)
class Budget:
    """What may still be sent, shared by all threads, providers and locales of a run.

    `stopped` holds by provider why it is not asked any more: a key or an allowance that failed
    for one locale fails for all.
    """

    caps: Caps = field(default_factory=Caps)
    clock: Callable[[], float] = monotonic
    stopped: dict[str, I18nError] = field(default_factory=dict)
    _characters: int = 0
    _cost: float = 0.0
    _accounts: dict[str, _Account] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def take(self, provider: Provider, wanted: Price) -> Short | None:
        """Reserve what a request takes at the worst, before it begins; or say what is missing."""
        with self._lock:
            missing = self._missing(provider.name, wanted)
            if missing is None:
                self._book(provider.name, wanted)
            return missing

    def lacks(self, provider: Provider, wanted: Price) -> Short | None:
        """What is missing for a request, without reserving anything."""
        with self._lock:
            return self._missing(provider.name, wanted)

    def settle(self, provider: Provider, taken: Price, spent: Price) -> None:
        """Say what came of what was reserved: what was not spent can be spent again.

        A cost that nobody knows is taken for the worst.
        """
        cost = taken.cost if spent.cost is None else spent.cost
        with self._lock:
            self._characters += spent.characters - taken.characters
            self._cost += (cost or 0.0) - (taken.cost or 0.0)
            account = self._account(provider.name)
            account.begun += spent.characters - taken.characters
            account.under_way -= taken.characters

    def look(self, provider: Provider) -> None:
        """Ask an account what is left, where that was not done lately.

        Where it cannot be told, the run goes on and counts for itself.
        """
        account = self._account(provider.name)
        now = self.clock()
        fresh = account.begun < _LOOK_AGAIN and now - account.looked < _LOOK_AFTER
        if account.looked and fresh:
            return
        usage = provider.usage()
        with self._lock:
            account.looked = now or 1.0
            # What is under way may be in the account's number or not yet: it is counted.
            account.usage, account.begun = usage, account.under_way
        if usage is not None and usage.limit is not None and usage.spent >= usage.limit:
            raise QuotaExceeded(
                f"{provider.label}'s allowance of {usage.limit} characters is used up",
                "wait for the account's next period, or raise its limit",
            )

    def _missing(self, name: str, wanted: Price) -> Short | None:
        caps = self.caps
        if caps.characters is not None and self._characters + wanted.characters > caps.characters:
            return Short.MONTH if caps.of_month else Short.CHARACTERS
        if caps.cost is not None and self._cost + (wanted.cost or 0.0) > caps.cost:
            return Short.COST
        if not self._account(name).holds(wanted.characters, caps.reserve):
            return Short.ACCOUNT
        return None

    def _book(self, name: str, wanted: Price) -> None:
        self._characters += wanted.characters
        self._cost += wanted.cost or 0.0
        account = self._account(name)
        account.begun += wanted.characters
        account.under_way += wanted.characters

    def _account(self, name: str) -> _Account:
        return self._accounts.setdefault(name, _Account())
