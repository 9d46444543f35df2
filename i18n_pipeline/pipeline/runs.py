"""A run from order to report: what is known to be in place is not looked at again, all else is.

What a full run needs is imported when there is something to do: most runs of a night, and of a
hook before each commit, find nothing, and are over before that would be loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext

from i18n_pipeline.pipeline.asked import locales_asked
from i18n_pipeline.pipeline.idle import Looked, looked_at, recall
from i18n_pipeline.pipeline.meeting import met
from i18n_pipeline.pipeline.options import Does, Options, Order, Surroundings
from i18n_pipeline.reports.report import Report
from i18n_pipeline.workspace import Workspace


def run(
    does: Does, workspace: Workspace, options: Options, around: Surroundings | None = None
) -> Report:
    """Do what a command does for the locales asked for. Raises I18nError for what stops it all.

    With `options.dry_run` or `options.frozen` nothing is written or sent, and the report says
    what would be.
    """
    order = Order(does, options, around or Surroundings())
    locales = locales_asked(workspace, options.locales)
    lock = workspace.run_lock(options.lock_timeout) if order.writes else nullcontext()
    with lock, met(order, workspace, locales) as order:
        looked = {locale: looked_at(order, workspace, locale) for locale in locales}
        return _idle(order, workspace, looked) or _full(order, workspace, looked)


def _idle(order: Order, workspace: Workspace, looked: Mapping[str, Looked]) -> Report | None:
    """The report of a run that finds every locale as the last one left it."""
    known = [recall(workspace, order.does, locale, one.seen) for locale, one in looked.items()]
    found = [one for one in known if one is not None]
    if len(found) < len(known):
        return None
    return Report(order.does.command, tuple(one.report for one in found), notes=found[0].notices)


def _full(order: Order, workspace: Workspace, looked: Mapping[str, Looked]) -> Report:
    from i18n_pipeline.pipeline.full_run import run_in_full

    return run_in_full(order, workspace, looked)
