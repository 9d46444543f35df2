"""Runs that share receipts: one after the other in one folder, or each on a machine of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Protocol

from i18n_pipeline.memory.postgres import Month, open_database
from i18n_pipeline.memory.receipts import Receipt, Receipts
from i18n_pipeline.memory.shared import Shared

LOCALES = ("ja", "de", "zh-Hans")
MONTH = Month("2026-11")


class Machines(Protocol):
    """Where runs begin and end."""

    def open(self) -> Receipts:
        """The receipts as the next run finds them."""
        ...

    def end(self, receipts: Receipts) -> None:
        """A run is over, however it ended."""
        ...


@dataclass
class OneFolder:
    """Runs on one machine."""

    root: Path

    def open(self) -> Receipts:
        return Receipts(self.root / ".i18n")

    def end(self, receipts: Receipts) -> None:
        pass


@dataclass
class OneDatabase:
    """Each run on a machine that was never seen before, and knows the address of a database."""

    root: Path
    url: str
    month: Month = MONTH
    sleep: Callable[[float], None] = time.sleep
    _opened: list[Shared] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)

    def open(self, home: Path | None = None) -> Shared:
        home = home or self.root / str(next(self._numbers)) / ".i18n"
        made = Shared(home, open_database(self.url, self.sleep), self.month, self.sleep)
        self._opened.append(made)
        made.bring_level(LOCALES)
        return made

    def end(self, receipts: Receipts) -> None:
        assert isinstance(receipts, Shared)
        receipts.close()

    def end_all(self) -> None:
        for one in self._opened:
            one.close()


def keep(machines: Machines, receipts: Sequence[Receipt], locale: str = "ja") -> None:
    """A run that asks for some texts, is answered, and ends."""
    store = machines.open()
    store.keep(store.intend(locale, {one.key: 5 for one in receipts}), receipts)
    machines.end(store)
