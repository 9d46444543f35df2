"""What became of the decisions of a review that came back in a file, in text and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum

from i18n_pipeline.errors import Problem, strongest
from i18n_pipeline.formats.rejected import excerpt
from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.view import PLAIN, View
from i18n_pipeline.values import asdict, dataclass

_SHOWN = 10


class Fate(StrEnum):
    """What became of a decision."""

    APPROVED = "approved"
    SAVED = "saved for review"
    SENT_BACK = "sent back"
    SAME = "as it was"
    CONFLICT = "in conflict"
    REFUSED = "refused"
    GONE = "gone"


WAITING = (Fate.CONFLICT, Fate.REFUSED, Fate.GONE)
"""Decisions that somebody has to look at."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A decision and what became of it; `now` is what the unit says where that is in conflict."""

    fate: Fate
    unit: str
    source: str
    text: str
    reason: str = ""
    now: str = ""


@dataclass(frozen=True)
class ReviewReport:
    """The report of `review --apply`. `dry`: nothing was written, `written` says what would be."""

    locale: str
    applied: tuple[Applied, ...] = ()
    written: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()
    codes: tuple[int, ...] = ()
    dry: bool = False

    @property
    def waiting(self) -> tuple[Applied, ...]:
        """What somebody has to look at."""
        return tuple(one for one in self.applied if one.fate in WAITING)

    @property
    def counts(self) -> Mapping[Fate, int]:
        """How many decisions had each fate; all fates are there."""
        found = Counter(one.fate for one in self.applied)
        return {fate: found[fate] for fate in Fate}

    @property
    def exit_code(self) -> int:
        """3 where something waits, and the strongest of what else applies."""
        return strongest(3 if self.waiting else 0, *self.codes)


def reviewed_as_json(report: ReviewReport) -> str:
    """The report as one JSON document with a final newline."""
    changed = bool(report.written)
    return document_of(
        {
            **first_fields("review", report.exit_code, report.errors, changed=changed),
            "locale": report.locale,
            "decisions": {fate.replace(" ", "_"): count for fate, count in report.counts.items()},
            "waiting": [asdict(one) for one in report.waiting],
            "written": list(report.written),
        }
    )


def reviewed_as_text(report: ReviewReport, view: View = PLAIN, *, verbose: bool = False) -> str:
    """The report in lines: how many decisions had which fate, then those that wait."""
    lines = _lines(report, view, None if verbose else _SHOWN)
    return "".join(f"{safe(line)}\n" for line in lines)


def _lines(report: ReviewReport, view: View, most: int | None) -> Iterator[str]:
    number = view.tongue.number
    told = ", ".join(f"{number(count)} {fate}" for fate, count in report.counts.items() if count)
    yield f"{view.called(report.locale)}: {told or 'no decisions'}"
    for one in report.waiting[:most]:
        yield f"  {one.fate}: {one.unit}: {excerpt(one.source)}"
        yield f"    {one.reason}; the review says: {excerpt(one.text)}"
        yield from (f"    the review file says: {excerpt(one.now)}",) if one.now else ()
    if most is not None and len(report.waiting) > most:
        yield f"  … and {number(len(report.waiting) - most)} more (--verbose shows all)"
    verb = "would write" if report.dry else "wrote"
    yield from (f"  {verb} {path}" for path in report.written)
