"""Step 9: what a locale's run comes to, in true numbers, and what to do next."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from i18n_pipeline.checks.exempting import without_effect
from i18n_pipeline.checks.safety.destinations import DESTINATIONS
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.plan import PlannedLocale, PlannedText, source_hash
from i18n_pipeline.formats.po import unit_lines
from i18n_pipeline.model import Key, QualityIssue, Severity, State
from i18n_pipeline.origins import OriginKind, kind_of
from i18n_pipeline.pipeline.adopting import AllAdopted, adoption_of
from i18n_pipeline.pipeline.budget import Short
from i18n_pipeline.pipeline.building import Output, counted_states
from i18n_pipeline.pipeline.engines import Engine
from i18n_pipeline.pipeline.hands_off import hands_off
from i18n_pipeline.pipeline.options import Order
from i18n_pipeline.pipeline.peoples_work import edited_pages, of_edited_files, open_conflicts
from i18n_pipeline.pipeline.policing import police
from i18n_pipeline.pipeline.renderings import renderings
from i18n_pipeline.pipeline.standing import standings
from i18n_pipeline.pipeline.standing_texts import refused
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.reports.counting import counted, money, some
from i18n_pipeline.reports.report import (
    Drafts,
    Fix,
    Issue,
    LocaleReport,
    SourceEdits,
    Terms,
    Units,
)
from i18n_pipeline.reports.standing import TermStanding
from i18n_pipeline.stages.carrying import Outcome, counts_of
from i18n_pipeline.stages.policy import Violation
from i18n_pipeline.stages.pretranslate import wants_draft, was_refused, was_rejected
from i18n_pipeline.stages.spending import matches
from i18n_pipeline.stages.taking.intake import in_conflict
from i18n_pipeline.stages.term import Standing

_OF_MEMORY = (OriginKind.EXACT, OriginKind.FUZZY)


def locale_report(told: Told, written: tuple[str, ...]) -> LocaleReport:
    """The report of one locale; `written` are the paths written."""
    order, work, output, engine = told.order, told.work, told.output, told.engine
    states = counted_states(work)
    asked = work.asked
    return LocaleReport(
        locale=work.locale,
        providers=tuple(asked.providers) or engine.first,
        units=Units(
            untranslated=states[State.UNTRANSLATED],
            needs_review=states[State.NEEDS_REVIEW],
            reviewed=states[State.REVIEWED],
        ),
        terms=Terms(
            total=len(work.project.terms),
            complete=output.complete,
            built=len(output.built),
            stale=len(output.stale),
            unadopted=len(work.taken.of(Standing.FOREIGN)),
            manual=len(work.manual),
        ),
        edits=_edits(work),
        exact=work.exact,
        fuzzy=work.fuzzy,
        drafted=work.drafted,
        refused=len(_refused(work)),
        billed=asked.billed,
        written=written,
        slugs=tuple(sorted(term.slug for term in work.terms)),
        issues=tuple(sorted(_issues(told), key=lambda one: (one.path, one.line, one.check))),
        fixes=tuple(_fixes(work)),
        live_again=tuple(sorted(unit.context for unit in output.live)),
        drafts=Drafts() if order.does.plans else told.drafts,
        edited=edited_pages(work),
        conflicts=tuple(open_conflicts(work, _Places(work).of)),
        estimate=asked.estimate if order.does.plans else None,
        planned=_planned(work, engine) if order.does.plans else None,
        adoption=None if told.adopted is None else adoption_of(told.adopted, work.units),
        standings=_standings(told),
        renderings=tuple(renderings(work)) if order.does.surveys else (),
        notes=tuple(_notes(told)),
        of_head=bool(work.files.guarded or work.files.unreviewed),
        known=bool(work.files.catalogs or not work.files.blocked),
        codes=tuple(_codes(told)),
    )


@dataclass(frozen=True)
class Told:
    """What a report of a locale is about."""

    order: Order
    work: Work
    output: Output
    engine: Engine
    adopted: AllAdopted | None = None

    @property
    def whole(self) -> bool:
        """Whether every name is told, and not only the first of many."""
        return self.order.options.every_name

    def some(self, things: Iterable[str]) -> str:
        """Names, as many as are told."""
        return some(things, whole=self.whole)

    @cached_property
    def violations(self) -> tuple[Violation, ...]:
        """What the policy does not allow, where that was asked: a check is asking."""
        return police(self.work, self.order.options.slugs) if self.order.does.compares else ()

    @cached_property
    def drafts(self) -> Drafts:
        """Terms that a machine drafted in this run: whole ones, and those that still wait."""
        if not self.engine.translates:
            return Drafts()
        asked = {key[0].rpartition("/")[0] for key in self.work.asked.units}
        asked |= {key[0].rpartition("/")[0] for key in self.work.asked.waiting}
        open_slugs = {
            unit.slug
            for unit in self.work.units
            if wants_draft(unit, self.work.segments.get(unit.key))
        }
        asked.discard("")
        return Drafts(tuple(sorted(asked - open_slugs)), tuple(sorted(asked & open_slugs)))


def _standings(told: Told) -> tuple[TermStanding, ...]:
    """How terms stand, where that is asked: by all of a survey, or by their slugs."""
    does, slugs = told.order.does, told.order.options.slugs
    asked = does.surveys or (does.command == "status" and slugs)
    places = _Places(told.work)
    return tuple(standings(told.work, told.output, places.of, slugs)) if asked else ()


def _edits(work: Work) -> SourceEdits:
    outcomes = Counter(one.outcome for one in work.edited)
    return SourceEdits(
        kept=outcomes[Outcome.KEPT],
        patched=outcomes[Outcome.PATCHED],
        anew=outcomes[Outcome.ANEW],
        review=counts_of(work.edited, Outcome.REVIEW),
    )


def _planned(work: Work, engine: Engine) -> PlannedLocale:
    asked = work.asked
    reused = (unit for unit in work.units if unit.key in work.sound)
    remembered = sum(len(one.source) for one in reused if kind_of(one.origin) in _OF_MEMORY)
    return PlannedLocale(
        locale=work.locale,
        requests=asked.batches,
        cost=asked.estimate.cost,
        saved={"memory": remembered, "receipts": asked.saved},
        texts=tuple(
            PlannedText(
                one.key[0],
                source_hash(one.key[1]),
                one.why,
                one.provider,
                one.characters,
                one.worst_case_characters,
            )
            for one in asked.planned
        ),
        providers=engine.names,
    )


def _codes(told: Told) -> Iterator[int]:
    does, work, output, engine = told.order.does, told.work, told.output, told.engine
    if work.asked.failure is not None:
        yield work.asked.failure.exit_code
    if refused(work):
        yield 65
    if does.command == "check" and any(issue.severity == "error" for issue in work.issues):
        yield 65
    failed = work.asked.short or work.damaged or work.not_renewed or _refused(work)
    if does.sends and engine.translates and failed:
        yield 3
    if does.writes_files and output.waiting:
        yield 3
    if told.violations:
        yield 3
    writes = does.writes_units or does.writes_files or does.command == "check"
    if writes and not does.forgets and in_conflict(work.units):
        yield 3
    if (does.writes_files or does.writes_units) and work.files.guarded:
        yield 3


def _refused(work: Work) -> frozenset[Key]:
    """Units whose answer was turned down, and not by a person."""
    refused = frozenset(
        unit.key for unit in work.units if was_refused(unit) and not was_rejected(unit)
    )
    return refused - work.damaged


def _fixes(work: Work) -> Iterator[Fix]:
    places = _Places(work)
    for one in work.mended:
        issue = QualityIssue("", Severity.NOTE, False, "", one.before.context, one.before.source)
        path, line = places.of(issue)
        unit = one.before.context.partition("#")[0]
        yield Fix(path, line, unit, one.checks, one.before.target, one.after.target)


def _issues(told: Told) -> Iterator[Issue]:
    places, checks = _Places(told.work), told.order.does.compares
    for issue in (*told.work.issues, *_against_policy(told)):
        if issue.severity is Severity.NOTE and not checks:
            continue
        slug, _, field = issue.context.rpartition("/")
        path, line = places.of(issue)
        yield Issue(
            check=issue.check,
            severity=str(issue.severity),
            path=path,
            line=line,
            slug=slug,
            field=field.partition("#")[0],
            message=issue.message,
            safety=issue.safety,
            text=issue.target,
            at=issue.at,
        )


def _against_policy(told: Told) -> Iterator[QualityIssue]:
    """Each unit that is one too many; it is no fault of its text, so that it is no error's 65."""
    for violation in told.violations:
        for unit in violation.units:
            words, place = str(violation), (unit.context, unit.source)
            yield QualityIssue("policy", Severity.ERROR, False, words, *place)


