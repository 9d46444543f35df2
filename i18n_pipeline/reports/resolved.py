"""What people disagree about, and what was settled, in text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.errors import Problem, strongest
from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.report import OpenConflict
from i18n_pipeline.reports.tongue import Tongue
from i18n_pipeline.reports.view import PLAIN, View
from i18n_pipeline.stages.edits.differing import as_words, differing
from i18n_pipeline.stages.edits.pieces import text_of
from i18n_pipeline.values import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Settled:
    """A conflict that was settled: where it stands, whose text it is now, and that text."""

    path: str
    line: int
    unit: str
    used: str
    text: str


@dataclass(frozen=True)
class LocaleConflicts:
    """One locale's conflicts that are open, and those settled now."""

    locale: str
    open: tuple[OpenConflict, ...] = ()
    settled: tuple[Settled, ...] = ()


@dataclass(frozen=True)
class ResolveReport:
    """The report of `resolve`; `dry`: nothing was written, `written` says what would have been."""

    locales: tuple[LocaleConflicts, ...] = ()
    written: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()
    codes: tuple[int, ...] = ()
    dry: bool = False

    @property
    def exit_code(self) -> int:
        """3 while a conflict is open, and what went wrong beside."""
        waits = (3 for locale in self.locales if locale.open)
        return strongest(0, *self.codes, *waits)


def resolved_as_json(report: ResolveReport) -> str:
    """The report as one JSON document with a final newline."""
    first = first_fields("resolve", report.exit_code, report.errors, changed=bool(report.written))
    locales = [
        {
            "locale": one.locale,
            "conflicts": [asdict(conflict) for conflict in one.open],
            "settled": [asdict(settled) for settled in one.settled],
        }
        for one in report.locales
    ]
    return document_of({**first, "locales": locales, "written": list(report.written)})


def resolved_as_text(report: ResolveReport, view: View = PLAIN) -> str:
    """The report in lines: what was settled, then what is open, with all texts and what differs."""
    return "".join(f"{safe(line)}\n" for line in _lines(report, view.tongue))


def _lines(report: ResolveReport, tongue: Tongue) -> Iterator[str]:
    verb = "would keep" if report.dry else "kept"
    for locale in report.locales:
        for one in locale.settled:
            place = f"{one.path}:{one.line}" if one.line else one.path
            yield f"{place}: {one.unit}: {verb} what {one.used} says"
    for locale in report.locales:
        for conflict in locale.open:
            yield from _open(conflict)
    yield from (f"{'would write' if report.dry else 'wrote'} {path}" for path in report.written)
    yield from _last(report, tongue)


def _open(conflict: OpenConflict) -> Iterator[str]:
    yield f"{conflict.place}: {conflict.unit}"
    yield from _text("source", conflict.source)
    yield from _text("po", conflict.text)
    for other in conflict.says:
        yield from _text(other.where, other.text)
        yield f"    {_difference(conflict.text, other.text)}"


def _difference(one: str, other: str) -> str:
    return " ".join(as_words(differing(text_of(one, ()), text_of(other, ()))).split())


def _text(who: str, text: str) -> Iterator[str]:
    first, *rest = text.split("\n")
    yield f"  {who}: {first}"
    yield from (f"    {line}" for line in rest)


def _last(report: ResolveReport, tongue: Tongue) -> Iterator[str]:
    left = sum(len(locale.open) for locale in report.locales)
    if left:
        yield (
            f"{tongue.counted(left, 'text')} to settle: "
            "i18n resolve UNIT --use po, --use file, or one of the names above"
        )
    elif report.locales and not any(locale.settled for locale in report.locales):
        what = "nothing in what can be read: see the errors" if report.errors else "nothing"
        yield f"people disagree about {what}"
    elif not report.dry and report.written:
        yield "i18n sync brings the texts into the pages"
