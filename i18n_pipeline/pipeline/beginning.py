"""Steps 1 to 4: whose files are there, units brought up to the source, what people reviewed reused.

Nothing here costs anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from i18n_pipeline.errors import Problem
from i18n_pipeline.links import Addresses
from i18n_pipeline.locales import is_pseudo
from i18n_pipeline.model import Unit
from i18n_pipeline.pipeline.following import with_moves
from i18n_pipeline.pipeline.homes import terms_in
from i18n_pipeline.pipeline.judging import faults_of, mark_sources
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.manual import manual_terms
from i18n_pipeline.pipeline.options import Options
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.pipeline.verdicts import read_verdicts
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.stages.extras import with_extras
from i18n_pipeline.stages.leverage import leverage
from i18n_pipeline.stages.pretranslate import still_refused
from i18n_pipeline.stages.rejecting import Rejected
from i18n_pipeline.stages.take_in import TakenIn, take_in
from i18n_pipeline.stages.term import Standing, Term
from i18n_pipeline.stages.unpublishing import held_by, with_reason
from i18n_pipeline.stages.update import Updated, update


def begin(project: Project, files: LocaleFiles, options: Options) -> Work:
    """Steps 1 to 3: whose files are there, and the units brought up to the source."""
    files = with_moves(project, files, options)
    hashes = {slug: files.hash_of(slug) for slug in files.term_files}
    manual = manual_terms(project, files)
    taken = take_in(project.slugs - manual, hashes, files.lock)
    lost = frozenset() if files.blocked else _without_units(project, files, taken)
    workable = taken.adopted - files.refused - _blocked(project, files) - lost
    fields = files.settings.fields
    adopted = tuple(with_extras(t, fields) for t in project.terms if t.slug in workable)
    terms = tuple(t for t in adopted if not options.slugs or t.slug in options.slugs)
    updated = _updated(project, files, terms, options)
    work = Work(
        project=project,
        files=files,
        terms=terms,
        adopted=adopted,
        taken=taken,
        addresses=_addresses(project, files),
        units=tuple(_standing(updated, files)),
        segments=updated.segments,
        lost=lost,
        manual=manual,
        verdicts=read_verdicts(project, files.locale),
    )
    return work if is_pseudo(files.locale) else mark_sources(work)


def _standing(updated: Updated, files: LocaleFiles) -> Iterator[Unit]:
    """The units with what is known of answers that were turned down; rejected drafts are gone."""
    units = still_refused(updated.units, files.catalog)
    rejected = Rejected(files.rejected, files.settings.markdown.extensions)
    standing = rejected.without(units, updated.segments)
    return with_reason(standing, held_by(files.lock), updated.segments)


def _blocked(project: Project, files: LocaleFiles) -> frozenset[str]:
    """Slugs whose units live in a catalog that cannot be read."""
    pattern = files.settings.paths.catalog
    return frozenset(terms_in(pattern, files.locale, project.terms, files.blocked))


def _updated(
    project: Project, files: LocaleFiles, terms: Sequence[Term], options: Options
) -> Updated:
    others = len(terms) < len(project.terms) or bool(project.broken | project.skipped)
    return update(
        files.catalog,
        terms,
        untouched=_untouched(project, files, terms, options),
        partial=project.partial or others,
        urls={term.slug: _url(files, term.slug) for term in terms},
    )


def _addresses(project: Project, files: LocaleFiles) -> Addresses:
    links = files.settings.links
    return Addresses(
        rewrite=links.rewrite,
        missing=links.missing,
        allow=links.allow,
        locale=files.locale,
        slugs=project.slugs | project.broken,
    )


def _url(files: LocaleFiles, slug: str) -> str:
    return files.settings.site.url.replace("{locale}", files.locale).replace("{slug}", slug)


def _without_units(project: Project, files: LocaleFiles, taken: TakenIn) -> frozenset[str]:
    """Slugs whose files we built and whose units are gone: their catalog was lost or moved.

    Nothing is made anew for them: machine drafts would stand where people's words were.
    """
    known = {unit.slug for unit in files.catalog.units}
    built = taken.of(Standing.OURS, Standing.EDITED)
    return frozenset(
        term.slug
        for term in project.terms
        if term.slug in built and term.slug not in known and term.file.segments
    )


def lost_units(work: Work) -> list[Problem]:
    """The error about built terms whose units are gone."""
    if not work.lost:
        return []
    names = ", ".join(sorted(work.lost)[:5])
    message = f"{len(work.lost)} built terms have no units any more ({names})"
    mend = "restore the PO file from git, or move it to where `catalog` in i18n.toml says"
    path = work.files.settings.paths.catalog.text.replace("{locale}", work.locale)
    return [Problem(path, 0, 0, "units-lost", message, mend)]


def _untouched(
    project: Project, files: LocaleFiles, terms: Iterable[Term], options: Options
) -> frozenset[str]:
    """Slugs whose units pass as they are: not worked on, though their source may be there."""
    worked = {term.slug for term in terms}
    units = {unit.slug for unit in files.catalog.units if unit.slug}
    if options.slugs or project.partial:
        return frozenset(units - worked)
    return frozenset((units & project.known) - worked)


def reuse(work: Work) -> Work:
    """Step 4: fill untranslated units from what was reviewed elsewhere.

    A text that may not stand here leaves the unit to be translated.
    """
    result = leverage(
        work.units,
        work.segments,
        reviewed=work.files.settings.memory.exact == "reviewed",
        stands=lambda unit: not faults_of(work, unit),
    )
    pairs = zip(result.units, work.units, strict=True)
    filled = {new.key for new, old in pairs if new is not old}
    return replace(work, units=result.units, exact=result.exact, sound=work.sound | filled)
