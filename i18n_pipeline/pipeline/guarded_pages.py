"""Pages whose review file is left alone: what they say is told by what git's HEAD has reviewed."""

from __future__ import annotations

from i18n_pipeline.pipeline.beginning import begin
from i18n_pipeline.pipeline.building import build_all
from i18n_pipeline.pipeline.guarding import committed
from i18n_pipeline.pipeline.judging import judge_all
from i18n_pipeline.pipeline.options import Options
from i18n_pipeline.pipeline.output import Output
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.values import replace


def with_guarded(work: Work, output: Output) -> Output:
    """The output with the guarded terms among those built or stale; nothing is made of them."""
    if not work.files.guarded:
        return output
    before = begin(work.project, committed(work.project, work.files), Options())
    found, slugs = build_all(judge_all(before), Options(), writes=False), work.files.guarded_slugs
    return replace(
        output,
        built=[*output.built, *(slug for slug in found.built if slug in slugs)],
        stale=[*output.stale, *(slug for slug in found.stale if slug in slugs)],
    )
