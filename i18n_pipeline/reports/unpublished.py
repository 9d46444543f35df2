"""What `unpublish` took back, or gave back, in text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.errors import Problem, strongest
from i18n_pipeline.history import Commit
from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.view import PLAIN, View
from i18n_pipeline.values import dataclass


@dataclass(frozen=True)
class LocaleUnpublished:
    """One locale's part. `restored` is the commit whose page is there now, None: it is away.

    `current`: that page's texts were reviewed for the source of its time, and not for an older one.
    `sent_back` are units that wait for review again, `reviewed_again` those that do no longer.
    `missing` says why git was not asked, `refused` why nothing was done.
    """

    locale: str
    path: str = ""
    restored: Commit | None = None
    current: bool = True
    sent_back: tuple[str, ...] = ()
    reviewed_again: tuple[str, ...] = ()
    missing: str = ""
    refused: str = ""
    written: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()
    codes: tuple[int, ...] = ()


@dataclass(frozen=True)
class UnpublishReport:
    """The report of `unpublish`; `undo`: it may be built again. `dry`: nothing was written."""

    slug: str
    locales: tuple[LocaleUnpublished, ...] = ()
    errors: tuple[Problem, ...] = ()
    undo: bool = False
    dry: bool = False
    codes: tuple[int, ...] = ()

    @property
    def exit_code(self) -> int:
        """The strongest of everything that applies (errors.py)."""
        return strongest(0, *self.codes)


def unpublished_as_json(report: UnpublishReport) -> str:
    """The report as one JSON document with a final newline."""
    changed = any(one.written for one in report.locales)
    document = {
        **first_fields("unpublish", report.exit_code, report.errors, changed=changed),
        "slug": report.slug,
        "undo": report.undo,
        "locales": [
            {
                "locale": one.locale,
                "path": one.path,
                "restored": one.restored.id if one.restored else "",
                "current": one.current,
                "sent_back": list(one.sent_back),
                "reviewed_again": list(one.reviewed_again),
                "refused": one.refused,
                "written": list(one.written),
            }
            for one in report.locales
        ],
    }
    return document_of(document)


def unpublished_as_text(report: UnpublishReport, view: View = PLAIN) -> str:
    """The report in lines: what became of each page, what waits for review, what to do next."""
    lines = (line for one in report.locales for line in _locale(one, report, view))
    return "".join(f"{safe(line)}\n" for line in lines)


def _locale(one: LocaleUnpublished, report: UnpublishReport, view: View) -> Iterator[str]:
    name, counted = f"{view.called(one.locale)}: {report.slug}", view.tongue.counted
    if one.refused or one.errors:
        yield f"{name}: nothing was done: {one.refused or 'see the errors'}"
        return
    would = "would be " if report.dry else ""
    if report.undo:
        yield f"{name}: {would or 'is '}given back; the next sync may build it"
    elif one.restored is not None:
        day = view.day(one.restored.committed[:10])
        when = f"{day} ({one.restored.id[:12]}, {one.restored.summary})"
        what = "all of it reviewed" if one.current else "reviewed, in part for an older source"
        yield f"{name}: {would}as it stood on {when}: {what}"
    else:
        why = f"; {one.missing}" if one.missing else ""
        yield f"{name}: {would}taken away{why}"
    if one.sent_back:
        yield f"  {counted(len(one.sent_back), 'text')} {would or ''}sent back to review"
    if one.reviewed_again:
        yield f"  {counted(len(one.reviewed_again), 'text')} {would or ''}reviewed again"
    if not report.undo:
        yield "  held: no sync builds it before everything in it is reviewed"
    verb = "would write" if report.dry else "wrote"
    yield from (f"  {verb} {path}" for path in one.written)
