"""`gc`: which units of a locale are dropped, and what is told of that."""

from __future__ import annotations

from i18n_pipeline.model import Unit
from i18n_pipeline.pipeline.options import Order
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.reports.counting import counted
from i18n_pipeline.reports.report import LocaleReport
from i18n_pipeline.stages.renaming import unmarked
from i18n_pipeline.stages.taking.intake import in_conflict
from i18n_pipeline.values import replace


def remembered(order: Order, work: Work) -> tuple[Unit, ...]:
    """The units as they lie on disk, less obsolete ones, and less what was said of renames.

    What people still disagree about is not dropped: their texts are nowhere else.
    """
    slugs = order.options.slugs
    units = work.files.catalog.units
    disputed = {(unit.key, unit.obsolete) for unit in in_conflict(units)}
    kept = (
        u
        for u in units
        if not u.obsolete or (slugs and u.slug not in slugs) or (u.key, True) in disputed
    )
    return tuple(unmarked(u) if not slugs or u.slug in slugs else u for u in kept)


def forgotten(order: Order, work: Work, report: LocaleReport) -> LocaleReport:
    """The report with the number of units forgotten, where that was the order."""
    if not order.does.forgets:
        return report
    count = len(work.files.catalog.units) - len(remembered(order, work))
    verb = "dropped" if order.writes else "would be dropped"
    said = [f"{count} obsolete units {verb}"]
    slugs = order.options.slugs
    asked = (
        u for u in work.files.catalog.units if not u.obsolete and (not slugs or u.slug in slugs)
    )
    if reviewed := sum(unmarked(unit) != unit for unit in asked):
        said.append(f"what a rename said of {counted(reviewed, 'unit')} {verb}: reviewed since")
    return replace(report, notes=(*said, *report.notes))
