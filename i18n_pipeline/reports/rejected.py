"""What `reject` took back, or let come back, in text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from i18n_pipeline.errors import Problem, strongest
from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.view import PLAIN, View
from i18n_pipeline.values import asdict, dataclass

_MOST = 10


@dataclass(frozen=True, slots=True)
class RejectedText:
    """A text that was rejected: the unit it stood in, who drafted it, how it begins."""

    unit: str
    by: str
    words: str


@dataclass(frozen=True)
class LocaleRejected:
    """One locale's part: `texts` rejected (or not any more), and what that did to the units.

    `drafts` are units that have no text any more, `live` terms whose pages say such texts all the
    same, `left` units whose text a person stands for.
    """

    locale: str
    texts: tuple[RejectedText, ...] = ()
    drafts: tuple[str, ...] = ()
    live: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()
    codes: tuple[int, ...] = ()


@dataclass(frozen=True)
class RejectReport:
    """The report of `reject`; `undo`: the texts may come back. `dry`: nothing was written."""

    locales: tuple[LocaleRejected, ...] = ()
    errors: tuple[Problem, ...] = ()
    undo: bool = False
    dry: bool = False
    codes: tuple[int, ...] = ()

    @property
    def exit_code(self) -> int:
        """The strongest of everything that applies (errors.py)."""
        return strongest(0, *self.codes)


def rejected_as_json(report: RejectReport) -> str:
    """The report as one JSON document with a final newline."""
    changed = any(one.written for one in report.locales)
    document = {
        **first_fields("reject", report.exit_code, report.errors, changed=changed),
        "undo": report.undo,
        "locales": [
            {
                "locale": one.locale,
                "texts": [asdict(text) for text in one.texts],
                "drafts": list(one.drafts),
                "live": list(one.live),
                "left": list(one.left),
                "written": list(one.written),
            }
            for one in report.locales
        ],
    }
    return document_of(document)


def rejected_as_text(report: RejectReport, view: View = PLAIN, *, verbose: bool = False) -> str:
    """The report in lines: how much was rejected in each locale, which texts, what was written."""
    most = None if verbose or report.dry else _MOST
    lines = (line for one in report.locales for line in _locale(one, report, view, most))
    return "".join(f"{safe(line)}\n" for line in lines)


def _locale(
    one: LocaleRejected, report: RejectReport, view: View, most: int | None
) -> Iterator[str]:
    verb = "may come back" if report.undo else "rejected"
    would = "would be " if report.dry and not report.undo else ""
    counted = view.tongue.counted
    drafts = counted(len(one.drafts), "draft")
    gone = "" if report.undo else f", {drafts} in the review file {'would go' if would else 'gone'}"
    yield f"{view.called(one.locale)}: {counted(len(one.texts), 'text')} {would}{verb}{gone}"
    for text in one.texts[:most]:
        yield f"  {text.unit}: {text.by or 'somebody'}: {text.words}"
    if most is not None and len(one.texts) > most:
        yield f"  … and {view.tongue.number(len(one.texts) - most)} more (--verbose shows all)"
    if one.live:
        yield f"  on their pages all the same: {_named(one.live)}; i18n unpublish takes them back"
    if one.left:
        yield f"  people stand for the text, it is left alone: {_named(one.left)}"
    verb = "would write" if report.dry else "wrote"
    yield from (f"  {verb} {path}" for path in one.written)


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return f"{', '.join(names[:_MOST])}{more}"
