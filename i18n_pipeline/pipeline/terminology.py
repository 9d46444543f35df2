"""The terminology of one locale: its CSV, the names of terms as translated, names to keep."""

from __future__ import annotations

from i18n_pipeline.glossary import Glossary, merged
from i18n_pipeline.locales import is_pseudo
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.work import Work


def glossary_at_start(files: LocaleFiles, *, drafts: bool = False) -> Glossary:
    """A locale's terminology before a run adds to it: what its provider's glossary is made of.

    With `drafts` names that nobody has reviewed yet are in it too, as for texts that use them.
    """
    field = files.settings.fields.name
    names = (
        (unit.source, unit.target)
        for unit in files.catalog.units
        if unit.field == field and unit.target and not unit.obsolete and (drafts or unit.reviewed)
    )
    return merged(files.glossary, names, files.keep)


def glossary_of(work: Work, *, drafts: bool = True) -> Glossary:
    """The terminology in force: the CSV, names of terms as translated, names to keep.

    All terms of the catalog count, also those that this run does not work on.
    Without `drafts` only reviewed names count: what texts are checked against, and what names
    themselves are asked with, so that asking for one never depends on the answer for another.
    """
    field = work.files.settings.fields.name
    names = (
        (unit.source, unit.target)
        for unit in work.units
        if unit.field == field
        and not unit.obsolete
        and unit.target
        and (drafts or unit.reviewed)
        and unit.key not in work.unsafe
    )
    if is_pseudo(work.locale):
        return Glossary(keep=work.files.keep)
    return merged(work.files.glossary, names, work.files.keep)
