"""What is damaged in a project and how it would be mended, in text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.errors import Problem, strongest
from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.tongue import Tongue
from i18n_pipeline.reports.view import PLAIN, View
from i18n_pipeline.values import asdict, dataclass

FIXES = ("conflicts", "mojibake")
"""What can be mended on request, `--fix-…` each."""


_LONGEST = 100
"""Characters of a line that are shown: those of a lock are long, and say nothing to people."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A damaged text in a line of a file, and as it probably was."""

    path: str
    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A file that a merge left torn, and how it would be made whole.

    `hunks` are the lines of first and last markers, `diff` the lines that change.
    """

    path: str
    hunks: tuple[tuple[int, int], ...] = ()
    said: tuple[str, ...] = ()
    diff: tuple[str, ...] = ()


@dataclass(frozen=True)
class Doctored:
    """The report of `doctor`; `fixes` is what was asked to be mended, of `FIXES`.

    `would_write` is what waits, `notes` are about the clone.
    """

    repairs: tuple[Repair, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    written: tuple[str, ...] = ()
    would_write: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()
    fixes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """65 where something is damaged and stays so, or a file cannot be read; else 0."""
        damaged = {*(one.path for one in self.repairs), *(one.path for one in self.conflicts)}
        left = damaged - set(self.written)
        return strongest(0, *(65 for _ in self.errors), *(65 for _ in left))


def doctored_as_json(report: Doctored) -> str:
    """The report as one JSON document with a final newline."""
    document = {
        **first_fields("doctor", report.exit_code, report.errors, changed=bool(report.written)),
        "mojibake": [asdict(repair) for repair in report.repairs],
        "conflicts": [_conflict(one) for one in report.conflicts],
        "notes": list(report.notes),
        "written": list(report.written),
    }
    return document_of(document)


def _conflict(one: Conflict) -> dict[str, object]:
    return {"path": one.path, "lines": [list(hunk) for hunk in one.hunks], "said": list(one.said)}


def doctored_as_text(report: Doctored, view: View = PLAIN) -> str:
    """The report in lines: what is damaged before and after, what to do last."""
    return "".join(f"{safe(line)}\n" for line in _lines(report, view.tongue))


def _lines(report: Doctored, tongue: Tongue) -> Iterator[str]:
    for conflict in report.conflicts:
        yield from _told(conflict)
    for one in report.repairs:
        yield f"{one.path}:{one.line}: mojibake"
        yield f"  -{one.before}"
        yield f"  +{one.after}"
    if not report.repairs and not report.conflicts:
        yield "nothing is damaged" if not report.errors else "nothing else is damaged"
    yield from report.notes
    yield from _waiting(report, tongue)
    yield from (f"wrote {path}" for path in report.written)


def _told(conflict: Conflict) -> Iterator[str]:
    for start, end in conflict.hunks:
        yield f"{conflict.path}:{start}: conflict up to line {end}"
    if not conflict.hunks:
        yield f"{conflict.path}: the same thing twice"
    yield from (f"  {words}" for words in conflict.said)
    yield from (f"  {_short(line)}" for line in conflict.diff if not line.startswith("@@"))


def _short(line: str) -> str:
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _waiting(report: Doctored, tongue: Tongue) -> Iterator[str]:
    written = set(report.written)
    torn = {one.path for one in report.conflicts} - written
    texts = [one for one in report.repairs if one.path not in written]
    if torn:
        yield f"{tongue.counted(len(torn), 'file')} to make whole: i18n doctor --fix-conflicts"
    if texts:
        yield f"{tongue.counted(len(texts), 'text')} to repair: i18n doctor --fix-mojibake --yes"
