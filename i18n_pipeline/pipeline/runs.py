"""A run from order to report: what is known to be in place is not looked at again, all else is.

What a full run needs is imported when there is something to do: most runs of a night, and of a
hook before each commit, find nothing, and are over before that would be loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext

from i18n_pipeline.pipeline.asked import locales_asked
from i18n_pipeline.pipeline.idle import Recalled, recall
from i18n_pipeline.pipeline.looking import Head, Look, Looked
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
        head = Head(workspace, locales)
        head.check_private()
        workspace = head.believed()
        found = _found([Look(order, workspace, locale, head) for locale in locales])
        return found if isinstance(found, Report) else _full(order, workspace, found)


def _found(looks: Sequence[Look]) -> Report | Mapping[str, Looked]:
    """The report of a run that finds nothing to do, or else what each locale depends on."""
    report = None
    if _may_be_known(looks[0].order):
        report = _idle(looks, lambda look: look.seen_before)
        report = report or _idle(looks, lambda look: look.seen)
    return report or {look.locale: look.looked for look in looks}


def _may_be_known(order: Order) -> bool:
    """Whether the report of an earlier run may stand for this one's.

    Who only looks is to see for himself: what lies in `.i18n/` may be another's.
    """
    return order.does.writes_units or order.does.writes_files or order.options.remembers


def _idle(looks: Sequence[Look], seen: Callable[[Look], str]) -> Report | None:
    """The report of a run that finds every locale as the last one left it."""
    found: list[Recalled] = []
    does = looks[0].order.does
    for look in looks:
        known = recall(look.workspace, does, look.locale, seen(look))
        if known is None:
            return None
        found.append(known)
    return Report(does.command, tuple(one.report for one in found), notes=found[0].notices)


def _full(order: Order, workspace: Workspace, looked: Mapping[str, Looked]) -> Report:
    from i18n_pipeline.pipeline.full_run import run_in_full

    return run_in_full(order, workspace, looked)
