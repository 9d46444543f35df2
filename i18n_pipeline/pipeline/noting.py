"""The notes of a report: what is not in its numbers, and what to do next."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from i18n_pipeline.checks.exempting import without_effect
from i18n_pipeline.checks.safety.destinations import DESTINATIONS
from i18n_pipeline.model import State
from i18n_pipeline.pipeline.budget import Short
from i18n_pipeline.pipeline.hands_off import hands_off
from i18n_pipeline.pipeline.peoples_work import of_edited_files
from i18n_pipeline.pipeline.states import counted_states
from i18n_pipeline.pipeline.told import Told
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.reports.counting import counted, money
from i18n_pipeline.stages.pretranslate import wants_draft
from i18n_pipeline.stages.spending import matches
from i18n_pipeline.stages.term import Standing


def notes_of(told: Told) -> Iterator[str]:
    """What is told of a locale in words, in the order of a run."""
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
    counts = Counter(work.hidden)
    for hidden in sorted(counts, key=lambda one: (one.check, one.reason)):
        count = counts[hidden]
        yield f"{hidden.check} is off, {counted(count, 'finding')}: {hidden.reason}"
    for unit, wrong in without_effect(work.units):
        yield f"{unit.context}: a comment switches nothing off: {wrong}"
    yield from named_in_vain(work)


def named_in_vain(work: Work) -> Iterator[str]:
    """Fields and slugs of `[[checks.off]]` that nothing is called by."""
    fields = {unit.field for unit in work.units}
    for one in work.files.settings.checks.off:
        if one.field and fields and one.field not in fields and not work.files.rest:
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
    others |= {
        share.slug for share in work.files.rest if share.waits and not matches(share.slug, only)
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
