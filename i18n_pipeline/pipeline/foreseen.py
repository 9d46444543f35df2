"""What is known of all terms of a locale by a run that works on a part of them at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from i18n_pipeline.glossary import Entry
from i18n_pipeline.model import Key, Unit, digest
from i18n_pipeline.pipeline.lots import Asked
from i18n_pipeline.pipeline.verdicts import Gathered
from i18n_pipeline.values import dataclass, field


@dataclass(frozen=True)
class Foreseen:
    """What all parts of a run go by, so that each does what a run on everything would.

    `leads` are the slugs that the source of each term leads to, `repeated` the `short_hash` of
    texts that stand in several places. `named` are names and vocabulary with their drafts, as they
    were asked for before the first part, `names` the terminology that follows from them, by slug.
    `pages` are the terms whose pages are taken to be there in the end. `asked` is what came of
    asking in all parts so far, `damaged` are the texts that were not sent, `drafted` says how many
    drafts there are, `judged` has the verdicts on them.
    """

    leads: Mapping[str, frozenset[str]]
    repeated: frozenset[int]
    named: Mapping[Key, Unit] | None = None
    names: Mapping[str, tuple[Entry, ...]] = field(default_factory=lambda: MappingProxyType({}))
    pages: frozenset[str] = frozenset()
    asked: Asked = field(default_factory=Asked)
    damaged: set[Key] = field(default_factory=set)
    drafted: int = 0
    judged: Gathered = field(default_factory=Gathered)

    def names_of(self, slugs: Collection[str]) -> Iterator[Entry]:
        """What the locale calls some terms."""
        return (entry for slug in slugs for entry in self.names.get(slug, ()))


def short_hash(text: str) -> int:
    """A number that tells one text from another, in eight bytes."""
    return int(digest(text, 8), 16)
