"""Steps 1 to 4: whose files are there, units brought up to the source, what people reviewed reused.

Nothing here costs anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import cache

from i18n_pipeline.errors import Problem
from i18n_pipeline.links import Addresses
from i18n_pipeline.locales import is_pseudo
from i18n_pipeline.model import Unit
from i18n_pipeline.pipeline.engines import Engine, asks
from i18n_pipeline.pipeline.following import with_moves
from i18n_pipeline.pipeline.grounds import ground_of, kept_names, reviewed_anyway
from i18n_pipeline.pipeline.homes import terms_in
from i18n_pipeline.pipeline.judging import faults_of, mark_sources
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.manual import manual_terms
from i18n_pipeline.pipeline.memories import Imports
from i18n_pipeline.pipeline.options import Options, Order
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.pipeline.recalling import filler_of, is_asked_elsewhere, to_fill, usable
from i18n_pipeline.pipeline.rest import NeedsAll
from i18n_pipeline.pipeline.slips import Slips
from i18n_pipeline.pipeline.terminology import glossary_at_start
from i18n_pipeline.pipeline.verdicts import Verdicts, new_verdicts, read_verdicts
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.providers import available
from i18n_pipeline.stages.carrying import Carrying, carry
from i18n_pipeline.stages.extras import with_extras
from i18n_pipeline.stages.leverage import Reuse, fill
from i18n_pipeline.stages.pretranslate import other_notes, still_refused
from i18n_pipeline.stages.rejecting import Rejected
from i18n_pipeline.stages.spending import matches
from i18n_pipeline.stages.take_in import TakenIn, take_in
from i18n_pipeline.stages.term import Standing, Term
from i18n_pipeline.stages.unpublishing import held_by, with_reason
from i18n_pipeline.stages.update import Updated, update
from i18n_pipeline.values import dataclass, replace


def begin(
    project: Project, files: LocaleFiles, options: Options, verdicts: Verdicts | None = None
) -> Work:
    """Steps 1 to 3: whose files are there, and the units brought up to the source.

    `verdicts` are those of earlier runs, read where they are not given.
    """
    files = with_moves(project, files, options)
    stand = adopted_terms(project, files)
    taken, adopted, lost = stand.taken, stand.terms, stand.lost
    terms = tuple(t for t in adopted if not options.slugs or t.slug in options.slugs)
    addresses = addresses_of(project, files)
    updated = _updated(project, files, terms, options)
    if updated.astray and files.rest:
        raise NeedsAll
    work = Work(
        project=project,
        files=files,
        terms=terms,
        adopted=adopted,
        taken=taken,
        addresses=addresses,
        units=tuple(_standing(updated, files)),
        segments=updated.segments,
        lost=lost,
        manual=stand.manual,
        verdicts=verdicts or _verdicts(project, files, addresses),
    )
    work = _carried(work, updated)
    return work if is_pseudo(files.locale) else mark_sources(work)


def _verdicts(project: Project, files: LocaleFiles, addresses: Addresses) -> Verdicts:
    """Those of earlier runs; a part of a first run has none."""
    of = read_verdicts if files.foreseen is None else new_verdicts
    return of(project, addresses)


@dataclass(frozen=True)
class Standings:
    """How a locale's files stand: the `terms` that can be worked on, and those that cannot.

    `lost` are terms whose units are nowhere, `manual` those that are left to people.
    """

    taken: TakenIn
    terms: tuple[Term, ...]
    lost: frozenset[str]
    manual: frozenset[str]


def adopted_terms(project: Project, files: LocaleFiles) -> Standings:
    """How a locale's files stand, and which terms can be worked on."""
    hashes = {slug: files.hash_of(slug) for slug in files.term_files}
    manual = manual_terms(project, files)
    taken = take_in(project.slugs - manual - files.rest.shares.keys(), hashes, files.lock)
    lost = frozenset() if files.blocked else _without_units(project, files, taken)
    workable = taken.adopted - files.refused - _blocked(project, files) - lost
    fields = files.settings.fields
    adopted = tuple(with_extras(t, fields) for t in project.terms if t.slug in workable)
    return Standings(taken, adopted, lost, manual)


