"""What was adopted of catalogs of other programs, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from i18n_pipeline.errors import Problem, strongest
from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.view import PLAIN, View
from i18n_pipeline.values import asdict, dataclass

_SHOWN = 10
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class LeftText:
    """A translation that found no unit: its line in the file, both sides, and why."""

    line: int
    source: str
    target: str
    reason: str


@dataclass(frozen=True, slots=True)
class OtherText:
    """A translation that did not go over the text of its unit: where it is in the file."""

    unit: str
    line: int


@dataclass(frozen=True, slots=True)
class AdoptedCatalog:
    """What became of one file's translations, in units.

    `known` had the same text. `kept` are those with another one of a person's, whose translation
    in the file nobody calls finished; `parked` those beside which a further text waits for somebody
    to choose.
    """

    path: str
    reviewed: int = 0
    needs_review: int = 0
    known: int = 0
    kept: tuple[OtherText, ...] = ()
    parked: tuple[OtherText, ...] = ()
    left: tuple[LeftText, ...] = ()


@dataclass(frozen=True)
class CatalogsReport:
    """The report. `dry`: nothing was written, `written` says what would have been."""

    locale: str
    catalogs: tuple[AdoptedCatalog, ...] = ()
    written: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()
    codes: tuple[int, ...] = ()
    dry: bool = False

    @property
    def exit_code(self) -> int:
        """The strongest of everything that applies: 3 where several texts wait for a choice."""
        return strongest(3 if any(one.parked for one in self.catalogs) else 0, *self.codes)


def catalogs_as_json(report: CatalogsReport) -> str:
    """The report as one JSON document with a final newline."""
    return document_of({
        **first_fields("adopt", report.exit_code, report.errors, changed=bool(report.written)),
        "locale": report.locale,
        "catalogs": [_catalog(one) for one in report.catalogs],
        "written": [*report.written],
    })  # fmt: skip


def _catalog(one: AdoptedCatalog) -> Mapping[str, object]:
    return {
        "path": one.path,
        "reviewed": one.reviewed,
        "needs_review": one.needs_review,
        "known": one.known,
        "kept": sorted({other.unit for other in one.kept}),
        "parked": len(one.parked),
        "beside": [asdict(other) for other in one.parked],
        "left": [asdict(left) for left in one.left],
    }


def catalogs_as_text(report: CatalogsReport, view: View = PLAIN, *, verbose: bool = False) -> str:
    """The report in lines: what was taken of each file, and what was left with the reason."""
    most = None if verbose else _SHOWN
    lines = [line for one in report.catalogs for line in _lines(report.locale, one, view, most)]
    lines += [f"  {'would write' if report.dry else 'wrote'} {path}" for path in report.written]
    return "".join(f"{safe(line)}\n" for line in lines)


def _lines(locale: str, one: AdoptedCatalog, view: View, most: int | None) -> Iterator[str]:
    number, counted = view.tongue.number, view.tongue.counted
    yield (
        f"{view.called(locale)}: {one.path}: {number(one.reviewed)} reviewed, "
        f"{number(one.needs_review)} to review, {number(one.known)} known"
    )
    if one.parked:
        count = counted(len(one.parked), "further text")
        yield f"  {count} beside units, for somebody to choose: i18n resolve --lang {locale}"
        yield from _named(one.path, one.parked, most)
    if one.kept:
        count = counted(len(one.kept), "text")
        yield (
            f"  {count} not taken, unfinished or of a source not quite ours: the unit has another "
            "one of a person's, which stays"
        )
        yield from _named(one.path, one.kept, most)
    for left in one.left[:most]:
        place = f"{one.path}:{left.line}" if left.line else one.path
        yield f"  {place}: left: {_short(left.source)}: {left.reason}"
    if most is not None and len(one.left) > most:
        yield f"  … and {number(len(one.left) - most)} more (--verbose shows all)"


def _named(path: str, others: Sequence[OtherText], most: int | None) -> Iterator[str]:
    for other in others[:most]:
        yield f"    {f'{path}:{other.line}' if other.line else path}: {other.unit}"
    if most is not None and len(others) > most:
        yield f"    … and {len(others) - most} more (--verbose shows all)"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
