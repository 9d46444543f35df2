"""Pretranslate: what to ask an engine for a unit, and what its answers become.

Pure on purpose: who sends, pays and keeps receipts is the pipeline's business. How a text is
tried again is told in ladder.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from i18n_pipeline.expressions import expression
from i18n_pipeline.glossary import Entry, Glossary
from i18n_pipeline.markdown import unbroken
from i18n_pipeline.model import (
    Catalog,
    Key,
    Kind,
    QualityIssue,
    Segment,
    State,
    Unit,
)
from i18n_pipeline.origins import machine
from i18n_pipeline.placeholders import Protected, Restored, protect, tokens_of
from i18n_pipeline.values import dataclass, replace

Judge = Callable[[Unit], Iterable[QualityIssue]]
"""Says what keeps a draft from standing."""

_REFUSED = "Not used ("
_REJECTED = "): rejected: "
_MARKUP = expression(r"[\\`*_\[\]<>]")


@dataclass(frozen=True, slots=True)
class Ask:
    """One text for an engine. A localized list is asked line by line (`line` counts from 0).

    `entries` are the terms that occur in it. `guarded` is the text with the required renderings
    of these terms protected too, for engines that know no glossary; None where that changes
    nothing. `previous` is the earlier text and its translation, both protected, where there is
    one.
    """

    key: Key
    slug: str
    protected: Protected
    entries: tuple[Entry, ...] = ()
    line: int = 0
    kind: Kind = Kind.PARAGRAPH
    guarded: Protected | None = None
    previous: tuple[str, str] = ("", "")

    def put(self, *, told: bool) -> Protected:
        """The text for an engine that is `told` the glossary, or for one that is not."""
        return self.protected if told or self.guarded is None else self.guarded


@dataclass(frozen=True, slots=True)
class Terminology:
    """The glossary in force.

    Where some engine is not told it, `guard` holds what is put into its texts by force: what
    people require, and no drafts.
    """

    glossary: Glossary
    guard: Glossary | None = None


def lines_of(source: str, kind: Kind) -> Sequence[str]:
    """The texts that are asked for one by one: those of a list are its lines."""
    return source.split("\n") if kind is Kind.LIST else (source,)


def asks_for(
    unit: Unit,
    segment: Segment,
    terms: Terminology,
    extensions: frozenset[str],
    previous: tuple[str, str] = ("", ""),
) -> Iterator[Ask]:
    """What has to be asked to draft a unit anew; `previous` are its earlier source and target."""
    lines = lines_of(unit.source, segment.kind)
    glossary = terms.glossary
    for number, text in enumerate(lines):
        tokens = tokens_of(segment, text, extensions)
        kept = glossary.kept_spans(text, tokens)
        protected = protect(text, tokens, kept)
        entries = tuple(glossary.occurring(text, tokens))
        guarded = None
        forced = terms.guard.renderings(text, tokens) if terms.guard and entries else {}
        if segment.markdown:
            forced = {place: _MARKUP.sub(r"\\\g<0>", words) for place, words in forced.items()}
        if forced:
            guarded = protect(text, tokens, kept, forced)
        yield Ask(
            key=unit.key,
            slug=unit.slug,
            protected=protected,
            entries=entries,
            line=number,
            kind=segment.kind,
            guarded=guarded,
            previous=_protected(segment, previous, extensions),
        )


def _protected(
    segment: Segment, texts: tuple[str, str], extensions: frozenset[str]
) -> tuple[str, str]:
    if not texts[1]:
        return "", ""
    first, second = (protect(text, tokens_of(segment, text, extensions)).text for text in texts)
    return first, second


def accept(
    unit: Unit, segment: Segment, restored: Sequence[Restored], provider: str, judge: Judge
) -> Unit:
    """The unit with the answers as its draft, or still untranslated with the reason in a note."""
    fault = next((part.fault for part in restored if part.fault), "")
    if fault:
        return refused(unit, provider, f"placeholders: {fault}")
    target = "\n".join(_tidy(segment, part) for part in restored)
    if not target.strip():
        return refused(unit, provider, "empty: the answer holds no text")
    draft = replace(
        unit,
        target=target,
        reviewed=False,
        previous=None,
        notes=other_notes(unit),
        origin=machine(provider, target),
    )
    fault = next((f"{issue.check}: {issue.message}" for issue in judge(draft)), "")
    return refused(unit, provider, fault) if fault else draft


def refused(unit: Unit, provider: str, reason: str) -> Unit:
    """The unit without a text, and the reason where translators see it."""
    note = " ".join(f"{_REFUSED}{provider}): {reason}".split())
    return replace(unit, target="", reviewed=False, origin=None, notes=(*other_notes(unit), note))


def was_refused(unit: Unit) -> bool:
    """Whether an answer for the unit was turned down."""
    return len(other_notes(unit)) < len(unit.notes)


def was_rejected(unit: Unit) -> bool:
    """Whether the last of them was turned down because a person had rejected it."""
    return any(note.startswith(_REFUSED) and _REJECTED in note for note in unit.notes)


def still_refused(units: Iterable[Unit], before: Catalog) -> Iterator[Unit]:
    """Units with the reasons that stood in the catalog before, where there is still no text."""
    for unit in units:
        old = before.by_key.get(unit.key)
        if old is None or unit.obsolete or unit.target or not was_refused(old):
            yield unit
        else:
            notes = tuple(note for note in old.notes if note.startswith(_REFUSED))
            yield replace(unit, notes=(*other_notes(unit), *notes))


def other_notes(unit: Unit) -> tuple[str, ...]:
    """A unit's notes without what is said of answers that were turned down."""
    return tuple(note for note in unit.notes if not note.startswith(_REFUSED))


def _tidy(segment: Segment, restored: Restored) -> str:
    """Engines break lines where they like; only a list's and hard line breaks mean something."""
    kept = "\n" in segment.source and segment.kind is not Kind.LIST
    return restored.text if kept or "\n" not in restored.text else unbroken(restored.text)


def wants_draft(unit: Unit, segment: Segment | None) -> bool:
    """Whether a unit waits for a text that a machine could draft."""
    if segment is None or unit.obsolete or not segment.is_translation:
        return False
    return unit.state is State.UNTRANSLATED
