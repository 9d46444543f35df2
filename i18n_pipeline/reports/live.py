"""Which texts are live and where they come from, in text and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from i18n_pipeline.errors import Problem, strongest
from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.view import PLAIN, View
from i18n_pipeline.values import asdict, dataclass

_MOST = 20


@dataclass(frozen=True, slots=True)
class LiveText:
    """A text that a page says: whose it is (`origin`), the `words` of its origin in the PO.

    `source` and `text` are how they begin; `like` says why it is shown where another was asked for.
    """

    unit: str
    state: str
    origin: str
    words: str
    source: str
    text: str
    like: str = ""


@dataclass(frozen=True)
class LocaleLive:
    """The live texts of one locale."""

    locale: str
    texts: tuple[LiveText, ...] = ()


@dataclass(frozen=True)
class LiveReport:
    """The report of `status --live`."""

    locales: tuple[LocaleLive, ...] = ()
    errors: tuple[Problem, ...] = ()

    @property
    def exit_code(self) -> int:
        """65 where a file could not be read; else 0."""
        return strongest(0, *(65 for _ in self.errors))


def live_as_json(report: LiveReport) -> str:
    """The report as one JSON document with a final newline."""
    document = {
        **first_fields("status", report.exit_code, report.errors, changed=False),
        "locales": [
            {"locale": one.locale, "live": [asdict(text) for text in one.texts]}
            for one in report.locales
        ],
    }
    return document_of(document)


def live_as_text(report: LiveReport, view: View = PLAIN, *, verbose: bool = False) -> str:
    """The report in lines: how many texts by origin in each locale, then each of them."""
    most = None if verbose else _MOST
    lines = (line for one in report.locales for line in _locale(one, view, most))
    return "".join(f"{safe(line)}\n" for line in lines)


def _locale(one: LocaleLive, view: View, most: int | None) -> Iterator[str]:
    counts = Counter(text.origin for text in one.texts)
    number = view.tongue.number
    by = ", ".join(f"{number(count)} {origin}" for origin, count in sorted(counts.items()))
    count = view.tongue.counted(len(one.texts), "live text")
    yield f"{view.called(one.locale)}: {count}{f': {by}' if by else ''}"
    for text in one.texts[:most]:
        why = f"{text.like}; " if text.like else ""
        yield f"  {text.unit}: {text.text} ({why}{text.words or 'no origin'}; {text.state})"
    if most is not None and len(one.texts) > most:
        yield f"  … and {number(len(one.texts) - most)} more (--verbose shows all)"
