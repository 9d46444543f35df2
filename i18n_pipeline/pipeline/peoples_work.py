"""What a report says of people: their edited files, and what they disagree about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from i18n_pipeline.model import QualityIssue, Severity
from i18n_pipeline.pipeline.output import Output
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.reports.counting import counted, named
from i18n_pipeline.reports.report import Different, EditedPage, OpenConflict, OtherText
from i18n_pipeline.stages.conflicts import parked
from i18n_pipeline.stages.taking.intake import deviations, in_conflict


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


def of_edited_files(work: Work, output: Output, *, whole: bool) -> Iterator[str]:
    """What waits for a person, and what was kept of people's; `whole`: with all names."""
    why = {file.slug: f" ({file.left})" for file in work.intake.files if file.left}
    wrong = {problem.path for problem in work.intake.problems}
    torn = {file.slug for file in work.intake.files if file.left and file.path in wrong}
    if broken := torn.intersection(output.waiting):
        names = named(broken, whole=whole)
        yield f"edited by hand, and left alone since they cannot be read: {names}; see the errors"
    if left := [f"{slug}{why.get(slug, '')}" for slug in output.waiting if slug not in torn]:
        yield (
            f"edited by hand and left alone: {named(left, whole=whole)}; put the same texts into "
            "the PO file, or undo the edit"
        )
    yield from _lost_pages(output, whole=whole)
    found = {f"{slug} ({', '.join(words)})" for slug, words in deviating(work).items()}
    if found:
        yield f"made up otherwise than their sources, and kept so: {named(found, whole=whole)}"
    if conflicts := in_conflict(work.units):
        names = named({unit.context for unit in conflicts}, whole=whole)
        count = counted(len(conflicts), "text")
        yield f"people disagree about {count}: {names}; i18n resolve shows and settles it"


def deviating(work: Work) -> Mapping[str, tuple[str, ...]]:
    """How pages are made up otherwise than their sources, in words, by slug."""
    entries = (work.files.lock.get(term.slug) for term in work.adopted)
    here = {one.slug: tuple(deviations(one)) for one in entries if one is not None}
    elsewhere = {share.slug: share.deviations for share in work.files.rest}
    return {slug: words for slug, words in (here | elsewhere).items() if words}


def _lost_pages(output: Output, *, whole: bool) -> Iterator[str]:
    """Pages that somebody deleted, or a tool: git's are put back, with what only they have."""
    if found := [slug for slug, is_known in output.lost.items() if is_known]:
        names = named(found, whole=whole)
        yield f"pages that were built are gone, and come back as git has them: {names}"
    if anew := [slug for slug, is_known in output.lost.items() if not is_known]:
        names = named(anew, whole=whole)
        yield (
            f"pages that were built are gone, and git does not have them: {names}; what only "
            "they had is lost, the rest is built anew"
        )
