"""The report of a run: the numbers and findings that every output format shows."""

from __future__ import annotations

from dataclasses import dataclass, field

from i18n_pipeline.errors import I18nError, Problem, strongest
from i18n_pipeline.formats.plan import Plan, PlannedLocale
from i18n_pipeline.reports.excerpt import Excerpt, excerpt


@dataclass(frozen=True, slots=True)
class Issue:
    """A quality issue with its place, as reported.

    `text` is the translation it is about, and `at` the range of it that shows it, where one does.
    """

    check: str
    severity: str
    path: str
    line: int
    slug: str
    field: str
    message: str
    safety: bool = False
    text: str = ""
    at: tuple[int, int] | None = None

    @property
    def excerpt(self) -> Excerpt | None:
        """The words of the translation that show it, with what stands around them."""
        return excerpt(self.text, self.at) if self.at else None

    @property
    def unit(self) -> str:
        """The unit it is about: `<slug>/<field>`, or the field of vocabulary."""
        return f"{self.slug}/{self.field}".lstrip("/")


@dataclass(frozen=True, slots=True)
class Fix:
    """A translation before and after the edits that checks proposed, by its unit."""

    path: str
    line: int
    unit: str
    checks: tuple[str, ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Units:
    """Units of a locale by state. They count the terms the run may work on."""

    untranslated: int = 0
    needs_review: int = 0
    reviewed: int = 0

    @property
    def coverage(self) -> float:
        """Percent of units reviewed; 100 where there are none."""
        total = self.untranslated + self.needs_review + self.reviewed
        return 100 * self.reviewed / total if total else 100.0


@dataclass(frozen=True, slots=True)
class Terms:
    """Source terms of a locale.

    `complete` have all units reviewed; `built` files say what their units say, `stale` ones do
    not; `unadopted` files are people's that `adopt` has not read; `manual` terms are left to
    people.
    """

    total: int = 0
    complete: int = 0
    built: int = 0
    stale: int = 0
    unadopted: int = 0
    manual: int = 0


@dataclass(frozen=True, slots=True)
class Billed:
    """What providers were asked in this run.

    `possibly_billed` are characters sent without an answer seen. `cost` is in the currency of the
    configured prices, None where a price is not known. `free` are those of the characters that
    went to engines that cost nothing.
    """

    requests: int = 0
    characters: int = 0
    possibly_billed: int = 0
    cost: float | None = 0.0
    free: int = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a sync would send: requests, characters on the first try and at worst, price."""

    requests: int = 0
    characters: int = 0
    worst_case_characters: int = 0
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Drafts:
    """Terms for which a machine was asked: `whole` ones lack no text, the others `wait`."""

    whole: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True)
class LocaleReport:
    """One locale's part of a report. `notes` are words for people, most important first.

    `slugs` are the terms whose translations were judged, sorted. `live_again` are units that wait
    for review again while the page says their texts. `planned` is there where a run
    only worked out what it would ask machines.
    """

    locale: str
    providers: tuple[str, ...] = ()
    units: Units = Units()
    terms: Terms = Terms()
    exact: int = 0
    fuzzy: int = 0
    drafted: int = 0
    refused: int = 0
    billed: Billed = Billed()
    written: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    fixes: tuple[Fix, ...] = ()
    live_again: tuple[str, ...] = ()
    drafts: Drafts = Drafts()
    estimate: Estimate | None = None
    planned: PlannedLocale | None = None
    notes: tuple[str, ...] = ()
    codes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Report:
    """What a command did. `codes` are the exit codes of `errors` and of what no locale owns.

    `dry`: nothing was written, `written` says what would have been. `currency` is that of the
    configured prices. `plan` is what `plan` found that a sync would send.
    """

    command: str
    locales: tuple[LocaleReport, ...] = ()
    errors: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    codes: tuple[int, ...] = field(default=())
    dry: bool = False
    currency: str = ""
    plan: Plan | None = None

    @property
    def changed(self) -> bool:
        """Whether a file of the project was written (or, in a dry run, would be)."""
        return any(locale.written for locale in self.locales)

    @property
    def exit_code(self) -> int:
        """The strongest of everything that applies (errors.py)."""
        of_locales = (code for locale in self.locales for code in locale.codes)
        return strongest(0, *self.codes, *of_locales)


def problem_of(failure: I18nError) -> Problem:
    """A failure that is about no place in a file, as a problem: `CannotWrite` is `cannot-write`."""
    name = type(failure).__name__
    code = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)
    return Problem("", 0, 0, code.strip("-"), failure.message, failure.hint)
