"""Pretranslate: what to ask an engine, in which order, and what its answers become.

Pure on purpose: who sends, pays and keeps receipts is the pipeline's business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from i18n_pipeline.glossary import Entry, Glossary
from i18n_pipeline.model import (
    Key,
    Kind,
    Origin,
    QualityIssue,
    Segment,
    Severity,
    State,
    Unit,
    draft_hash,
)
from i18n_pipeline.placeholders import Protected, Restored, protect, restore, tokens_of

Judge = Callable[[Unit, Segment], Iterable[QualityIssue]]
"""Runs the checks over one unit."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One text for an engine. A localized list is asked line by line (`line` counts from 0)."""

    key: Key
    slug: str
    protected: Protected
    entries: tuple[Entry, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """An engine's answer to an ask, with the engine's name as people read it."""

    text: str
    provider: str


def names_first(units: Iterable[Unit], segments: Mapping[Key, Segment]) -> Iterator[Unit]:
    """Names and vocabulary: asked before the texts that use them."""
    for unit in units:
        segment = segments.get(unit.key)
        if segment is not None and segment.kind in (Kind.NAME, Kind.VOCABULARY):
            yield unit


def asks_for(
    units: Iterable[Unit],
    segments: Mapping[Key, Segment],
    glossary: Glossary,
    extensions: frozenset[str],
) -> Iterator[Ask]:
    """What has to be asked for untranslated units, in the order given."""
    for unit in units:
        segment = segments.get(unit.key)
        if segment is None or unit.obsolete or unit.state is not State.UNTRANSLATED:
            continue
        lines = unit.source.split("\n") if segment.kind is Kind.LIST else [unit.source]
        for number, text in enumerate(lines):
            tokens = tokens_of(segment, text, extensions)
            protected = protect(text, tokens, glossary.kept_spans(text, tokens))
            entries = tuple(glossary.occurring(text, tokens))
            yield Ask(unit.key, unit.slug, protected, entries, number)


def accept(
    unit: Unit,
    segment: Segment,
    asks: Sequence[Ask],
    answers: Sequence[Answered],
    judge: Judge,
) -> Unit:
    """The unit with the answers as its draft, or still untranslated with the reason in a note."""
    restored = [
        restore(ask.protected, answer.text) for ask, answer in zip(asks, answers, strict=True)
    ]
    provider = answers[0].provider
    fault = next((part.fault for part in restored if part.fault), "")
    if fault:
        return refused(unit, provider, f"placeholders: {fault}")
    target = "\n".join(_tidy(segment, part) for part in restored)
    draft = replace(
        unit,
        target=target,
        reviewed=False,
        previous=None,
        origin=Origin(f"machine draft by {provider}", draft_hash(target)),
    )
    for issue in judge(draft, segment):
        if issue.severity is Severity.ERROR:
            return refused(unit, provider, f"{issue.check}: {issue.message}")
    return draft


def refused(unit: Unit, provider: str, reason: str) -> Unit:
    """The unit without a text, and the reason where translators see it."""
    note = " ".join(f"Not used ({provider}): {reason}".split())
    notes = (*(n for n in unit.notes if not n.startswith("Not used (")), note)
    return replace(unit, target="", reviewed=False, origin=None, notes=notes)


def was_refused(unit: Unit) -> bool:
    """Whether an answer for the unit was turned down."""
    return any(note.startswith("Not used (") for note in unit.notes)


def _tidy(segment: Segment, restored: Restored) -> str:
    """Engines break lines where they like; only a list's and hard line breaks mean something."""
    if "\n" in segment.source and segment.kind is not Kind.LIST:
        return restored.text
    return " ".join(restored.text.split("\n"))
