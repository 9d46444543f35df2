"""What a termbase holds, what is wrong with it and what could be added, in text and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from i18n_pipeline.errors import Problem, strongest
from i18n_pipeline.glossary import Authority, Entry, Status
from i18n_pipeline.glossary.auditing import AuditFinding
from i18n_pipeline.glossary.suggesting import Proposal
from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.view import PLAIN, View
from i18n_pipeline.values import dataclass, field

Json = Mapping[str, object]

_PLACES = 3
"""How many places are named that support a proposal, before the rest is only counted."""


@dataclass(frozen=True)
class LocaleTerms:
    """One locale's part: what was asked for, the rest is empty."""

    locale: str
    entries: tuple[Entry, ...] = ()
    keep: tuple[str, ...] = ()
    learned: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    findings: tuple[AuditFinding, ...] = ()
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True)
class TermsReport:
    """The report of `glossary list`, `check` or `suggest`."""

    command: str
    locales: tuple[LocaleTerms, ...] = ()
    errors: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    written: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """65 where files are bad or entries contradict each other, else 0."""
        wrong = any(one.fault.is_error for locale in self.locales for one in locale.findings)
        return strongest(0, *(65 for _ in self.errors), *([65] if wrong else []))


def terms_as_json(report: TermsReport) -> str:
    """The report as one JSON document with a final newline."""
    shown = _JSON[report.command]
    document = {
        **first_fields(
            report.command, report.exit_code, report.errors, changed=bool(report.written)
        ),
        "locales": [{"locale": one.locale, **shown(one)} for one in report.locales],
        "written": list(report.written),
        "notes": list(report.notes),
    }
    return document_of(document)


def terms_as_text(report: TermsReport, view: View = PLAIN, *, verbose: bool = False) -> str:
    """The report in lines; `verbose` tells all notes, forms and places."""
    shown = _TEXT[report.command]
    lines = [line for locale in report.locales for line in shown(locale, view, verbose)]
    written = (f"wrote {path}" for path in report.written)
    return "".join(
        f"{safe(line)}\n" for line in (*lines, *written, *map(view.tongue.reworded, report.notes))
    )


def _list_as_json(locale: LocaleTerms) -> Json:
    return {
        "entries": [_entry_as_json(locale, entry) for entry in locale.entries],
        "keep": list(locale.keep),
    }


def _entry_as_json(locale: LocaleTerms, entry: Entry) -> Json:
    return {
        "source": entry.source,
        "target": entry.target,
        "status": str(entry.status),
        "authority": str(entry.authority),
        "pos": entry.pos,
        "case_sensitive": entry.exact,
        "forms": list(entry.forms),
        "learned": list(locale.learned.get(entry.slug, ())),
        "slug": entry.slug,
        "category": entry.category,
        "definition": entry.definition,
        "note": entry.note,
    }


def _check_as_json(locale: LocaleTerms) -> Json:
    return {
        "findings": [
            {
                "fault": str(one.fault),
                "severity": "error" if one.fault.is_error else "warning",
                "source": one.source,
                "message": one.message,
            }
            for one in locale.findings
        ]
    }


def _suggest_as_json(locale: LocaleTerms) -> Json:
    return {
        "proposals": [
            {
                "source": one.source,
                "target": one.target,
                "words": one.words,
                "why": str(one.why),
                "places": list(one.places),
            }
            for one in locale.proposals
        ]
    }


def _list_as_text(locale: LocaleTerms, view: View, verbose: bool) -> Iterator[str]:
    counted = view.tongue.counted
    kept = f", {counted(len(locale.keep), 'name')} to keep" if locale.keep else ""
    yield f"{view.called(locale.locale)}: {counted(len(locale.entries), 'entry')}{kept}"
    for entry in sorted(locale.entries, key=lambda one: one.source.casefold()):
        yield f"  {entry.source} → {entry.target}{_remarks(entry)}"
        if verbose:
            yield from (f"      {line}" for line in _details(locale, entry))
    yield from (f"  {name} (kept)" for name in locale.keep)


def _remarks(entry: Entry) -> str:
    said = [] if entry.authority is Authority.LISTED else [str(entry.authority)]
    said += [] if entry.status is Status.PREFERRED else [str(entry.status)]
    said += [entry.pos] if entry.pos else []
    return f" ({', '.join(said)})" if said else ""


def _details(locale: LocaleTerms, entry: Entry) -> Iterator[str]:
    if entry.forms:
        yield f"also: {', '.join(entry.forms)}"
    if learned := locale.learned.get(entry.slug):
        yield f"links say: {', '.join(learned)}"
    if entry.definition:
        yield f"{entry.category}: {entry.definition}".removeprefix(": ")
    if entry.note:
        yield f"note: {entry.note}"


def _check_as_text(locale: LocaleTerms, view: View, _verbose: bool) -> Iterator[str]:
    count = view.tongue.counted(len(locale.findings), "finding")
    yield f"{view.called(locale.locale)}: {count if locale.findings else 'nothing is wrong'}"
    for one in locale.findings:
        severity = "error" if one.fault.is_error else "warning"
        yield f"  {severity}: {one.fault}: `{one.source}`: {one.message}"


def _suggest_as_text(locale: LocaleTerms, view: View, verbose: bool) -> Iterator[str]:
    count = view.tongue.counted(len(locale.proposals), "proposal")
    yield f"{view.called(locale.locale)}: {count if locale.proposals else 'no proposals'}"
    for number, one in enumerate(locale.proposals, 1):
        what = f"may be {one.words} (beside {one.target})" if one.target else f"→ {one.words}"
        yield f"  {number}. {one.source} {what}: {one.why}, {_places(one.places, verbose)}"


def _places(places: Sequence[str], verbose: bool) -> str:
    shown = places if verbose else places[:_PLACES]
    more = f" and {len(places) - len(shown)} more" if len(shown) < len(places) else ""
    return ", ".join(shown) + more


_JSON: Mapping[str, Callable[[LocaleTerms], Json]] = {
    "glossary list": _list_as_json,
    "glossary check": _check_as_json,
    "glossary suggest": _suggest_as_json,
}
_TEXT: Mapping[str, Callable[[LocaleTerms, View, bool], Iterator[str]]] = {
    "glossary list": _list_as_text,
    "glossary check": _check_as_text,
    "glossary suggest": _suggest_as_text,
}
