"""By hand: everything that the report of a project shows, read and sent nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from i18n_pipeline.memory.receipts import Receipt, Receipts
from i18n_pipeline.pipeline.by_hand.pasts_of_report import Past
from i18n_pipeline.pipeline.options import PLAN, SURVEY, Options, Surroundings
from i18n_pipeline.pipeline.project import called
from i18n_pipeline.pipeline.runs import run
from i18n_pipeline.providers import available
from i18n_pipeline.reports.overview import LocaleOverview, Overview, Spent
from i18n_pipeline.reports.report import Estimate, LocaleReport
from i18n_pipeline.workspace import PRIVATE, Workspace

_NOBODY = ("memory",)


@dataclass(frozen=True)
class ReportOrder:
    """Which locales (none: all targets), who would be asked, and the day of the report."""

    day: str
    locales: tuple[str, ...] = ()
    provider: tuple[str, ...] = ()
    around: Surroundings = field(default_factory=Surroundings)


def overview(workspace: Workspace, order: ReportOrder) -> Overview:
    """Look at a project from all sides. Writes nothing but what `.i18n/` remembers of the past.

    Raises I18nError for what stops a run: bad configuration, a locale that is no target.
    """
    options = Options(locales=order.locales, provider=order.provider)
    found = run(SURVEY, workspace, options, order.around)
    planned = _planned(workspace, options, order)
    past = Past(workspace)
    terms = {term.slug: term for term in found.sources}
    receipts = Receipts(workspace.root / PRIVATE)
    return Overview(
        name=called(workspace),
        source=workspace.config.source,
        day=order.day,
        locales=tuple(
            LocaleOverview(
                report=one,
                estimate=_estimate(planned.get(one.locale)),
                providers=_machines(planned.get(one.locale)),
                spent=tuple(_spent(receipts.all(one.locale))),
                stale=past.stale(one, terms),
            )
            for one in found.locales
        ),
        terms=found.sources,
        moments=tuple(past.moments([one.locale for one in found.locales])),
        past=past.missing,
        currency=workspace.config.budget.currency,
        errors=found.errors,
        notes=found.notes,
        codes=tuple(65 for _ in found.errors),
    )


def _planned(
    workspace: Workspace, options: Options, order: ReportOrder
) -> Mapping[str, LocaleReport]:
    """What a sync would ask machines, by locale; nothing where none is set up.

    Worked out by a run of its own: one that plans fills texts from memory, so that its counts are
    not of what lies there now.
    """
    config = workspace.config
    set_up = any(config.settings(locale).provider for locale in config.targets)
    if not (order.provider or set_up or available(order.around.environment) not in _NOBODY):
        return {}
    return {one.locale: one for one in run(PLAN, workspace, options, order.around).locales}


def _machines(planned: LocaleReport | None) -> tuple[str, ...]:
    """Who would be asked; nobody where there is only the memory."""
    names = planned.providers if planned is not None else ()
    return tuple(name for name in names if name not in _NOBODY)


def _estimate(planned: LocaleReport | None) -> Estimate | None:
    return planned.estimate if planned is not None and _machines(planned) else None


def _spent(receipts: Iterable[Receipt]) -> Iterator[Spent]:
    """What answers have cost, by provider."""
    found: dict[str, list[Receipt]] = defaultdict(list)
    for one in receipts:
        found[one.provider].append(one)
    for provider, answers in sorted(found.items()):
        costs = [one.cost for one in answers]
        cost = None if None in costs else sum(one for one in costs if one is not None)
        yield Spent(provider, len(answers), sum(one.billed for one in answers), cost)
