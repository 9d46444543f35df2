"""Packing: texts that are wanted become requests of the size a provider takes.

Texts that need the sense of their term go with the other texts of it; headings, names and what
occurs in several terms travel in mixed requests; what was left out of one goes alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from enum import Enum, auto

from i18n_pipeline.pipeline.budget import Price
from i18n_pipeline.pipeline.lots import Lot, Side
from i18n_pipeline.pipeline.sending import Batch
from i18n_pipeline.providers.base import Hint, Provider, Request, Style
from i18n_pipeline.providers.batches import cut
from i18n_pipeline.values import dataclass, field, replace

LONGEST_CONTEXT = 4000
"""Characters of context that a request has at the most."""

_POOLED_LOTS = 32
"""After so many lots of a locale their mixed texts are sent, also where they fill no request."""


class Company(Enum):
    """Which other texts a text may travel with."""

    NONE = auto()
    TERM = auto()
    ANY = auto()


@dataclass(frozen=True, slots=True)
class Want:
    """A text to be sent: to whom, by which key it will be found, in which company.

    `taken` is what it takes at the worst; a request speaks in one `style`.
    """

    provider: Provider
    key: str
    text: str
    hint: Hint
    company: Company
    taken: Price
    style: Style = field(default_factory=Style)


class Packer:
    """Makes batches of wanted texts, and hands them to `out` with the side they are for."""

    def __init__(self, out: Callable[[Side, Batch], None]) -> None:
        self._out = out
        self._pools: dict[str, dict[tuple[str, Style], list[tuple[Lot, Want]]]] = {}
        self._since: Counter[str] = Counter()

    def pack(self, lot: Lot, wants: Sequence[Want]) -> None:
        """Pack the texts of a lot; mixed ones wait for those of the next lots."""
        for provider, group in by_style(wants):
            for want in group:
                if want.company is Company.NONE:
                    self._cut(lot.side, provider, [want], lot.context)
            own = [want for want in group if want.company is Company.TERM]
            self._cut(lot.side, provider, own, lot.context)
            self._pool(lot, [want for want in group if want.company is Company.ANY])
        locale = lot.side.locale
        self._since[locale] += 1
        if self._since[locale] >= _POOLED_LOTS:
            self._flush(locale)

    def flush(self) -> None:
        """Pack what waits for company."""
        for locale in tuple(self._pools):
            self._flush(locale)

    def _flush(self, locale: str) -> None:
        self._since[locale] = 0
        for pool in self._pools.pop(locale, {}).values():
            if pool:
                self._mixed(pool)

    def _pool(self, lot: Lot, wants: Sequence[Want]) -> None:
        """Have texts of one provider and style wait for company."""
        if not wants:
            return
        provider, style = wants[0].provider, wants[0].style
        pools = self._pools.setdefault(lot.side.locale, {})
        pool = pools.setdefault((provider.name, style), [])
        pool += [(lot, want) for want in wants]
        full = provider.limits.texts
        while len(pool) >= full:
            self._mixed(pool[:full])
            del pool[:full]

    def _mixed(self, pool: Sequence[tuple[Lot, Want]]) -> None:
        gists = dict.fromkeys(lot.gist for lot, _ in pool if lot.gist)
        wants = [want for _, want in pool]
        self._cut(pool[0][0].side, wants[0].provider, wants, "\n".join(gists))

    def _cut(self, side: Side, provider: Provider, wants: Sequence[Want], context: str) -> None:
        first = 0
        for part in cut(request_of(side, provider, wants, context), provider):
            packed = wants[first : first + len(part.texts)]
            first += len(packed)
            keys = tuple(want.key for want in packed)
            taken = sum((want.taken for want in packed), Price())
            self._out(side, Batch(side.locale, provider, part, keys, taken))


def priced(side: Side, wants: Iterable[Want]) -> list[Want]:
    """The same texts, each with its share of what they cost at the worst.

    As if no other lot gave them company, and with the longest context there is.
    """
    found: list[Want] = []
    for provider, group in by_style(wants):
        for company in Company:
            members = [want for want in group if want.company is company]
            if company is Company.NONE:
                found += (one for want in members for one in _shared(side, provider, [want]))
            else:
                found += _shared(side, provider, members)
    return found


def _shared(side: Side, provider: Provider, wants: Sequence[Want]) -> Iterator[Want]:
    first = 0
    for part in cut(request_of(side, provider, wants, "x" * LONGEST_CONTEXT), provider):
        packed = wants[first : first + len(part.texts)]
        first += len(packed)
        cost = provider.cost(part)
        share = None if cost is None else cost.most / len(packed)
        yield from (replace(one, taken=Price(one.taken.characters, share)) for one in packed)


def request_of(side: Side, provider: Provider, wants: Sequence[Want], context: str) -> Request:
    """A request for texts, with what its provider makes use of."""
    return Request(
        side.source,
        side.locale,
        tuple(want.text for want in wants),
        context[:LONGEST_CONTEXT] if provider.reads_context else "",
        side.glossary if provider.keeps_terms(side.source, side.locale) else (),
        wants[0].style if wants else Style(),
        tuple(want.hint for want in wants),
    )


def by_provider(wants: Iterable[Want]) -> list[tuple[Provider, list[Want]]]:
    """Wanted texts by the provider that is to get them."""
    return _grouped(wants, lambda want: want.provider.name)


def by_style(wants: Iterable[Want]) -> list[tuple[Provider, list[Want]]]:
    """Wanted texts by the provider that is to get them, and by how they are to speak."""
    return _grouped(wants, lambda want: (want.provider.name, want.style))


def _grouped(
    wants: Iterable[Want], kind: Callable[[Want], Hashable]
) -> list[tuple[Provider, list[Want]]]:
    found: dict[Hashable, tuple[Provider, list[Want]]] = {}
    for want in wants:
        found.setdefault(kind(want), (want.provider, []))[1].append(want)
    return list(found.values())