class _Places:
    """Where what was found can be mended: in the review file, or where the source is at fault."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._terms = {term.path: term for term in work.terms}
        self._lines: dict[str, dict[Key, int]] = {}

    def of(self, issue: QualityIssue) -> tuple[str, int]:
        """Path and line of an issue; the line is 0 where the file does not have the unit yet."""
        if issue.line:
            return issue.path, issue.line
        key = (issue.context, issue.source)
        if issue.check.startswith("source-"):
            term, segment = self._terms.get(issue.path), self._work.segments.get(key)
            return issue.path, term.file.line_of(segment) if term and segment else 0
        work = self._work
        home = work.homes.get(key[0].rpartition("/")[0])
        path = home or work.files.homes.get(key, work.homes[""])  # of a term that is gone
        if path not in self._lines:
            self._lines[path] = self._read(path)
        return path, self._lines[path].get(key, 0)

    def _read(self, path: str) -> dict[Key, int]:
        try:
            data = self._work.project.workspace.read_optional(path)
            return unit_lines(data) if data else {}
        except BadFile:
            return {}  # it was reported when it was read; here only its lines are missing


def _notes(told: Told) -> Iterator[str]:
    work, output, asked = told.work, told.output, told.work.asked
    planned = asked.estimate
    if told.order.does.sends and planned.requests:
        characters = counted(planned.characters, "character")
        yield f"would send {characters} in {counted(planned.requests, 'request')}"
    yield from _adopted(told)
    yield from _short(told)
    yield from work.gave_up
    if work.not_renewed:
        kept = counted(len(work.not_renewed), "unit")
        yield f"no new answer was good, and the text stays as it was: {kept}"
    yield from told.engine.notes
    yield from sorted(asked.notices)
    if work.damaged:
        yield f"not sent, the source has to be mended first: {counted(len(work.damaged), 'unit')}"
    foreign = work.taken.of(Standing.FOREIGN)
    if foreign:
        yield (
            f"people's files, not adopted: {told.some(foreign)}; nothing is sent or written for "
            "them until i18n adopt has read them"
        )
        yield from _lost_lock(told, foreign)
    yield from of_edited_files(work, output, whole=told.whole)
    yield from hands_off(work, output, whole=told.whole)
    for slug, keys in output.kept.items():
        yield f"{slug}: kept the file's own {', '.join(keys)}"
    if output.unplaced:
        yield f"reviewed texts wait for the whole term to be reviewed: {told.some(output.unplaced)}"
    yield from _missing(told)
    yield from _switched_off(work)
    if blocked := work.files.blocked - set(work.files.guarded):
        without = "the numbers are without them" if work.files.catalogs else "no number is known"
        yield f"left alone, with all its terms: {told.some(blocked)}; {without}"
    if work.files.strangers:
        yield f"without a source: {told.some(work.files.strangers)}"
    for path, own in sorted(output.orphans_kept.items()):
        yield f"{path} is not deleted, since it alone has {', '.join(own)}"
    yield from _next_steps(told)


def _adopted(told: Told) -> Iterator[str]:
    """What adopting could not do, and what would let the addresses in people's texts stand."""
    if told.adopted is None:
        return
    yield from told.adopted.notes
    found = {
        issue.target[issue.at[0] : issue.at[1]]
        for issue in told.work.issues
        if issue.check == DESTINATIONS.code and issue.at is not None
    }
    if found:
        allow = json.dumps(sorted(found), ensure_ascii=False)
        yield (
            f"{counted(len(found), 'address')} that no source has; their texts stay as they are, "
            f"and are built once i18n.toml allows them: [links] allow = {allow}"
        )


