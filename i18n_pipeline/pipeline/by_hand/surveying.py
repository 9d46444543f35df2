"""By hand: everything that the report of a project shows, read and sent nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from i18n_pipeline.memory.receipts import Receipt, Receipts
from i18n_pipeline.pipeline.by_hand.pasts_of_report import Past
from i18n_pipeline.pipeline.by_hand.surveyed import Planned, Survey, recall, remember, seen_of
from i18n_pipeline.pipeline.full_run import look
from i18n_pipeline.pipeline.options import RECKON, SURVEY, Options, Order, Surroundings
from i18n_pipeline.pipeline.project import Project, called, read_project
from i18n_pipeline.providers import available
from i18n_pipeline.reports.overview import LocaleOverview, Overview, Spent
from i18n_pipeline.reports.report import Estimate
from i18n_pipeline.values import dataclass, field
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
    """Look at a project from all sides. Writes nothing but what `.i18n/` remembers.

    Raises I18nError for what stops a run: bad configuration, a locale that is no target.
    """
    past = Past(workspace)
    survey = _survey(workspace, order, past)
    terms = {term.slug: term for term in survey.sources}
    receipts = Receipts(workspace.root / PRIVATE)
    return Overview(
        name=called(workspace),
        source=workspace.config.source,
        day=order.day,
        locales=tuple(
            LocaleOverview(
                report=one,
                estimate=_estimate(survey.planned.get(one.locale)),
                providers=_machines(survey.planned.get(one.locale)),
                spent=tuple(_spent(receipts.all(one.locale))),
                stale=past.stale(one, terms),
            )
            for one in survey.locales
        ),
        terms=survey.sources,
        moments=tuple(past.moments([one.locale for one in survey.locales])),
        past=past.missing,
        currency=workspace.config.budget.currency,
        errors=survey.errors,
        notes=survey.notes,
        codes=tuple(65 for _ in survey.errors),
    )


def _survey(workspace: Workspace, order: ReportOrder, past: Past) -> Survey:
    """What is found in the project; as it was found, where nothing has changed since."""
    options = Options(locales=order.locales, provider=order.provider)
    seen = seen_of(workspace, Order(SURVEY, options, order.around), past.head)
    known = recall(workspace, seen)
    if known is not None:
        return known
    project = read_project(workspace)
    found = look(Order(SURVEY, options, order.around), project)
    planned = _planned(project, Order(RECKON, options, order.around))
    survey = Survey(found.locales, found.sources, planned, found.errors, found.notes)
    remember(workspace, seen, survey)
    return survey


def _planned(project: Project, order: Order) -> Mapping[str, Planned]:
    """What a sync would ask machines, by locale; nothing where none is set up.

    Worked out by a run of its own: one that plans fills texts from memory, so that its counts are
    not of what lies there now.
    """
    config = project.config
    set_up = any(config.settings(locale).provider for locale in config.targets)
    asked = order.options.provider or set_up
    if not asked and available(order.around.environment) in _NOBODY:
        return {}
    found = look(order, project).locales
    return {one.locale: Planned(one.providers, one.estimate) for one in found}


def _machines(planned: Planned | None) -> tuple[str, ...]:
    """Who would be asked; nobody where there is only the memory."""
    names = planned.providers if planned is not None else ()
    return tuple(name for name in names if name not in _NOBODY)


def _estimate(planned: Planned | None) -> Estimate | None:
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
