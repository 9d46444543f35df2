"""The report of a run: the numbers and findings that every output format shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from i18n_pipeline.errors import BadFile, I18nError, Problem, strongest
from i18n_pipeline.reports.changes import Details
from i18n_pipeline.reports.excerpt import Excerpt, excerpt
from i18n_pipeline.values import dataclass, field

if TYPE_CHECKING:
    from i18n_pipeline.formats.plan import Plan, PlannedLocale
    from i18n_pipeline.reports.standing import Rendering, SourceTerm, TermStanding
    from i18n_pipeline.stages.adopting import LeftOver


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
    went to engines that cost nothing, `saved` are characters of texts that answers from before were
    used for.
    """

    requests: int = 0
    characters: int = 0
    possibly_billed: int = 0
    cost: float | None = 0.0
    free: int = 0
    saved: int = 0


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


@dataclass(frozen=True, slots=True)
class Different:
    """What a person made otherwise in a built file than its source is; line 0 for at none."""

    line: int
    what: str


@dataclass(frozen=True, slots=True)
class EditedPage:
    """A built file that was edited by hand, and what became of it.

    `texts` were taken into the PO, `conflicts` wait beside their units. `left` says why the file
    was left alone, "" where it was taken in.
    """

    path: str
    texts: int = 0
    conflicts: int = 0
    different: tuple[Different, ...] = ()
    left: str = ""


@dataclass(frozen=True, slots=True)
class OtherText:
    """A text that waits beside a unit's own, and where it came from."""

    where: str
    text: str


@dataclass(frozen=True)
class OpenConflict:
    """A unit that people disagree about: what it says, and the other texts, by its place."""

    path: str
    line: int
    unit: str
    source: str
    text: str
    says: tuple[OtherText, ...] = ()

    @property
    def place(self) -> str:
        """Where it stands in the PO file."""
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True)
class Adoption:
    """What adopting a locale's files came to.

    `segments` are texts of these files: so many count as `reviewed`, so many need review, the
    others are among the `remaining`, with texts of sources that nothing translates. `older` are
    files that were made from a source of before.
    """

    files: int = 0
    segments: int = 0
    reviewed: int = 0
    needs_review: int = 0
    left: int = 0
    older: int = 0
    remaining: tuple[LeftOver, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceEdits:
    """What became of texts whose source was edited, in units.

    `kept` and `patched` ones are as reviewed as they were, `review` ones wait for a person, by the
    kind of edit; `anew` were drafts that no longer fit.
    """

    kept: int = 0
    patched: int = 0
    anew: int = 0
    review: Mapping[str, int] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Whether there were edits."""
        return bool(self.kept or self.patched or self.anew or self.review)


@dataclass(frozen=True)
class LocaleReport:
    """One locale's part of a report. `notes` are words for people, most important first.

    `slugs` are the terms whose translations were judged, sorted. `waiting_drafts` are texts to
    review that nobody touched since a machine, or the memory, put them there. `planned` is
    there where a run only worked out what it would ask machines. `edited` are built files that
    people edited, `conflicts` the units that people disagree about. `live_again` are units that
    wait for review again while the page says their texts. `standings` and `renderings` are
    there where the run only looks: every term, and what links call the terms that they lead to.
    `details` are there where they are asked for. Where the locale's files could not be read the
    numbers of units and pages are not `known`: they are 0, and say nothing. `of_head`: it tells
    what git's HEAD has otherwise, and so is true only until somebody commits. `problems` are what
    is wrong with the locale's own files.
    """

    locale: str
    providers: tuple[str, ...] = ()
    units: Units = Units()
    terms: Terms = Terms()
    edits: SourceEdits = field(default_factory=SourceEdits)
    exact: int = 0
    fuzzy: int = 0
    drafted: int = 0
    refused: int = 0
    waiting_drafts: int = 0
    billed: Billed = Billed()
    written: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    fixes: tuple[Fix, ...] = ()
    live_again: tuple[str, ...] = ()
    drafts: Drafts = Drafts()
    edited: tuple[EditedPage, ...] = ()
    conflicts: tuple[OpenConflict, ...] = ()
    estimate: Estimate | None = None
    planned: PlannedLocale | None = None
    adoption: Adoption | None = None
    standings: tuple[TermStanding, ...] = ()
    renderings: tuple[Rendering, ...] = ()
    details: Details = field(default_factory=Details)
    notes: tuple[str, ...] = ()
    codes: tuple[int, ...] = ()
    known: bool = True
    of_head: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Report:
    """What a command did. `codes` are the exit codes of `errors` and of what no locale owns.

    `dry`: nothing was written, `written` says what would have been. `reads_only`: neither does
    the command ever write. `currency` is that of the
    configured prices. `plan` is what `plan` found that a sync would send. `sources` are the terms
    of the source, where the run only looks.
    """

    command: str
    locales: tuple[LocaleReport, ...] = ()
    errors: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    codes: tuple[int, ...] = field(default=())
    dry: bool = False
    reads_only: bool = False
    currency: str = ""
    plan: Plan | None = None
    sources: tuple[SourceTerm, ...] = ()

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
    """A failure as a problem; where it is about no file, `CannotWrite` is `cannot-write`."""
    if isinstance(failure, BadFile):
        return failure.problem
    name = type(failure).__name__
    code = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)
    return Problem("", 0, 0, code.strip("-"), failure.message, failure.hint)
