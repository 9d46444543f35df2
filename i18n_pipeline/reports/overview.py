"""What the report of a whole project is made of: every locale, its past, its cost, its links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

from i18n_pipeline.errors import Problem, strongest
from i18n_pipeline.reports.report import Estimate, LocaleReport
from i18n_pipeline.reports.standing import SourceTerm, TermStanding, TermState
from i18n_pipeline.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Spent:
    """What one provider's answers to a locale have cost, as receipts on this machine say.

    `characters` were billed; `cost` is None where the price of some was not known.
    """

    provider: str
    answers: int
    characters: int
    cost: float | None


@dataclass(frozen=True, slots=True)
class Counts:
    """Texts in review files, by state."""

    reviewed: int = 0
    needs_review: int = 0
    untranslated: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.reviewed + self.needs_review + self.untranslated

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.reviewed + other.reviewed,
            self.needs_review + other.needs_review,
            self.untranslated + other.untranslated,
        )


@dataclass(frozen=True)
class Moment:
    """How the review files stood in one commit; `day` is ISO 8601, `counts` are by locale."""

    commit: str
    day: str
    counts: Mapping[str, Counts]


@dataclass(frozen=True, slots=True)
class StalePage:
    """A page whose source has moved on: since which day (ISO 8601) and with which commit.

    Both are "" where that is not known: the edit is not committed, or no edit of the source is why.
    """

    slug: str
    since: str = ""
    commit: str = ""
    summary: str = ""


@dataclass(frozen=True)
class LocaleOverview:
    """One locale: its report, what is to be paid for and by whom, what was paid, what is stale.

    `estimate` is None where nobody is there to be asked.
    """

    report: LocaleReport
    estimate: Estimate | None = None
    providers: tuple[str, ...] = ()
    spent: tuple[Spent, ...] = ()
    stale: tuple[StalePage, ...] = ()

    @property
    def locale(self) -> str:
        """The target locale."""
        return self.report.locale

    @cached_property
    def by_slug(self) -> Mapping[str, TermStanding]:
        """How each term stands; nothing where that is not known."""
        return {} if self.is_unknown else {one.slug: one for one in self.report.standings}

    @cached_property
    def states(self) -> Counter[TermState]:
        """Terms by where they stand; none where that is not known."""
        return Counter(one.state for one in self.by_slug.values())

    @property
    def share(self) -> float | None:
        """Percent of terms that are reviewed, 100 where there are none; None if not known."""
        if self.is_unknown:
            return None
        return 100 * self.states[TermState.REVIEWED] / self.total if self.total else 100.0

    @property
    def total(self) -> int:
        """How many terms there are, whether or not it is known how they stand."""
        return max(len(self.report.standings), self.report.terms.total)

    @property
    def is_unknown(self) -> bool:
        """Whether it is not known how terms stand: the locale's files cannot be read."""
        return not self.report.known

    def is_missed(self, slug: str) -> bool:
        """Whether readers of the locale are known to have no page for a term."""
        if self.is_unknown:
            return False
        return slug not in self.by_slug or not self.by_slug[slug].path

    @property
    def cost(self) -> float | None:
        """What was paid; None where a price was not known."""
        costs = [one.cost for one in self.spent]
        return None if None in costs else sum(cost for cost in costs if cost is not None)


@dataclass(frozen=True, slots=True)
class Hole:
    """A term without a page in a locale, and the terms whose pages there lead to it."""

    slug: str
    linked_from: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """A project as its report shows it.

    `name` is what it is called, `day` the day of the report (ISO 8601). `moments` are the past,
    the oldest first; `past` says what of it could not be looked at.
    """

    name: str
    source: str
    day: str
    locales: tuple[LocaleOverview, ...] = ()
    terms: tuple[SourceTerm, ...] = ()
    moments: tuple[Moment, ...] = ()
    past: str = ""
    currency: str = ""
    errors: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    codes: tuple[int, ...] = field(default=())

    @property
    def exit_code(self) -> int:
        """65 where files could not be read, so that numbers are missing; else 0."""
        return strongest(0, *self.codes)

    @cached_property
    def by_slug(self) -> Mapping[str, SourceTerm]:
        """The terms of the source."""
        return {term.slug: term for term in self.terms}

    @cached_property
    def by_category(self) -> Mapping[str, tuple[SourceTerm, ...]]:
        """The terms by category, those without one last."""
        names = sorted({term.category for term in self.terms}, key=lambda name: (not name, name))
        return {name: tuple(term for term in self.terms if term.category == name) for name in names}

    @cached_property
    def linked(self) -> Counter[str]:
        """How many terms lead to each term."""
        return Counter(slug for term in self.terms for slug in term.links)

    @property
    def share(self) -> float | None:
        """Percent of all terms in all locales that are reviewed; None if that is not known."""
        if any(one.is_unknown for one in self.locales):
            return None
        total = sum(one.total for one in self.locales)
        done = sum(one.states[TermState.REVIEWED] for one in self.locales)
        return 100 * done / total if total else 100.0

    def holes(self, locale: LocaleOverview) -> tuple[Hole, ...]:
        """Where pages of a locale lead to no page of it, the most linked first."""
        if locale.is_unknown:
            return ()
        found: dict[str, list[str]] = {}
        for term in self.terms:
            if not locale.is_missed(term.slug):
                for slug in term.links:
                    if locale.is_missed(slug):
                        found.setdefault(slug, []).append(term.slug)
        holes = (Hole(slug, tuple(linking)) for slug, linking in found.items())
        return tuple(sorted(holes, key=lambda one: (-len(one.linked_from), one.slug)))

    def nowhere(self) -> Iterator[tuple[SourceTerm, str]]:
        """What terms call related and no source has."""
        for term in self.terms:
            yield from ((term, slug) for slug in term.nowhere)
