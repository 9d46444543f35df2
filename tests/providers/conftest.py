"""What the tests of providers share: a clock that only moves when someone sleeps, and the stub."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pytest

from i18n_pipeline.providers.base import Settings, Waiting
from i18n_pipeline.providers.deepl.line import Account
from i18n_pipeline.providers.deepl.provider import DeepL
from i18n_pipeline.providers.deepl.tap import Timeouts
from i18n_pipeline.providers.keys import Key
from tests.stubs import account as stub_account
from tests.stubs.deepl import Stub

CANARY = "canary-0d15ea5e-key"


@dataclass
class Clock:
    """Time as the retries see it."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    @property
    def waiting(self) -> Waiting:
        return Waiting(self.sleep, lambda: self.now, lambda: 0.5)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub(stub_account.Account(key=CANARY)) as server:
        yield server


Connect = Callable[..., DeepL]


@pytest.fixture
def connect(stub: Stub, clock: Clock) -> Iterator[Connect]:
    """A DeepL at the stub; `connect(key=…, settings=…)` for another one."""
    made: list[DeepL] = []

    def new(
        key: str = "",
        server: str = "",
        timeouts: Timeouts | None = None,
        settings: Settings | None = None,
        certificates: str = "",
    ) -> DeepL:
        account = Account(Key(key or stub.account.key), server or stub.url, certificates)
        known = replace(settings or Settings(), waiting=clock.waiting)
        made.append(DeepL(account, known, timeouts))
        return made[-1]

    yield new
    for provider in made:
        provider.close()


@pytest.fixture
def deepl(connect: Connect) -> DeepL:
    return connect()
