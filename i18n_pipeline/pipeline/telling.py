"""Step 9: what a locale's run comes to, in true numbers, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from i18n_pipeline.formats.plan import PlannedLocale, PlannedText, source_hash
from i18n_pipeline.model import State
from i18n_pipeline.origins import OriginKind, kind_of
from i18n_pipeline.pipeline.engines import Engine
from i18n_pipeline.pipeline.noting import notes_of
from i18n_pipeline.pipeline.peoples_work import edited_pages, open_conflicts
from i18n_pipeline.pipeline.placing import Places, fixes_of, issues_of
from i18n_pipeline.pipeline.renderings import renderings
from i18n_pipeline.pipeline.standing import standings
from i18n_pipeline.pipeline.states import counted_states, turned_down, waiting_drafts
from i18n_pipeline.pipeline.told import Told
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.reports.report import (
    Drafts,
    LocaleReport,
    SourceEdits,
    Terms,
    Units,
)
from i18n_pipeline.reports.standing import TermStanding
from i18n_pipeline.stages.carrying import Outcome, counts_of
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
            total=len(work.project.slugs),
            complete=len(output.complete),
            built=len(output.built),
            stale=len(output.stale),
            unadopted=len(work.taken.of(Standing.FOREIGN)),
            manual=len(work.manual),
        ),
        edits=_edits(work),
        exact=work.exact,
        fuzzy=work.fuzzy,
        drafted=work.drafted,
        refused=len(turned_down(work)),
        waiting_drafts=waiting_drafts(work),
        billed=asked.billed,
        written=written,
        slugs=tuple(sorted({*work.files.rest.shares, *(term.slug for term in work.terms)})),
        issues=tuple(sorted(issues_of(told), key=lambda one: (one.path, one.line, one.check))),
        fixes=tuple(fixes_of(work)),
        live_again=tuple(sorted(context for live in output.live.values() for context in live)),
        drafts=Drafts() if order.does.plans else told.drafts,
        edited=edited_pages(work),
        conflicts=tuple(open_conflicts(work, Places(work).of)),
        estimate=asked.estimate if order.does.plans else None,
        planned=_planned(work, engine) if order.does.plans else None,
        adoption=None if told.adopted is None else told.adopted.told(work.units),
        standings=_standings(told),
        renderings=tuple(renderings(work)) if order.does.surveys else (),
        notes=tuple(notes_of(told)),
        of_head=bool(work.files.guarded or work.files.unreviewed),
        known=bool(work.files.catalogs or not work.files.blocked),
        codes=tuple(_codes(told)),
    )


def _standings(told: Told) -> tuple[TermStanding, ...]:
    """How terms stand, where that is asked: by all of a survey, or by their slugs."""
    does, slugs = told.order.does, told.order.options.slugs
    asked = does.surveys or (does.command == "status" and slugs)
    places = Places(told.work)
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
    if told.refused:
        yield 65
    if does.command == "check" and any(issue.severity == "error" for issue in work.issues):
        yield 65
    failed = work.asked.short or work.damaged or work.not_renewed or turned_down(work)
    # Frozen, nobody was asked: that a draft is missing is no reason to sync.
    if does.sends and engine.translates and failed and not told.order.options.frozen:
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
