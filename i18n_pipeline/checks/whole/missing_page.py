"""Quality: what a page leads to, and the terms it is related to, have a page in its locale."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from i18n_pipeline.checks.rule import quoted
from i18n_pipeline.checks.whole.rule import Page, PageLink, Whole, WholeRule, issue_of_page
from i18n_pipeline.model import QualityIssue, Severity

_RULE = ("missing-page", Severity.NOTE)
_NAMED = 5
"""How many pages are named that lead to the missing one."""


def _find(whole: Whole) -> Iterator[QualityIssue]:
    """One note for each page that is missing, where it is first led to."""
    leading: dict[str, list[tuple[Page, PageLink]]] = defaultdict(list)
    for page in whole.pages:
        for link in page.links:
            slug = _slug(whole, link)
            if slug is not None and slug not in whole.available:
                leading[slug].append((page, link))
    for slug, links in leading.items():
        page, link = links[0]
        yield issue_of_page(_RULE, _message(whole, slug, links), page, link.line)


def _slug(whole: Whole, link: PageLink) -> str | None:
    return link.destination if link.related else whole.addresses.slug_of(link.destination)


def _message(whole: Whole, slug: str, links: Sequence[tuple[Page, PageLink]]) -> str:
    pages = list(dict.fromkeys(page.slug for page, _ in links))
    more = f" and {len(pages) - _NAMED} more" if len(pages) > _NAMED else ""
    known = slug in whole.addresses.slugs
    what = f"has no page in {whole.addresses.locale}" if known else "is no term of the source"
    verb = "leads" if len(pages) == 1 else "lead"
    return f"{quoted(slug)} {what}, and {', '.join(pages[:_NAMED])}{more} {verb} to it"


MISSING_PAGE = WholeRule(
    *_RULE,
    find=_find,
    purpose="a term that pages link or relate to, and that has no page in the locale",
)
