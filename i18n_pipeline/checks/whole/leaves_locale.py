"""Quality: a link of a page stays in the page's locale where the locale has the term."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.checks.rule import quoted
from i18n_pipeline.checks.whole.rule import Whole, WholeRule, issue_of_page
from i18n_pipeline.model import QualityIssue, Severity

_RULE = ("leaves-locale", Severity.WARNING)


def _find(whole: Whole) -> Iterator[QualityIssue]:
    addresses, available = whole.addresses, whole.available
    for page in whole.pages:
        for link in page.links:
            if link.related or addresses.slug_of(link.destination) not in available:
                continue
            here = addresses.localized(addresses.canonical(link.destination), available)
            if here != link.destination:
                message = f"{quoted(link.destination)} leaves the locale; write {quoted(here)}"
                yield issue_of_page(_RULE, message, page, link.line)


LEAVES_LOCALE = WholeRule(
    *_RULE,
    find=_find,
    purpose=(
        "a link of a page to the source's address, though the locale has the page: in "
        "people's files too"
    ),
)
