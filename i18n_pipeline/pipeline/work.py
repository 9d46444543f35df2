"""One locale's work in a run: from what lies on disk to units that may be built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from i18n_pipeline.checks import Subject, check, source_issues
from i18n_pipeline.errors import Problem
from i18n_pipeline.glossary import Glossary, merged
from i18n_pipeline.links import Addresses
from i18n_pipeline.locales import is_pseudo
from i18n_pipeline.model import (
    Catalog,
    Key,
    Kind,
    QualityIssue,
    Segment,
    Severity,
    State,
    Unit,
)
from i18n_pipeline.pipeline.asking import KEPT, Asked, Engine, Turn, ask_all, key_of
from i18n_pipeline.pipeline.options import Options
from i18n_pipeline.pipeline.project import LocaleFiles, Project, terms_in
from i18n_pipeline.stages.leverage import leverage
from i18n_pipeline.stages.pretranslate import (
    Answered,
    Ask,
    accept,
    asks_for,
    by_turn,
    refused,
    still_refused,
    was_refused,
)
from i18n_pipeline.stages.take_in import TakenIn, take_in
from i18n_pipeline.stages.term import Standing, Term
from i18n_pipeline.stages.update import update


@dataclass(frozen=True)
class Work:
    """A locale in the middle of a run; each step gives back a new one.

    `terms` are those the run may work on, `adopted` all whose files are not a stranger's.
    `unsafe` are units whose text must not reach a built file, `damaged` untranslated ones whose
    source has to be mended first, `lost` built terms whose units are nowhere.
    """

    project: Project
    files: LocaleFiles
    terms: tuple[Term, ...]
    adopted: tuple[Term, ...]
    taken: TakenIn
    addresses: Addresses
    units: tuple[Unit, ...]
    segments: Mapping[Key, Segment] = field(default_factory=lambda: MappingProxyType({}))
    exact: int = 0
    drafted: int = 0
    asked: Asked = field(default_factory=Asked)
    issues: tuple[QualityIssue, ...] = ()
    unsafe: frozenset[Key] = frozenset()
    damaged: frozenset[Key] = frozenset()
    lost: frozenset[str] = frozenset()

    @property
    def locale(self) -> str:
        """The target locale."""
        return self.files.locale

    @property
    def extensions(self) -> frozenset[str]:
        """The Markdown extensions in use."""
        return self.files.settings.markdown.extensions

    @property
    def catalog(self) -> Catalog:
        """The units as one catalog."""
        return Catalog(self.units)


def begin(project: Project, files: LocaleFiles, options: Options) -> Work:
    """Steps 1 to 3: whose files are there, and the units brought up to the source."""
    hashes = {slug: file_hash for slug, (_, file_hash) in files.files.items()}
    taken = take_in((term.slug for term in project.terms), hashes, files.lock)
    pattern = files.settings.paths.catalog
    blocked = files.refused.union(terms_in(pattern, files.locale, project.terms, files.blocked))
    lost = frozenset() if files.blocked else _without_units(project, files, taken)
    blocked |= lost
    adopted = tuple(t for t in project.terms if t.slug in taken.adopted - blocked)
    terms = tuple(t for t in adopted if not options.slugs or t.slug in options.slugs)
    settings = files.settings
    updated = update(
        files.catalog,
        terms,
        untouched=_untouched(project, files, terms, options),
        partial=project.partial
        or len(terms) < len(project.terms)
        or bool(project.broken | project.skipped),
        urls={t.slug: _url(settings.site.url, files.locale, t.slug) for t in terms},
    )
    addresses = Addresses(
        rewrite=settings.links.rewrite,
        missing=settings.links.missing,
        allow=settings.links.allow,
        locale=files.locale,
        slugs=frozenset(term.slug for term in project.terms) | project.broken,
    )
    units = tuple(still_refused(updated.units, files.catalog))
    work = Work(
        project, files, terms, adopted, taken, addresses, units, updated.segments, lost=lost
    )
    return work if is_pseudo(files.locale) else _mark_sources(work)


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
    known = {term.slug for term in project.terms} | project.broken | project.skipped
    return frozenset((units & known) - worked)


def _url(pattern: str, locale: str, slug: str) -> str:
    return pattern.replace("{locale}", locale).replace("{slug}", slug)


def reuse(work: Work) -> Work:
    """Step 4: fill untranslated units from what was reviewed elsewhere."""
    result = leverage(
        work.units, work.segments, reviewed=work.files.settings.memory.exact == "reviewed"
    )
    glossary = glossary_of(work, drafts=False)
    units = tuple(
        new if new is old or _passes(work, new, glossary) else old
        for new, old in zip(result.units, work.units, strict=True)
    )
    exact = sum(new is not old for new, old in zip(units, work.units, strict=True))
    return replace(work, units=units, exact=exact)


def _passes(work: Work, unit: Unit, glossary: Glossary) -> bool:
    """Whether a reused text may stand here: one that may not leaves the unit to be translated."""
    issues = check(subject_of(work, unit, work.segments[unit.key], glossary))
    return all(issue.severity is not Severity.ERROR for issue in issues)


def glossary_at_start(files: LocaleFiles) -> Glossary:
    """A locale's terminology before a run adds to it: what its provider's glossary is made of."""
    field = files.settings.fields.name
    names = (
        (unit.source, unit.target)
        for unit in files.catalog.units
        if unit.field == field and unit.reviewed and unit.target and not unit.obsolete
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


def _mark_sources(work: Work) -> Work:
    """Sources that are damaged themselves are reported, and kept out of paid translation."""
    marked: list[Unit] = []
    found: list[QualityIssue] = []
    damaged: set[Key] = set()
    for unit in work.units:
        segment = work.segments.get(unit.key)
        issues = source_issues(unit, segment) if segment and not unit.obsolete else ()
        found += issues
        errors = [issue for issue in issues if issue.severity is Severity.ERROR]
        if errors and not unit.target:
            damaged.add(unit.key)
            reason = f"{errors[0].check}: {errors[0].message}"
            marked.append(refused(unit, "not sent", reason))
        else:
            marked.append(unit)
    return replace(work, units=tuple(marked), issues=tuple(found), damaged=frozenset(damaged))


def pretranslate(work: Work, engine: Engine) -> Work:
    """Step 5: names and vocabulary first, then what uses them, term by term."""
    names, texts = (
        [unit for unit in units if unit.key not in work.damaged]
        for units in by_turn(work.units, work.segments)
    )
    work = _ask(work, engine, names, glossary_of(work, drafts=False), {})
    contexts = {term.slug: context_of_term(term) for term in work.terms}
    return _ask(work, engine, texts, glossary_of(work), contexts)


def _ask(
    work: Work,
    engine: Engine,
    units: Iterable[Unit],
    glossary: Glossary,
    contexts: Mapping[str, str],
) -> Work:
    asks = list(asks_for(units, work.segments, glossary, work.extensions))
    held = frozenset(unit.key for unit in work.units if was_refused(unit))
    ask_all(engine, asks, Turn(contexts, glossary.pairs(), held), work.asked)
    by_unit: dict[Key, list[Ask]] = {}
    for ask in asks:
        by_unit.setdefault(ask.key, []).append(ask)
    answered = tuple(
        _answered(unit, by_unit[unit.key], work, engine, glossary)
        if unit.key in by_unit and not unit.obsolete
        else unit
        for unit in work.units
    )
    drafted = sum(
        bool(new.target) and not old.target for new, old in zip(answered, work.units, strict=True)
    )
    return replace(work, units=answered, drafted=work.drafted + drafted)


def _answered(unit: Unit, asks: list[Ask], work: Work, engine: Engine, glossary: Glossary) -> Unit:
    keys = [key_of(engine, ask) for ask in asks]
    answers = [work.asked.answers.get(key) for key in keys]
    turned_down = next((work.asked.refused[key] for key in keys if key in work.asked.refused), None)
    if turned_down is not None:
        return refused(unit, turned_down.provider, turned_down.text)
    given = [answer for answer in answers if answer is not None and answer.text]
    if len(given) < len(asks):
        return unit

    def judge(draft: Unit, segment: Segment) -> tuple[QualityIssue, ...]:
        return check(subject_of(work, draft, segment, glossary))

    by = next((one.provider for one in given if one.provider != KEPT), KEPT)
    spoken = [Answered(one.text, by) for one in given]
    return accept(unit, work.segments[unit.key], asks, spoken, judge)


def context_of_term(term: Term) -> str:
    """Words that give an engine the sense of a term: name, vocabulary and first plain text."""
    parts: dict[Kind, str] = {}
    for slot in term.file.fields:
        parts.setdefault(slot.segment.kind, slot.segment.source)
    kinds = (Kind.NAME, Kind.VOCABULARY, Kind.TEXT)
    return " · ".join(parts[kind] for kind in kinds if kind in parts)


def subject_of(work: Work, unit: Unit, segment: Segment, glossary: Glossary) -> Subject:
    """A unit as the checks see it."""
    return Subject(
        unit=unit,
        segment=segment,
        locale=work.locale,
        extensions=work.extensions,
        addresses=work.addresses,
        glossary=glossary,
    )


def judge_all(work: Work) -> Work:
    """Step 6: drafts that fail go, with the reason; unsafe texts are kept out of builds."""
    glossary = glossary_of(work, drafts=False)
    units: list[Unit] = []
    found: list[QualityIssue] = list(work.issues)
    unsafe: set[Key] = set()
    for unit in work.units:
        segment = work.segments.get(unit.key)
        if segment is None or unit.obsolete or unit.state is State.UNTRANSLATED:
            units.append(unit)
            continue
        issues = check(subject_of(work, unit, segment, glossary))
        errors = [issue for issue in issues if issue.severity is Severity.ERROR]
        if errors and unit.is_draft and unit.origin is not None:
            who = unit.origin.words.removeprefix("machine draft by ")
            units.append(refused(unit, who, f"{errors[0].check}: {errors[0].message}"))
            continue
        unsafe |= {unit.key for issue in errors if issue.safety}
        found += issues
        units.append(_with_findings(unit, issues))
    return replace(work, units=tuple(units), issues=tuple(found), unsafe=frozenset(unsafe))


def _with_findings(unit: Unit, issues: Iterable[QualityIssue]) -> Unit:
    """What the checks found, where the translator sees it."""
    notes = tuple(n for n in unit.notes if not n.startswith("Check "))
    found = tuple(dict.fromkeys(f"Check {i.check}: {' '.join(i.message.split())}" for i in issues))
    return replace(unit, notes=notes + found)


def texts_of(work: Work, term: Term, *, drafts: bool, catalog: Catalog) -> Iterator[str | None]:
    """For each segment of a term the text that may be built, or None."""
    for segment in term.file.segments:
        unit = catalog.unit_for(term.slug, segment)
        usable = unit is not None and unit.key not in work.unsafe and (unit.reviewed or drafts)
        yield unit.target or None if unit is not None and usable else None


def is_complete(term: Term, catalog: Catalog) -> bool:
    """Whether all units that a build waits for are reviewed."""
    for segment in term.file.segments:
        unit = catalog.unit_for(term.slug, segment)
        if segment.required and (unit is None or unit.state is not State.REVIEWED):
            return False
    return True
