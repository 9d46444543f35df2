"""What is held of the receipts of one locale while a run is at work."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from i18n_pipeline.memory.away import Away
from i18n_pipeline.memory.batches import Intent, Line, Receipt
from i18n_pipeline.memory.whereabouts import Whereabouts
from i18n_pipeline.values import dataclass, field


@dataclass
class Held:
    """The receipts of one locale: by key, the one in force last; and which texts they are about.

    `rounds` says how often each key was asked. `unread` are lines of receipts that nobody has asked
    for yet: a run that wants a few answers reads those alone. `kept` says where others lie, which
    are not here before somebody asks for their keys: for those in `fetched` that was done. `recent`
    are the keys that this run was answered for, by file, `away` the files of those that are held
    here no more, `back` the keys of those that are here again.
    """

    by_key: dict[str, list[Receipt]] = field(default_factory=dict)
    unread: dict[str, list[Line]] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)
    rounds: dict[str, int] = field(default_factory=dict)
    recent: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    kept: Whereabouts = Whereabouts()
    fetched: set[str] = field(default_factory=set)
    away: Away = field(default_factory=Away)
    back: set[str] = field(default_factory=set)

    @property
    def is_whole(self) -> bool:
        """Whether all receipts are here."""
        return not (self.away or self.kept)

    @cached_property
    def by_text(self) -> Mapping[str, tuple[Receipt, ...]]:
        """Receipts by what they are about, the newest first; of those there are when asked."""
        found: dict[str, list[Receipt]] = {}
        for receipts in self.all():
            for one in receipts:
                found.setdefault(one.about, []).append(one)
        return {
            text: tuple(sorted(all_, key=lambda one: (one.when, one.rank), reverse=True))
            for text, all_ in found.items()
        }

    def of(self, key: str) -> Sequence[Receipt]:
        """The receipts of a key, the one in force last."""
        for receipt in (line.receipt for line in self.unread.pop(key, ())):
            if receipt is not None:
                self.add(receipt)
        return self.by_key.get(key, ())

    def all(self) -> Iterable[Sequence[Receipt]]:
        """The receipts of each key, in the order in which keys were met."""
        return [found for key in self.rounds if (found := self.of(key))]

    def put_by(self, lines: Iterable[Line]) -> None:
        """Take note of receipts without reading them."""
        for line in lines:
            self.unread.setdefault(line.key, []).append(line)
            self.texts.add(line.about)
            self.rounds[line.key] = max(line.round, self.rounds.get(line.key, 0))

    def add(self, receipt: Receipt) -> None:
        """Hold a receipt, once."""
        if receipt.key in self.unread:
            self.of(receipt.key)
        known = self.by_key.setdefault(receipt.key, [])
        if receipt in known:
            return
        if known and known[-1].rank >= receipt.rank:
            insort(known, receipt, key=lambda one: one.rank)
        else:
            known.append(receipt)
        self.texts.add(receipt.about)
        self.rounds[receipt.key] = max(receipt.round, self.rounds.get(receipt.key, 0))

    def put_away(self, but: Collection[str]) -> None:
        """Hold no more of what this run was answered than where it lies, `but` for some keys."""
        for file, keys in self.recent:
            for key in keys:
                if key in but:
                    continue
                if len(self.by_key[key]) > 1:  # where the others lie is not known
                    self.back.add(key)
                    continue
                receipt = self.by_key.pop(key)[0]
                self.texts.discard(receipt.about)
                if self.rounds[key] == receipt.round:  # or it was asked for once more
                    del self.rounds[key]
                self.away.put(key, file)
        self.recent.clear()

    def next_round(self, key: str) -> int:
        """The round of the next asking of a key."""
        return self.rounds.get(key, 0) + 1

    def expect(self, intent: Intent) -> None:
        """Take note of rounds that were asked for."""
        for key, _, wanted in intent.asked:
            self.rounds[key] = max(wanted, self.rounds.get(key, 0))

    def has(self, key: str, wanted: int) -> bool:
        """Whether one asking of a key was answered."""
        return any(one.round == wanted for one in self.of(key))
