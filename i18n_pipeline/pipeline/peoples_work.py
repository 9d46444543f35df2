"""What a report says of people: their edited files, and what they disagree about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from i18n_pipeline.model import QualityIssue, Severity
from i18n_pipeline.pipeline.building import Output
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.reports.counting import counted
from i18n_pipeline.reports.report import Different, EditedPage, OpenConflict, OtherText
from i18n_pipeline.stages.conflicts import parked
from i18n_pipeline.stages.taking.intake import deviations, in_conflict

_SHOWN = 5


def edited_pages(work: Work) -> tuple[EditedPage, ...]:
    """The files that people edited, as the report shows them."""
    return tuple(
        EditedPage(
            file.path,
            len(file.taken),
            len(file.parked),
            tuple(Different(one.line, one.words) for one in file.remarks),
            file.left,
        )
        for file in work.intake.files
    )


def open_conflicts(
    work: Work, place: Callable[[QualityIssue], tuple[str, int]]
) -> Iterator[OpenConflict]:
    """The units that people disagree about; `place` says where one stands in the PO files."""
    for unit in in_conflict(work.units):
        path, line = place(QualityIssue("", Severity.NOTE, False, "", unit.context, unit.source))
        says = tuple(OtherText(one.where, one.text) for one in parked(unit))
        yield OpenConflict(path, line, unit.context, unit.source, unit.target, says)


def of_edited_files(work: Work, output: Output) -> Iterator[str]:
    """What waits for a person, and what was kept of people's."""
    why = {file.slug: f" ({file.left})" for file in work.intake.files if file.left}
    if output.waiting:
        left = (f"{slug}{why.get(slug, '')}" for slug in output.waiting)
        yield (
            f"edited by hand and left alone: {_some(left)}; put the same texts into the PO file, "
            "or undo the edit"
        )
    yield from _lost_pages(output)
    entries = (work.files.lock.get(term.slug) for term in work.adopted)
    found = {
        f"{entry.slug} ({', '.join(words)})"
        for entry in entries
        if entry is not None and (words := tuple(deviations(entry)))
    }
    if found:
        yield f"made up otherwise than their sources, and kept so: {_some(found)}"
    if conflicts := in_conflict(work.units):
        names = _some({unit.context for unit in conflicts})
        count = counted(len(conflicts), "text")
        yield f"people disagree about {count}: {names}; i18n resolve shows and settles it"


def _lost_pages(output: Output) -> Iterator[str]:
    """Pages that somebody deleted, or a tool: git's are put back, with what only they have."""
    if found := [slug for slug, is_known in output.lost.items() if is_known]:
        yield f"pages that were built are gone, and come back as git has them: {_some(found)}"
    if anew := [slug for slug, is_known in output.lost.items() if not is_known]:
        yield (
            f"pages that were built are gone, and git does not have them: {_some(anew)}; what only "
            "they had is lost, the rest is built anew"
        )


def _some(things: Iterable[str]) -> str:
    names = sorted(things)
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
