"""Which terms of a locale people have taken out of the machine's hands.

They say so in `i18n.toml`, by slug, or in the page's own front matter, `manual: true`. Nothing is
drafted, sent or built for such a term, and its units stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.config import Fields
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.stages.spending import matches

_YES = frozenset({"true", "yes", "on"})


def manual_terms(project: Project, files: LocaleFiles) -> frozenset[str]:
    """The slugs of the terms that are left to people."""
    named = files.settings.manual
    listed = {slug for slug in project.known if matches(slug, named)} if named else set()
    return frozenset(listed | set(_marked(project, files)))


def stays(project: Project, files: LocaleFiles, path: str) -> bool:
    """Whether a page whose source is gone is left to people, by its name or by its mark."""
    found = files.settings.paths.terms.match(path)
    if found and matches(found["slug"], files.settings.manual):
        return True
    return _is_marked(project.workspace.read(path), files)


def _marked(project: Project, files: LocaleFiles) -> Iterator[str]:
    """Slugs of pages with the mark; what was only copied from the source is none."""
    field = files.settings.fields.manual
    for term in project.terms if field else ():
        path = files.path_of(term.slug)
        if path and not _says_yes(term.file, files.settings.fields):
            try:
                if _is_marked(project.workspace.read(path), files):
                    yield term.slug
            except BadFile:
                continue  # what cannot be read is reported where it is needed


def _is_marked(data: bytes, files: LocaleFiles) -> bool:
    """Whether a page has the mark; one that cannot be read and seems to have it has it."""
    fields = files.settings.fields
    if not fields.manual or fields.manual.casefold().encode() not in data.lower():
        return False
    # whose page it is does not matter here, and a page in a person's hands may say it wrongly
    rules = Rules(_without_identity(fields), files.settings.markdown.extensions)
    try:
        return _says_yes(read_term(data, rules, "page", files.locale), fields)
    except BadFile:
        return True


def _without_identity(fields: Fields) -> Fields:
    return Fields(locale="", slug="", manual=fields.manual)


def _says_yes(file: TermFile, fields: Fields) -> bool:
    for key, value in file.values.items():
        if key.casefold() == fields.manual.casefold():
            return isinstance(value, str) and value.strip().casefold() in _YES
    return False
