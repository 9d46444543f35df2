"""What is known of all terms of a locale by a run that works on a part of them at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from i18n_pipeline.glossary import Entry, Glossary, merged
from i18n_pipeline.model import Key, Unit, digest
from i18n_pipeline.pipeline.lots import Asked
from i18n_pipeline.pipeline.verdicts import Gathered
from i18n_pipeline.values import dataclass, field, fields

_all_of = attrgetter(*(one.name for one in fields(Entry)))


class Terminologies:
    """Terminology that is made of the same as before is not made once more, and indexed.

    That takes seconds for a hundred thousand names, and mostly all parts have all of it in common.
    """

    def __init__(self) -> None:
        self._of: tuple[Sequence[Entry], Sequence[Entry], Sequence[str], str] = ((), (), (), "")
        self._made: Glossary | None = None

    def merged(
        self, listed: Sequence[Entry], names: Sequence[Entry], keep: Sequence[str], source: str
    ) -> Glossary:
        """The terminology of these (glossary.merged)."""
        entries, names_before, *others = self._of
        same = _same(listed, entries) and _same(names, names_before) and [keep, source] == others
        if self._made is None or not same:
            self._of = (listed, names, keep, source)
            self._made = merged(*self._of)
        return self._made


def _same(some: Sequence[Entry], others: Sequence[Entry]) -> bool:
    """Whether entries say the same in everything, also where that makes them no others."""
    pairs = zip(some, others, strict=False)
    alike = (one is other or _all_of(one) == _all_of(other) for one, other in pairs)
    return len(some) == len(others) and all(alike)


@dataclass(frozen=True)
class Foreseen:
    """What all parts of a run go by, so that each does what a run on everything would.

    `links` says how many terms lead to each term, `repeated` are the `short_hash` of texts that
    stand in several places, `echoed` that of names and vocabulary that stand among texts too.
    `named` are names and vocabulary with their drafts, as they were asked for before the first
    part, by slug: those of terms that are done are let go. `names` is the terminology that follows,
    `in_force` makes of it what texts are asked for with. Until all are there, the run is `naming`.
    `pages` are the terms whose pages are taken to be there in the end. `asked` is what came of
    asking in all parts so far, `damaged` are the texts that were not sent, `drafted` says how many
    drafts there are, `judged` has the verdicts on them.
    """

    links: Mapping[str, int]
    repeated: frozenset[int]
    echoed: frozenset[int]
    named: dict[str, tuple[Unit, ...]] = field(default_factory=dict)
    names: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    in_force: Terminologies = field(default_factory=Terminologies)
    naming: bool = True
    pages: frozenset[str] = frozenset()
    asked: Asked = field(default_factory=Asked)
    damaged: set[Key] = field(default_factory=set)
    drafted: int = 0
    judged: Gathered = field(default_factory=Gathered)

    def is_asked_again(self, texts: Iterable[str]) -> bool:
        """Whether one of some texts that are asked for now is asked for by others again."""
        found = self.echoed if self.naming else self.repeated
        return bool(found) and any(short_hash(text) in found for text in texts)

    def names_of(self, slugs: Collection[str]) -> Iterator[Entry]:
        """What the locale calls some terms."""
        return (entry for slug in slugs for entry in self.names.get(slug, ()))

    def let_go(self, slugs: Iterable[str]) -> None:
        """Hold no more what was asked for before the parts of some terms, which are done."""
        for slug in slugs:
            self.named.pop(slug, None)


def short_hash(text: str) -> int:
    """A number that tells one text from another, in eight bytes."""
    return int(digest(text, 8), 16)
