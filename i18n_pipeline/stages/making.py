"""Making one page, of values alone: what `build` and `correct` need, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from i18n_pipeline.errors import BadFile, Problem
from i18n_pipeline.formats.term_file import read_term
from i18n_pipeline.model import LockEntry
from i18n_pipeline.stages.build import Built, build, correct
from i18n_pipeline.stages.localized import Localized
from i18n_pipeline.stages.site import Site
from i18n_pipeline.stages.term import Term, Texts
from i18n_pipeline.values import dataclass


@dataclass(frozen=True)
class Lying:
    """A page as it lies there: its bytes, what the lock remembers of it, its name in the path."""

    data: bytes
    entry: LockEntry
    name: str


@dataclass(frozen=True)
class Making:
    """A page to be made of a term's texts, `drafts` where some are not reviewed.

    `corrected`: it may not be built, and the texts (None where there is none) go into the page that
    lies there.
    """

    term: Term
    texts: Texts
    lying: Lying | None = None
    drafts: bool = False
    corrected: bool = False


def make(site: Site, making: Making) -> Built | Problem:
    """The page; a Problem without a path where it cannot be made or the one there not be read."""
    local = Localized.of(making.term, making.texts, site, drafts=making.drafts)
    lying = making.lying
    try:
        if lying is None:
            return build(local)
        existing = read_term(lying.data, site.rules, lying.name, site.locale), lying.entry
        return correct(local, existing) if making.corrected else build(local, existing)
    except BadFile as failure:
        return failure.problem


class Made:
    """What pages came to that were made already: of the same things they come to the same."""

    def __init__(self) -> None:
        self._site: Site | None = None
        self._pages: dict[str, tuple[Making, Built | Problem]] = {}

    def known(self, site: Site, makings: Iterable[Making]) -> Mapping[str, Built | Problem]:
        """What is known of some pages, by slug."""
        if site != self._site:
            return {}
        pairs = ((one, self._pages.get(one.term.slug)) for one in makings)
        return {one.term.slug: found[1] for one, found in pairs if found and found[0] == one}

    def keep(self, site: Site, makings: Iterable[tuple[Making, Built | Problem]]) -> None:
        """Remember pages of one site; of another one nothing is known any more."""
        if site != self._site:
            self._site, self._pages = site, {}
        self._pages |= {making.term.slug: (making, page) for making, page in makings}
