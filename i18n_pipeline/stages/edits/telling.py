"""An edit in few words, for a note or a line of a report."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.errors import BadFile
from i18n_pipeline.model import Segment
from i18n_pipeline.placeholders import tokens_of
from i18n_pipeline.stages.edits.classify import classify
from i18n_pipeline.stages.edits.differing import Run, Side, differing
from i18n_pipeline.stages.edits.ground import Ground
from i18n_pipeline.stages.edits.kinds import EditKind
from i18n_pipeline.stages.edits.pieces import Text, text_of

_MOST = 3
"""Differences that are told before the rest is only counted."""

_WORDS = 2
"""Words told beside a difference that is no word itself."""


def word_diff(old: str, new: str, segment: Segment, extensions: frozenset[str]) -> tuple[Run, ...]:
    """The words of two texts of a segment, those that differ apart."""
    return differing(_read(old, segment, extensions), _read(new, segment, extensions))


def _read(raw: str, segment: Segment, extensions: frozenset[str]) -> Text:
    try:
        return text_of(raw, tokens_of(segment, raw, extensions))
    except BadFile:
        return text_of(raw, ())


def in_short(old: str, new: str, segment: Segment, ground: Ground) -> str:
    """What kind of edit it was, and the words that changed: `typo (“traned” → “trained”)`."""
    kind = classify(old, new, segment, ground).headline
    if kind is EditKind.REFLOW:
        return str(kind)
    told = list(_pairs(word_diff(old, new, segment, ground.extensions)))
    more = f"; {len(told) - _MOST} more" if len(told) > _MOST else ""
    words = "; ".join(told[:_MOST]) + more
    return f"{kind} ({words})" if words else f"{kind}"


def _pairs(runs: tuple[Run, ...]) -> Iterator[str]:
    at = 0
    while at < len(runs):
        if runs[at].side is Side.BOTH:
            at += 1
            continue
        old = runs[at].text if runs[at].side is Side.OLD else ""
        after = at + 1 if old else at
        added = after < len(runs) and runs[after].side is Side.NEW
        new = runs[after].text if added else ""
        before = runs[at - 1].text if at else ""
        yield _pair(old, new, before)
        at = after + added


def _pair(old: str, new: str, before: str) -> str:
    """A difference; of mere punctuation, or words on one side alone, with the words before it."""
    if not (old.strip() and new.strip() and any(map(str.isalnum, old + new))):
        beside = " ".join(before.rpartition("](")[2].rpartition(") ")[2].split(" ")[-_WORDS:])
        old, new = beside + old, beside + new
    return f"“{_line(old)}” → “{_line(new)}”"


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:40]} … {line[-15:]}"
