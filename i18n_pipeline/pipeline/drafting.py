"""Step 5: machine drafts for what nobody translated: names first, then the texts that use them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from i18n_pipeline.glossary import Glossary
from i18n_pipeline.model import Key, Kind, Unit
from i18n_pipeline.pipeline.asking import KEPT, Engine, Turn, ask_all, key_of
from i18n_pipeline.pipeline.judging import faults_of
from i18n_pipeline.pipeline.terminology import glossary_of
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.stages.pretranslate import (
    Answered,
    Ask,
    accept,
    asks_for,
    by_turn,
    refused,
    was_refused,
)
from i18n_pipeline.stages.term import Term


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
        _answered(unit, by_unit[unit.key], work, engine)
        if unit.key in by_unit and not unit.obsolete
        else unit
        for unit in work.units
    )
    pairs = zip(answered, work.units, strict=True)
    drafted = {new.key for new, old in pairs if new.target and not old.target}
    sound, count = work.sound | drafted, work.drafted + len(drafted)
    return replace(work, units=answered, sound=sound, drafted=count)


def _answered(unit: Unit, asks: list[Ask], work: Work, engine: Engine) -> Unit:
    keys = [key_of(engine, ask) for ask in asks]
    answers = [work.asked.answers.get(key) for key in keys]
    turned_down = next((work.asked.refused[key] for key in keys if key in work.asked.refused), None)
    if turned_down is not None:
        return refused(unit, turned_down.provider, turned_down.text)
    given = [answer for answer in answers if answer is not None]
    if len(given) < len(asks):
        return unit

    by = next((one.provider for one in given if one.provider != KEPT), KEPT)
    spoken = [Answered(one.text, by) for one in given]
    segment = work.segments[unit.key]
    return accept(unit, segment, asks, spoken, lambda draft: faults_of(work, draft))


def context_of_term(term: Term) -> str:
    """Words that give an engine the sense of a term: name, vocabulary and first plain text."""
    parts: dict[Kind, str] = {}
    for slot in term.file.fields:
        parts.setdefault(slot.segment.kind, slot.segment.source)
    kinds = (Kind.NAME, Kind.VOCABULARY, Kind.TEXT)
    return " · ".join(parts[kind] for kind in kinds if kind in parts)