def _carried(work: Work, updated: Updated) -> Work:
    """The work with the reviews of texts whose source says what it said before."""
    if not updated.heirs and all(unit.previous is None for unit in work.files.catalog.units):
        return work
    files, slips = work.files, Slips(work.addresses)
    how = Carrying(
        ground_of(work.project, files.glossary, files.keep),
        reviewed_anyway(files.settings.changes),
        stands=lambda unit: not faults_of(work, unit),
        locale=work.locale,
        kept=lambda: kept_names(glossary_at_start(work.project, files)),
        is_slip=slips.is_one,
        leads=slips.leads,
    )
    carried = carry(replace(updated, units=work.units), files.catalog, how)
    return replace(work, units=carried.units, edited=carried.edited)


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
    others = len(terms) < len(project.slugs) or bool(project.broken | project.skipped)
    return update(
        files.catalog,
        terms,
        untouched=_untouched(project, files, terms, options),
        partial=project.partial or others,
        urls={term.slug: _url(files, term.slug) for term in terms},
    )


def addresses_of(project: Project, files: LocaleFiles) -> Addresses:
    """How terms are linked in a locale."""
    links = files.settings.links
    return Addresses(
        rewrite=links.rewrite,
        missing=links.missing,
        allow=links.allow,
        locale=files.locale,
        slugs=project.slugs | project.broken | files.orphans,
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


def _answered(unit: Unit) -> Unit:
    """A unit that has a text now, without what is said of answers that were turned down."""
    return replace(unit, notes=other_notes(unit))


def reuse(work: Work, imports: Imports, least: Callable[[Unit], int]) -> Work:
    """Step 4: fill untranslated units from what was reviewed elsewhere.

    A text that may not stand here leaves the unit to be translated. `least` says for a unit how
    many percent alike a similar text must be to be proposed, 0 for never. Raises NeedsAll.
    """
    memory = work.files.settings.memory
    manner = Reuse(
        reviewed=memory.exact == "reviewed",
        imported=memory.imported == "reviewed",
        stands=lambda unit: not faults_of(work, unit),
        rejected=lambda unit: work.rejected.holds(unit, work.segments[unit.key]),
        least=least,
        source=work.project.config.source,
        extensions=work.extensions,
    )
    with usable(work), ExitStack() as ending:
        filler = cache(lambda: filler_of(work, manner, imports, ending))
        if is_asked_elsewhere(work):
            filler()
        result = fill(work.units, to_fill(work), filler)
    pairs = zip(result.units, work.units, strict=True)
    filled = {new.key for new, old in pairs if new is not old}
    return replace(
        work,
        units=tuple(_answered(unit) if unit.key in filled else unit for unit in result.units),
        exact=result.exact,
        fuzzy=result.fuzzy,
        sound=work.sound | filled,
    )


def least_of(order: Order, work: Work, engine: Engine) -> Callable[[Unit], int]:
    """How many percent alike a similar text must be, by the unit it is for; 0 for none at all.

    Where a machine would be asked it has to be nearly the same: that is what a machine's draft,
    made of the text itself, is worth less than.
    """
    does, settings = order.does, work.files.settings
    memory = settings.memory
    fills = does.plans or (does.writes_units and not does.mends)
    if not fills or not memory.fuzzy or is_pseudo(work.locale):
        return lambda _unit: 0
    near = max(memory.fuzzy, memory.instead_of_machine) if memory.instead_of_machine else 0
    machines = _machines(order, work, engine)

    def least(unit: Unit) -> int:
        for_people = settings.only and not matches(unit.slug, settings.only)
        return memory.fuzzy if for_people or not machines(unit.field) else near

    return least


def _machines(order: Order, work: Work, engine: Engine) -> Callable[[str], bool]:
    """Whether a machine drafts a field, by its name: in this run, or in the next that asks."""
    settings = work.files.settings
    if settings.mt == "off":
        return lambda _field: False
    if asks(order, work.files):
        return lambda field: any(provider.translates for provider in engine.chain(field))
    default = order.options.provider or (available(order.around.environment),)
    return lambda field: any(name != "memory" for name in settings.chain(field) or default)
