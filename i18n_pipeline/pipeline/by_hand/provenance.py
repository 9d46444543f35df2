"""By hand: where all texts of locales come from, and whether their policy holds. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from i18n_pipeline.errors import UsageError
from i18n_pipeline.model import Key, Unit
from i18n_pipeline.pipeline.asked import close_to
from i18n_pipeline.pipeline.by_hand.receipts_of import ReceiptsOf
from i18n_pipeline.pipeline.by_hand.traced_locale import TracedLocale, trace
from i18n_pipeline.pipeline.by_hand.tracing import Change
from i18n_pipeline.pipeline.policing import police
from i18n_pipeline.reports.counting import counted
from i18n_pipeline.reports.traced import NOT_COMMITTED, Passed, Provenances, Row
from i18n_pipeline.stages.conflicts import parked
from i18n_pipeline.stages.provenance import Provenance, provenance_of, provider_of, says
from i18n_pipeline.values import dataclass
from i18n_pipeline.workspace import Workspace

_BROUGHT = frozenset(
    {
        Provenance.EXACT,
        Provenance.ADOPTED,
        Provenance.EDITED,
        Provenance.IMPORTED,
        Provenance.PATCHED,
    }
)
"""Texts that a run may bring in as reviewed: who committed that is not who reviewed them."""


@dataclass(frozen=True, slots=True)
class ProvenanceOrder:
    """Which units are to be told of, all where nothing is named; `check`: the policy too."""

    locales: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    check: bool = False


def provenance(workspace: Workspace, order: ProvenanceOrder) -> Provenances:
    """Where each text comes from. Raises UsageError for a locale or term that is not there."""
    traced = trace(workspace, order.locales)
    _check_slugs(traced.locales, order.slugs)
    told = [_Told(locale, order.slugs) for locale in traced.locales]
    joined = (note for one in told for note in one.notes)
    return Provenances(
        rows=tuple(row for one in told for row in one.rows),
        passed=tuple(_passed(traced.locales, order)) if order.check else (),
        notes=(*joined, *traced.notes),
        errors=traced.problems,
        checked=order.check,
    )


def _check_slugs(locales: tuple[TracedLocale, ...], slugs: tuple[str, ...]) -> None:
    known = {slug for one in locales for slug in one.work.project.known}
    for slug in slugs if locales else ():
        if slug not in known:
            raise UsageError(f"there is no term {slug}", close_to(slug, sorted(known)))


def _passed(locales: tuple[TracedLocale, ...], order: ProvenanceOrder) -> Iterator[Passed]:
    for one in locales:
        for found in police(one.work, order.slugs):
            units = tuple(unit.context for unit in found.units)
            yield Passed(one.work.locale, found.limit, str(found), units)


class _Told:
    """The rows of one locale."""

    def __init__(self, locale: TracedLocale, slugs: tuple[str, ...]) -> None:
        self._locale = locale
        self._receipts = ReceiptsOf(locale.work)
        active = (unit for unit in locale.units if not unit.obsolete)
        units = [unit for unit in active if not slugs or unit.slug in slugs]
        self._made = self._origins({unit.key: unit for unit in units if unit.target})
        self.rows = tuple(self._row(unit) for unit in units)

    @property
    def notes(self) -> Iterator[str]:
        """What the rows have no place for."""
        joined = sorted(key[0] for key, one in self._made.items() if one.joins)
        if joined:
            yield (
                f"{self._locale.work.locale}: {counted(len(joined), 'unit')} nobody approved: a "
                f"merge put one branch's mark on the other's text: {', '.join(joined)}"
            )

    def _origins(self, units: Mapping[Key, Unit]) -> Mapping[Key, Change]:
        """The change that brought about each unit's text and state; without those that none did."""
        committed = self._locale.committed
        left = {key: one for key, one in units.items() if says(one) == says(committed.get(key))}
        found: dict[Key, Change] = {}
        for change in self._locale.tracer.changes() if left else ():
            unit = change.after
            if unit is not None and change.is_new and says(left.get(unit.key)) == says(unit):
                found[unit.key] = change
                del left[unit.key]
                if not left:
                    break
        return found

    def _row(self, unit: Unit) -> Row:
        made = self._made.get(unit.key)
        receipt = self._receipts.find(unit)
        return Row(
            locale=self._locale.work.locale,
            slug=unit.slug,
            field=unit.field,
            unit=unit.context,
            source=unit.source,
            state=str(unit.state),
            provenance=str(provenance_of(unit)),
            origin=unit.origin.words if unit.origin and unit.target else "",
            provider=provider_of(unit),
            model=receipt.model if receipt else "",
            reviewed_by=unit.reviewer or (_reviewer(unit, made) if made else ""),
            when=made.commit.authored if made else "",
            commit=made.commit.id if made else self._uncommitted(unit),
            waiting=len(parked(unit)),
        )

    def _uncommitted(self, unit: Unit) -> str:
        committed = self._locale.committed.get(unit.key)
        outside = bool(self._locale.history.missing)
        return "" if outside or says(unit) == says(committed) else NOT_COMMITTED


def _reviewer(unit: Unit, made: Change) -> str:
    """Who approved a text; "" where nobody did, or where it came in as reviewed."""
    had_text = any(one is not None and one.target for one in made.before)
    brought = provenance_of(unit) in _BROUGHT and not had_text
    return made.commit.author if unit.reviewed and not brought and not made.joins else ""