def _switched_off(work: Work) -> Iterator[str]:
    """Findings that are not told, each with the reason; switches without one have no effect."""
    for hidden, count in sorted(Counter(work.hidden).items(), key=lambda one: one[0].check):
        yield f"{hidden.check} is off, {counted(count, 'finding')}: {hidden.reason}"
    for unit, wrong in without_effect(work.units):
        yield f"{unit.context}: a comment switches nothing off: {wrong}"
    yield from _named_in_vain(work)


def _named_in_vain(work: Work) -> Iterator[str]:
    """Fields and slugs of `[[checks.off]]` that nothing is called by."""
    fields = {unit.field for unit in work.units}
    for one in work.files.settings.checks.off:
        if one.field and fields and one.field not in fields:
            yield f"`[[checks.off]]` names the field {one.field}, and no unit has it"
        if one.slug and not any(matches(slug, (one.slug,)) for slug in work.project.known):
            yield f"`[[checks.off]]` names {one.slug}, and no term is called so"


def _short(told: Told) -> Iterator[str]:
    """What the budget, or the order, left undone: which terms are whole, which wait."""
    currency = told.work.project.config.budget.currency
    for short, least in told.work.asked.short.items():
        amount = f"up to {money(least.cost or 0.0, currency)}"
        needs = amount if short is Short.COST else counted(least.characters, "character")
        yield f"{short} (the next would take {needs}); what is finished is kept"
    most, only = told.order.options.max_terms, told.work.files.settings.only
    asks = told.engine.translates and (told.order.does.sends or told.order.does.plans)
    if asks and only:
        yield from _not_in(only, told)
    if told.drafts.whole and (told.drafts.waiting or told.work.asked.short or most is not None):
        yield f"drafted whole: {told.some(told.drafts.whole)}"
    if told.work.asked.short and told.drafts.waiting:
        yield f"wait for a machine: {told.some(told.drafts.waiting)}"
    if most is not None and told.order.does.sends:
        yield f"at most {counted(most, 'term')} of a locale in this run (--max-terms)"


