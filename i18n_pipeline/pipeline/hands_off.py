"""Words about what a run leaves to people on purpose: pages in their hands, patterns in vain."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.pipeline.output import Output
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.reports.counting import counted, named, some
from i18n_pipeline.stages.spending import matches


def hands_off(work: Work, output: Output, *, whole: bool) -> Iterator[str]:
    """What of a locale is kept out of this run, most important first; `whole`: all names."""
    for path, count in sorted(work.files.guarded.items()):
        yield (
            f"{count} units reviewed in HEAD are unreviewed in {path}, which is left alone with "
            "its terms: if that is meant, commit it or say --accept-unreview, if not: "
            f"git checkout HEAD -- {path}"
        )
    if few := work.files.unreviewed:
        are, these = ("is", "it") if len(few) == 1 else ("are", "them")
        yield (
            f"{counted(len(few), 'unit')} reviewed in HEAD {are} not reviewed here "
            f"({named(dict.fromkeys(few), whole=whole)}): git diff shows {these}"
        )
    if work.files.moved:
        moves = sorted(f"{old} → {new}" for old, new in work.files.moved.items())
        yield f"known by their texts, translations kept: {some(moves, whole=whole)}"
    if work.manual:
        yield f"left to people (manual): {some(work.manual, whole=whole)}"
    if output.held:
        held = some(output.held, whole=whole)
        yield f"taken back, not built before everything in it is reviewed: {held}"
    for pattern in work.files.settings.manual:
        if not any(matches(slug, (pattern,)) for slug in work.project.known):
            yield f"`manual` names {pattern}, and no term is called so"
