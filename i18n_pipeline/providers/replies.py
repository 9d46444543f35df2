"""What any service says beside its answer, made fit to be shown and acted upon; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from i18n_pipeline.expressions import expression

_LONGEST = 300
_SECONDS = expression(r"\s*\d{1,9}(\.\d*)?\s*", re.ASCII)


def plain(text: str) -> str:
    """Foreign words fit for a terminal: printable, one line, not long."""
    return " ".join("".join(c if c.isprintable() else " " for c in text[:_LONGEST]).split())


def seconds(after: str, date: str) -> float | None:
    """`Retry-After` in seconds; a date is held against the reply's own, so no clock matters."""
    if _SECONDS.fullmatch(after):
        return float(after)
    try:
        gap = parsedate_to_datetime(after) - parsedate_to_datetime(date)
    except (TypeError, ValueError, OverflowError):
        return None
    return max(gap.total_seconds(), 0.0)


def causes(failure: BaseException | None) -> Iterator[BaseException]:
    """A failure, and those it came of."""
    while failure is not None:
        yield failure
        failure = failure.__cause__ or failure.__context__


def half_a_character(text: str) -> bool:
    """Whether a text holds one (a lone surrogate): JSON can say it, and no file can hold it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
