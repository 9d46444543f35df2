"""From branch to branch, with what may be spent divided among them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from i18n_pipeline.errors import Interrupted, UsageError
from i18n_pipeline.history.branching import Branches, open_branches
from i18n_pipeline.hosting import Hosting
from i18n_pipeline.pipeline.asked import locales_asked
from i18n_pipeline.pipeline.budget import Caps
from i18n_pipeline.pipeline.delivering.one_branch import Brought, bring
from i18n_pipeline.pipeline.delivering.order import DeliveryOrder, Job
from i18n_pipeline.pipeline.engines import caps_of
from i18n_pipeline.pipeline.options import SYNC, Options, Order, Surroundings
from i18n_pipeline.reports.delivery.delivered import Delivered
from i18n_pipeline.reports.report import problem_of
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import Workspace, open_workspace

ALL = "all"
"""What the branch of all locales together is called."""


def deliver(
    folder: Path, order: DeliveryOrder, hosting: Hosting | None, around: Surroundings
) -> Delivered:
    """Bring each branch up to date in the clone that a folder is in, and have it shown.

    The clone's work tree is used, and is as before in the end. Raises UsageError where that cannot
    be: no clone, or changes that are not committed; and I18nError for what stops it all.
    """
    workspace = open_workspace(folder)
    branches = open_branches(workspace.root, order.remote)
    _refuse_unsaved(branches, workspace)
    if not branches.is_name(f"{order.prefix}{ALL}"):
        raise UsageError(f"no branch can be called {order.prefix}{ALL}", "see --branch-prefix")
    base = order.base or branches.default()
    if not base or base not in (tips := branches.fetch(base)):
        raise UsageError(
            f"{order.remote} has no branch {base or 'to begin with'}", "name it: --base"
        )
    with branches.coming_back():
        branches.start(tips[base])
        workspace = open_workspace(folder)
        jobs = _Jobs(branches, base, order, hosting, around)
        return Delivered(base, tuple(one.delivery for one in jobs.done(workspace)))


def _refuse_unsaved(branches: Branches, workspace: Workspace) -> None:
    """Raise UsageError where the run would move, or deliver, what nobody has committed."""
    hint = "commit it; or throw it away, where a run that was killed has left it"
    if unsaved := branches.unsaved():
        raise UsageError(f"{unsaved[0]} has changes that are not committed", hint)
    for path in _files(workspace) if branches.strangers else ():
        if path in branches.strangers:
            raise UsageError(f"{path} is in no commit", hint)


def _files(workspace: Workspace) -> Iterator[str]:
    """The files that a run reads and writes."""
    config = workspace.config
    for locale in (config.source, *config.targets):
        paths = config.settings(locale).paths
        for pattern in (paths.terms, paths.catalog, paths.lock, paths.glossary, paths.keep):
            yield from workspace.find(pattern, locale)


@dataclass(frozen=True)
class _Jobs:
    branches: Branches
    base: str
    order: DeliveryOrder
    hosting: Hosting | None
    around: Surroundings

    def done(self, workspace: Workspace) -> Iterator[Brought]:
        """Each branch, brought up to date; none after a run that was told to stop."""
        locales = locales_asked(workspace, self.order.options.locales)
        groups = [(ALL, locales)] if self.order.together else [(one, (one,)) for one in locales]
        stopped = problem_of(Interrupted("")).code
        caps = caps_of(Order(SYNC, self.order.options, self.around), workspace.config)
        for at, (name, group) in enumerate(groups):
            options = _within(self.order.options, caps, len(groups) - at)
            branch = f"{self.order.prefix}{name}"
            brought = bring(
                Job(self.branches, self.base, branch, group, options, self.around, self.hosting),
                workspace.root,
            )
            yield brought
            if any(one.code == stopped for one in brought.delivery.errors):
                return
            caps = _left(caps, brought)


def _within(options: Options, caps: Caps, groups: int) -> Options:
    """The options of the next branch: its share of what may still be spent."""
    characters = None if caps.characters is None else caps.characters // groups
    cost = None if caps.cost is None else caps.cost / groups
    return replace(options, max_chars=characters, max_cost=cost)


def _left(caps: Caps, brought: Brought) -> Caps:
    """What may be spent after a branch."""
    characters = None if caps.characters is None else max(0, caps.characters - brought.characters)
    cost = None if caps.cost is None else max(0.0, caps.cost - brought.cost)
    return replace(caps, characters=characters, cost=cost)
