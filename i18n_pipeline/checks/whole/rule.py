"""What is checked of a locale as a whole: all its translations and pages, beside each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from i18n_pipeline.glossary import Glossary
from i18n_pipeline.links import Addresses
from i18n_pipeline.model import Key, QualityIssue, Segment, Severity, Unit
from i18n_pipeline.values import dataclass, field


@dataclass(frozen=True, slots=True)
class PageLink:
    """Where a page leads, and in which line; `related` where it is a slug of the front matter."""

    destination: str
    line: int = 0
    related: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A term's file in the locale, as it lies on disk."""

    slug: str
    path: str
    links: tuple[PageLink, ...] = ()


@dataclass(frozen=True)
class Whole:
    """All that a locale says: units with a text, and pages; `available` are the slugs of pages."""

    units: tuple[Unit, ...]
    segments: Mapping[Key, Segment]
    addresses: Addresses
    glossary: Glossary = field(default_factory=Glossary)
    pages: tuple[Page, ...] = ()

    @cached_property
    def available(self) -> frozenset[str]:
        """The slugs that have a page."""
        return frozenset(page.slug for page in self.pages)


@dataclass(frozen=True)
class WholeRule:
    """One thing that can be wrong with translations beside each other, or with pages.

    Never a matter of safety: what is built from one text is judged by that text.
    """

    code: str
    severity: Severity
    find: Callable[[Whole], Iterable[QualityIssue]]
    purpose: str
    safety: bool = False


def issue_of_unit(rule: tuple[str, Severity], message: str, unit: Unit) -> QualityIssue:
    """What is wrong with one unit beside the others, by a rule's code and severity."""
    return QualityIssue(
        *rule, False, message, unit.context, unit.source, unit.path, target=unit.target
    )


def issue_of_page(rule: tuple[str, Severity], message: str, page: Page, line: int) -> QualityIssue:
    """What is wrong with one line of a page."""
    return QualityIssue(*rule, False, message, f"{page.slug}/", path=page.path, line=max(line, 1))
