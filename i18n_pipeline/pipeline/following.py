"""Following: units and lock entries of terms that somebody moved, file and slug, by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.options import Options
from i18n_pipeline.pipeline.project import Project, slugs_of
from i18n_pipeline.pipeline.rest import NeedsAll
from i18n_pipeline.stages.following import (
    followed,
    hashes_of_terms,
    renamed_entries,
    renamed_units,
    texts_of_terms,
    texts_of_units,
)
from i18n_pipeline.values import replace


def with_moves(project: Project, files: LocaleFiles, options: Options) -> LocaleFiles:
    """The files of a locale as if terms had always had the slugs that they have now.

    While folders cannot be looked into, nobody knows that a term is gone.
    """
    if project.partial:
        return files
    units = _moved_units(project, files, options)
    entries = _moved_entries(project, files, options)
    if not units and not entries:
        return files
    catalog = replace(files.catalog, units=renamed_units(files.catalog.units, units))
    lock = renamed_entries(files.lock, entries)
    return replace(files, catalog=catalog, lock=lock, moved=units, relocked=entries)


def _moved_units(project: Project, files: LocaleFiles, options: Options) -> dict[str, str]:
    active = {unit.slug for unit in files.catalog.units if not unit.obsolete} - {""}
    if active <= project.known:
        return {}
    gone = texts_of_units(u for u in files.catalog.units if u.slug not in project.known)
    terms = texts_of_terms(project.terms)
    new = {slug: texts for slug, texts in terms.items() if slug not in active}
    return _asked(followed(gone, new, terms), options)


def _moved_entries(project: Project, files: LocaleFiles, options: Options) -> dict[str, str]:
    """Entries of pages that moved as well: they stand nowhere else any more."""
    there = frozenset(_strangers(files))
    gone = {
        slug: Counter(entry.segments)
        for slug, entry in files.lock.entries.items()
        if slug not in project.known and slug not in there and entry.segments
    }
    if not gone:
        return {}
    terms = hashes_of_terms(project.terms)
    new = {
        slug: hashes
        for slug, hashes in terms.items()
        if files.path_of(slug) and files.lock.get(slug) is None
    }
    if new and files.rest:  # which texts others have too, is not known
        raise NeedsAll
    return _asked(followed(gone, new, terms), options)


def _strangers(files: LocaleFiles) -> Iterator[str]:
    for path in files.strangers:
        yield from slugs_of(files.settings.paths.terms, path)


def _asked(moves: Mapping[str, str], options: Options) -> dict[str, str]:
    return {old: new for old, new in moves.items() if not options.slugs or new in options.slugs}
