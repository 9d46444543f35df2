"""What the page shows: a row for each unit, and all about one unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from i18n_pipeline.checks import check
from i18n_pipeline.checks.exempting import sorted_out
from i18n_pipeline.desk.facts import Facts, Known
from i18n_pipeline.desk.marking import (
    Json,
    issue_of,
    renderings_in,
    survivors,
    terms_in,
    tokens_in,
)
from i18n_pipeline.desk.opened import Opened
from i18n_pipeline.desk.recalling import Match
from i18n_pipeline.desk.rendering import inline
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.packages import unit_id
from i18n_pipeline.model import Kind, QualityIssue, Segment, Severity, State, Unit
from i18n_pipeline.pipeline.judging import subject_of
from i18n_pipeline.stages.conflicts import parked, settled
from i18n_pipeline.stages.deciding import is_sent_back, version_of
from i18n_pipeline.stages.edits import EditKind, classify
from i18n_pipeline.stages.edits.differing import Side
from i18n_pipeline.stages.edits.telling import word_diff
from i18n_pipeline.stages.provenance import Provenance, provenance_of
from i18n_pipeline.stages.risk import Look, Risk, risk_of
from i18n_pipeline.values import dataclass, replace

_STATES = {
    State.UNTRANSLATED: "untranslated",
    State.NEEDS_REVIEW: "needs-review",
    State.REVIEWED: "reviewed",
}
_SIDES = {Side.BOTH: "=", Side.OLD: "-", Side.NEW: "+"}
_MAY_STAY_EMPTY = (Kind.LIST, Kind.EXTRA)
"""What nobody has to fill: other words for a term, which a language may have none of."""
_ORIGINS = {
    Provenance.MACHINE: "machine",
    Provenance.APPROVED: "machine",
    Provenance.EXACT: "memory",
    Provenance.FUZZY: "memory",
}


@dataclass(frozen=True)
class Looking:
    """A look at a locale as it is; values are what JSON can hold."""

    opened: Opened
    facts: Facts
    revision: int = 0

    def risk(self, name: str) -> Risk:
        """The risk of a unit."""
        unit = self.opened.units[name]
        issues = self.opened.issues.get(unit.key, ())
        known = self.facts.risks.get(name)
        if known is None or known.unit != unit or known.issues != issues:
            known = self.facts.risks[name] = Known(unit, issues, self._risk(unit, issues))
        return known.risk

    def _risk(self, unit: Unit, issues: Sequence[QualityIssue]) -> Risk:
        segment = self._segment(unit)
        edit: frozenset[EditKind] = frozenset()
        if unit.previous is not None and not unit.reviewed:
            kinds = classify(unit.previous, unit.source, segment, self.facts.ground).kinds
            edit = frozenset(kinds)
        return risk_of(Look(unit, segment, issues, edit, self.facts.links[unit.slug]))

    def waits(self, unit: Unit) -> bool:
        """Whether somebody has to look at a unit: it is open, or something is badly wrong with it.

        That is where people disagree, or a check calls its text an error.
        """
        if unit.state is State.UNTRANSLATED:
            return self._segment(unit).kind not in _MAY_STAY_EMPTY
        if unit.state is State.NEEDS_REVIEW:
            return True
        issues = self.opened.issues.get(unit.key, ())
        return bool(parked(unit)) or any(one.severity is Severity.ERROR for one in issues)

    def row(self, name: str) -> Json:
        """What a list shows of a unit, and what it is filtered and sorted by."""
        unit, risk = self.opened.units[name], self.risk(name)
        issues = self.opened.issues.get(unit.key, ())
        return {
            "id": name,
            "context": unit.context,
            "slug": unit.slug,
            "field": unit.field,
            "kind": str(self._segment(unit).kind),
            "source": unit.source,
            "previous": unit.previous or "",
            "target": unit.target,
            "state": _STATES[unit.state],
            "version": version_of(unit),
            "origin": origin_of(unit),
            "checks": list(dict.fromkeys(issue.check for issue in issues)),
            "sent_back": is_sent_back(unit),
            "conflict": bool(parked(unit)),
            "unsafe": self._unsafe(unit),
            "failing": self._failing(unit),
            "waits": self.waits(unit),
            "points": risk.points,
            "reasons": list(risk.reasons),
            "seconds": round(risk.seconds, 1),
            "reviewer": unit.reviewer,
        }

    def detail(self, name: str) -> Json:
        """All about a unit that a reviewer may want to know."""
        return {**self.row(name), **self.beside(name)}

    def _unsafe(self, unit: Unit) -> str:
        """Why a text will not be published, whoever approved it; "" where it may be."""
        if unit.key not in self.opened.work.unsafe:
            return ""
        issues = self.opened.issues.get(unit.key, ())
        found = (one for one in issues if one.safety and one.severity is Severity.ERROR)
        return next((f"{one.check}: {one.message}" for one in found), "a check keeps it back")

    def _failing(self, unit: Unit) -> str:
        """What a check still calls an error in an approved text; "" where none does."""
        issues = self.opened.issues.get(unit.key, ()) if unit.reviewed else ()
        found = (one for one in issues if one.severity is Severity.ERROR)
        return next((f"{one.check}: {one.message}" for one in found), "")

    def beside(self, name: str) -> Json:
        """What a list does not show of a unit."""
        unit = self.opened.units[name]
        segment = self._segment(unit)
        tokens = tokens_in(segment, unit.source, self._extensions)
        now = self.facts.approved(self.opened)
        recalled = self.facts.recall(self.opened, self.revision).matches(unit, now)
        return {
            "headings": list(segment.headings),
            "cell": self.facts.cell_of(unit) if segment.kind is Kind.CELL else "",
            "note": segment.note,
            "lines": segment.kind is Kind.LIST,
            "diff": self._diff(unit.previous, unit.source, segment),
            "terms": terms_in(unit.source, tokens, self.opened.glossary),
            "survivors": survivors(unit.source, tokens),
            "origins": list(_origins(unit)),
            "comments": list(settled(unit).comments),
            "notes": [*_why_no_queue(unit, segment), *_notes(unit)],
            "parked": [{"where": one.where, "text": one.text} for one in parked(unit)],
            "matches": [_match(one) for one in recalled],
            "others": [
                {"locale": one.locale, "name": one.name, "text": one.target}
                for one in self.facts.others.of(unit)
            ],
            "page": self.opened.files.settings.site.url.replace(
                "{locale}", self.opened.work.locale
            ).replace("{slug}", unit.slug)
            if unit.slug
            else "",
            "judged": self.judged(name, unit.target),
        }

    def judged(self, name: str, text: str) -> Json:
        """What checks say of a text as the translation of a unit, and how it will look."""
        unit = replace(self.opened.units[name], target=text)
        segment = self._segment(unit)
        tokens = tokens_in(segment, unit.source, self._extensions)
        return {
            "text": text,
            "issues": list(map(issue_of, self._issues(unit, segment))),
            "marks": renderings_in(text, unit.source, tokens, self.opened.glossary),
            "nodes": self.nodes(segment, text),
        }

    def _issues(self, unit: Unit, segment: Segment) -> Sequence[QualityIssue]:
        subject = subject_of(self.opened.work, unit, segment, self.opened.glossary)
        off = self.opened.files.settings.checks.off
        if unit == self.opened.units[unit_id(unit.key)]:  # judged when the locale was opened
            found = self.opened.work.verdicts.judge(subject, self.opened.glossary.fingerprint)
        else:
            found = check(subject)
        return sorted_out(found, unit, off)[0]

    def nodes(self, segment: Segment, text: str) -> list[object]:
        """A text of a segment as its reader will see it."""
        if not segment.markdown:
            return [text] if text else []
        try:
            return inline(text, segment.definitions, self._extensions)
        except BadFile:
            return [text]

    def _diff(self, old: str | None, new: str, segment: Segment) -> list[str]:
        """What two texts have in common after `=`, what the old one has after `-`, the new `+`."""
        if old is None or old == new:
            return []
        runs = word_diff(old, new, segment, self._extensions)
        return [_SIDES[run.side] + run.text for run in runs]

    def _segment(self, unit: Unit) -> Segment:
        return self.opened.work.segments[unit.key]

    @property
    def _extensions(self) -> frozenset[str]:
        return self.opened.work.extensions


def _match(match: Match) -> Json:
    return {
        "percent": match.percent,
        "where": match.where,
        "source": match.source,
        "text": match.target,
    }


def _notes(unit: Unit) -> list[str]:
    return [note for note in unit.notes if not note.startswith("Check ")][1:]


def _why_no_queue(unit: Unit, segment: Segment) -> list[str]:
    if unit.target or segment.kind not in _MAY_STAY_EMPTY:
        return []
    return ["This may stay empty, so it does not wait: it is not in the queue by itself."]


def origin_of(unit: Unit) -> str:
    """Where a unit's text comes from, in one word to filter by."""
    return _ORIGINS.get(provenance_of(unit), "human") if unit.target else ""


def _origins(unit: Unit) -> Iterator[str]:
    """What the review file tells of a text's past, the newest last."""
    if not unit.target:
        return
    if unit.origin is not None:
        yield unit.origin.words
    if provenance_of(unit) is Provenance.HUMAN:
        yield "written by a person" if unit.origin is None else "edited by a person"
    if unit.reviewed:
        yield f"approved by {unit.reviewer}" if unit.reviewer else "approved"
