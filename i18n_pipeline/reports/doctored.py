"""What is damaged in a project and how it would be mended, in text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from i18n_pipeline.errors import Problem, strongest
from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.reports.counting import counted
from i18n_pipeline.reports.escaping import safe


@dataclass(frozen=True, slots=True)
class Repair:
    """A damaged text in a line of a file, and as it probably was."""

    path: str
    line: int
    before: str
    after: str


@dataclass(frozen=True)
class Doctored:
    """The report of `doctor`; `fixes`: mending was asked for. `would_write` is what waits."""

    repairs: tuple[Repair, ...] = ()
    written: tuple[str, ...] = ()
    would_write: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()
    fixes: bool = False

    @property
    def exit_code(self) -> int:
        """65 where something is damaged and stays so, or a file cannot be read; else 0."""
        damaged = bool(self.repairs) and not self.written
        return strongest(0, *(65 for _ in self.errors), *([65] if damaged else []))


def doctored_as_json(report: Doctored) -> str:
    """The report as one JSON document with a final newline."""
    document = {
        **first_fields("doctor", report.exit_code, report.errors, changed=bool(report.written)),
        "mojibake": [asdict(repair) for repair in report.repairs],
        "written": list(report.written),
    }
    return document_of(document)


def doctored_as_text(report: Doctored) -> str:
    """The report in lines: each damaged line before and after, what to do last."""
    return "".join(f"{safe(line)}\n" for line in _lines(report))


def _lines(report: Doctored) -> Iterator[str]:
    for one in report.repairs:
        yield f"{one.path}:{one.line}: mojibake"
        yield f"  -{one.before}"
        yield f"  +{one.after}"
    if not report.repairs:
        yield "nothing is damaged" if not report.errors else "nothing else is damaged"
    elif not report.written:
        yield f"{counted(len(report.repairs), 'text')} to repair: i18n doctor --fix-mojibake --yes"
    yield from (f"wrote {path}" for path in report.written)
