"""By hand: what the pages of a locale say, as they lie there."""

from __future__ import annotations

from i18n_pipeline.formats.term_file import Rules, read_term
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.stages.live import PageTexts


def page_of(work: Work, slug: str) -> PageTexts | None:
    """What a term's page says; None where there is none. Raises BadFile."""
    path = work.files.path_of(slug)
    if not path:
        return None
    rules = Rules(work.files.settings.fields, work.extensions)
    name = work.project.file_slugs[slug]
    file = read_term(work.project.workspace.read(path), rules, name, work.locale)
    return PageTexts.of(file, work.extensions)