def _not_in(only: tuple[str, ...], told: Told) -> Iterator[str]:
    """What `only` in i18n.toml leaves to people, and what it names that is not there."""
    work = told.work
    known = work.project.known
    for pattern in only:
        if not any(matches(slug, (pattern,)) for slug in known):
            yield f"`only` names {pattern}, and no term is called so"
    others = {
        unit.slug
        for unit in work.units
        if wants_draft(unit, work.segments.get(unit.key)) and not matches(unit.slug, only)
    }
    if others - {""}:
        yield f"left to people, not in `only`: {told.some(others - {''})}"


def _lost_lock(told: Told, foreign: Iterable[str]) -> Iterator[str]:
    """Files whose texts the review file knows were ours: somebody lost the lock."""
    work = told.work
    reviewed = {unit.slug for unit in work.units if unit.reviewed and not unit.obsolete}
    if ours := reviewed & set(foreign):
        lock = work.files.settings.paths.lock.fill(locale=work.locale)
        yield (
            f"once built by us, as the PO says: {told.some(ours)}; restore {lock} from git; until "
            "then the numbers are without their units"
        )


def _missing(told: Told) -> Iterator[str]:
    """Slugs that built terms relate to, and that have no page to lead to."""
    work, output = told.work, told.output
    missing = {slug for slugs in output.missing.values() for slug in slugs}
    known = work.project.slugs | work.project.broken
    if waiting := missing & known:
        yield f"related, and not built in {work.locale} yet: {told.some(waiting)}"
    if unknown := missing - known:
        yield f"related slugs without a source term: {told.some(unknown)}"


def _next_steps(told: Told) -> Iterator[str]:
    does, work, engine = told.order.does, told.work, told.engine
    states = counted_states(work)
    untranslated = states[State.UNTRANSLATED]
    if untranslated and not engine.translates and does.command in ("sync", "translate"):
        yield (
            f"{counted(untranslated, 'unit')} to translate: in the PO file, or by a machine "
            "(set DEEPL_AUTH_KEY)"
        )
    if untranslated and not engine.translates and does.plans:
        yield (
            "nobody to ask: a sync would send nothing (what DeepL would be sent: "
            "i18n plan --provider deepl, without a key)"
        )
    if states[State.NEEDS_REVIEW] and does.command in ("sync", "translate", "status"):
        catalog = work.files.settings.paths.catalog.text.replace("{locale}", work.locale)
        yield f"{counted(states[State.NEEDS_REVIEW], 'unit')} to review in {catalog}"
