"""What an export of work packages put out and what an import took in, as text and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from i18n_pipeline.errors import I18nError, Problem, strongest
from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.view import PLAIN, View
from i18n_pipeline.stages.receiving import Fate
from i18n_pipeline.values import asdict, dataclass

_SHOWN = 10

_SAID = {
    Fate.REVIEWED: "reviewed",
    Fate.NEEDS_REVIEW: "to review",
    Fate.CHANGED: "to review because their source has changed",
    Fate.KEPT: "kept for memory because their source is gone",
    Fate.SAME: "as they were",
    Fate.EMPTY: "untranslated",
    Fate.CONFLICT: "in conflict",
    Fate.REFUSED: "refused",
    Fate.UNKNOWN: "unknown",
}


@dataclass(frozen=True, slots=True)
class ExportedLocale:
    """A locale's package: its bytes, and what it holds. `path` is where it was put."""

    locale: str
    data: bytes = b""
    units: int = 0
    terms: int = 0
    characters: int = 0
    unadopted: tuple[str, ...] = ()
    path: str = ""


@dataclass(frozen=True)
class ExportReport:
    """The report of `export`."""

    form: str
    locales: tuple[ExportedLocale, ...] = ()
    errors: tuple[Problem, ...] = ()

    @property
    def exit_code(self) -> int:
        """65 where a file of the project could not be read."""
        return 65 if self.errors else 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A translation that somebody has to look at: in which file, of which unit, and why.

    `path` and `at` are where the unit stands in the review file, "" and 0 where it does not.
    """

    fate: str
    file: str
    line: int
    unit: str
    reason: str
    path: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class ImportedLocale:
    """What became of the units that came back for a locale; `failure` ended the writing early."""

    locale: str
    fates: tuple[Fate, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    written: tuple[str, ...] = ()
    failure: I18nError | None = None

    @property
    def counts(self) -> Mapping[Fate, int]:
        """How many units had each fate; all fates are there."""
        found = Counter(self.fates)
        return {fate: found[fate] for fate in Fate}


@dataclass(frozen=True)
class ImportReport:
    """The report of `import`. `dry`: nothing was written, `written` says what would have been."""

    locales: tuple[ImportedLocale, ...] = ()
    errors: tuple[Problem, ...] = ()
    codes: tuple[int, ...] = ()
    dry: bool = False

    @property
    def exit_code(self) -> int:
        """The strongest of everything that applies (errors.py)."""
        return strongest(3 if any(one.waiting for one in self.locales) else 0, *self.codes)

    @property
    def changed(self) -> bool:
        """Whether a file of the project was written (or, in a dry run, would be)."""
        return any(one.written for one in self.locales)


def exported_as_json(report: ExportReport) -> str:
    """The report as one JSON document with a final newline."""
    return document_of({
        **first_fields("export", report.exit_code, report.errors, changed=False),
        "as": report.form,
        "locales": [
            {
                "locale": one.locale,
                "path": one.path,
                "units": one.units,
                "terms": one.terms,
                "characters": one.characters,
                "unadopted": [*one.unadopted],
            }
            for one in report.locales
        ],
    })  # fmt: skip


def exported_as_text(report: ExportReport, view: View = PLAIN) -> str:
    """The report in lines."""
    return "".join(f"{safe(line)}\n" for one in report.locales for line in _exported(one, view))


def _exported(one: ExportedLocale, view: View) -> Iterator[str]:
    name, counted = view.called(one.locale), view.tongue.counted
    if not one.units:
        yield f"{name}: nothing to do"
    else:
        units, terms = counted(one.units, "unit"), counted(one.terms, "term")
        yield f"{name}: {units} of {terms}, {counted(one.characters, 'character')}"
    if one.unadopted:
        yield f"  people's files, not adopted: {counted(len(one.unadopted), 'term')}"
    if one.path:
        yield f"  wrote {one.path}"


def imported_as_json(report: ImportReport) -> str:
    """The report as one JSON document with a final newline."""
    return document_of({
        **first_fields("import", report.exit_code, report.errors, changed=report.changed),
        "locales": [
            {
                "locale": one.locale,
                "units": {fate.name.lower(): count for fate, count in one.counts.items()},
                "waiting": [asdict(waiting) for waiting in one.waiting],
                "written": [*one.written],
            }
            for one in report.locales
        ],
    })  # fmt: skip


def imported_as_text(report: ImportReport, view: View = PLAIN, *, verbose: bool = False) -> str:
    """The report in lines: the numbers, what somebody has to look at, what was written."""
    most = None if verbose else _SHOWN
    lines = (line for one in report.locales for line in _imported(one, view, most, report.dry))
    return "".join(f"{safe(line)}\n" for line in lines)


def _imported(one: ImportedLocale, view: View, most: int | None, dry: bool) -> Iterator[str]:
    counts = [(fate, view.tongue.number(count)) for fate, count in one.counts.items() if count]
    said = (f"{count} {_SAID[fate]}" for fate, count in counts)
    yield f"{view.called(one.locale)}: {', '.join(said) or 'nothing came back'}"
    yield from map(_waiting, one.waiting[:most])
    if most is not None and len(one.waiting) > most:
        yield f"  … and {view.tongue.number(len(one.waiting) - most)} more (--verbose shows all)"
    yield from (f"  {'would write' if dry else 'wrote'} {path}" for path in one.written)
    if one.written and one.counts[Fate.REVIEWED] and not dry:
        yield "  next: i18n sync builds what is reviewed"


def _waiting(one: Waiting) -> str:
    place = f"{one.file}:{one.line}" if one.line else one.file
    both = ""
    if one.fate == Fate.CONFLICT and one.path:
        where = f"{one.path}:{one.at}" if one.at else one.path
        both = f"; both texts stand in {where}"
    return f"  {place}: {one.fate}: {one.unit or 'no unit'}: {one.reason}{both}"
