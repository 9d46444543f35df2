"""What a move of a term changed, or would change, in text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from i18n_pipeline.errors import Problem, strongest
from i18n_pipeline.formats.rejected import excerpt
from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.reports.counting import counted
from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.view import PLAIN, View
from i18n_pipeline.values import asdict, dataclass, field

_MOST = 10


@dataclass(frozen=True, slots=True)
class Mention:
    """A line in which the old slug still stands: in code, or in an address that nobody knows."""

    path: str
    line: int
    text: str


@dataclass(frozen=True)
class MoveReport:
    """The report of `mv`.

    `moved` are paths of term files before and after, `linking` files that named the term. `units`
    counts those that changed by locale. `mentions` are left to a person.
    """

    old: str
    new: str
    moved: tuple[tuple[str, str], ...] = ()
    linking: tuple[str, ...] = ()
    units: Mapping[str, int] = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()
    written: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()
    codes: tuple[int, ...] = ()
    dry: bool = False

    @property
    def exit_code(self) -> int:
        """The strongest of everything that applies (errors.py)."""
        return strongest(0, *self.codes)


def moved_as_json(report: MoveReport) -> str:
    """The report as one JSON document with a final newline."""
    document = {
        **first_fields("mv", report.exit_code, report.errors, changed=bool(report.written)),
        "from": report.old,
        "to": report.new,
        "moved": [{"from": old, "to": new} for old, new in report.moved],
        "linking": list(report.linking),
        "units": dict(sorted(report.units.items())),
        "mentions": [asdict(one) for one in report.mentions],
        "written": list(report.written),
    }
    return document_of(document)


def moved_as_text(report: MoveReport, view: View = PLAIN, *, verbose: bool = False) -> str:
    """The report in lines: what moved, what followed, what a person has to look at last."""
    most = None if verbose or report.dry else _MOST
    return "".join(f"{safe(line)}\n" for line in _lines(report, view, most))


def _lines(report: MoveReport, view: View, most: int | None) -> Iterator[str]:
    if report.errors:
        yield "nothing was done: mend the errors first"
        return
    yield f"{report.old} → {report.new}"
    yield from (f"  {old} → {new}" for old, new in report.moved)
    if report.linking:
        verb = "would name" if report.dry else "name"
        yield f"  {counted(len(report.linking), 'file')} that named it {verb} it so now"
    counts = sorted(report.units.items())
    units = ", ".join(f"{view.tongue.number(count)} {view.called(tag)}" for tag, count in counts)
    yield f"  units: {units}"
    gone = {old for old, _ in report.moved}
    wrote, removed = ("would write", "would remove") if report.dry else ("wrote", "removed")
    for path in report.written[:most]:
        yield f"  {removed if path in gone else wrote} {path}"
    if most is not None and len(report.written) > most:
        yield f"  … and {len(report.written) - most} more files (--verbose shows all)"
    if report.mentions:
        yield f"by hand: {report.old} still stands in {counted(len(report.mentions), 'line')}"
        for one in report.mentions[:most]:
            yield f"  {one.path}:{one.line}: {excerpt(one.text)}"
        if most is not None and len(report.mentions) > most:
            yield f"  … and {len(report.mentions) - most} more (--verbose shows all)"
