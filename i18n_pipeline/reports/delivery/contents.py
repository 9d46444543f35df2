"""What a branch would bring to the branch it is for: pages, texts, drafts, and what is left."""

from __future__ import annotations

from enum import StrEnum

from i18n_pipeline.reports.report import LocaleReport, Report
from i18n_pipeline.values import dataclass, field


class Fate(StrEnum):
    """What becomes of a page."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "taken away"


@dataclass(frozen=True, slots=True)
class Pair:
    """A text of a page as readers will see it, with its source; `draft`: nobody reviewed it."""

    unit: str
    source: str
    target: str
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page that readers get otherwise. Addresses are "" where the project names none."""

    slug: str
    path: str
    fate: Fate
    pairs: tuple[Pair, ...] = ()
    source_address: str = ""
    address: str = ""


@dataclass(frozen=True)
class Part:
    """What is brought to one locale: `drafts` are machine drafts that were not there before.

    `report` is what the run said of the locale.
    """

    locale: str
    name: str
    direction: str
    catalog: str
    report: LocaleReport
    pages: tuple[Page, ...] = ()
    drafts: int = 0


@dataclass(frozen=True)
class Contents:
    """What a branch brings. `check` is what checks found there; `state` stands for all bytes of it.

    `why` says in words why the run is not all there is to do, "" where it is.
    """

    parts: tuple[Part, ...]
    sync: Report
    check: Report
    state: str = ""
    why: tuple[str, ...] = field(default=())

    @property
    def pages(self) -> int:
        """Pages that readers get otherwise."""
        return sum(len(part.pages) for part in self.parts)

    @property
    def drafts(self) -> int:
        """Machine drafts that were not there before."""
        return sum(part.drafts for part in self.parts)

    def found(self, severity: str) -> int:
        """Findings of checks of a severity."""
        return sum(issue.severity == severity for one in self.check.locales for issue in one.issues)
