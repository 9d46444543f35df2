"""One branch: taken from where it is, brought up to date, pushed if that is worth a push, shown.

fetch → merge the base → sync → commit → push; where somebody pushed meanwhile, all of it is done
again on what they pushed: what was paid for is kept as receipts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from i18n_pipeline.errors import BadConfig, I18nError, Problem, TryLater
from i18n_pipeline.formats.git_attributes import merge_attributes
from i18n_pipeline.history import find_history
from i18n_pipeline.history.squashed import squashed
from i18n_pipeline.pipeline.delivering.bringing import Bringing
from i18n_pipeline.pipeline.delivering.order import Job
from i18n_pipeline.pipeline.delivering.requesting import Shown, Tip, show, withdraw
from i18n_pipeline.pipeline.options import CHECK, SYNC, Detail, Options
from i18n_pipeline.pipeline.runs import run
from i18n_pipeline.reports.as_summary import summary
from i18n_pipeline.reports.counting import counted
from i18n_pipeline.reports.delivery.contents import Contents
from i18n_pipeline.reports.delivery.delivered import NEUTRAL, Became, Delivery
from i18n_pipeline.reports.delivery.proposal import title_of
from i18n_pipeline.reports.report import LocaleReport, Report, problem_of
from i18n_pipeline.values import dataclass, field, replace
from i18n_pipeline.workspace import Workspace, open_workspace

_ATTEMPTS = 3
"""How often a branch is begun anew because somebody else pushed to it meanwhile."""

_TOLD = 3
"""How many of a locale's notes say why not all could be done: the first are the weightiest."""


@dataclass(frozen=True)
class Brought:
    """What became of a branch, and what that cost."""

    delivery: Delivery
    characters: int = 0
    cost: float = 0.0


@dataclass(frozen=True)
class _Synced:
    """A branch brought up to date in the clone; `worth_a_push`: the remote should have it.

    `tip` is the commit that the branch of the remote is at when all went well.
    """

    workspace: Workspace
    base: str
    report: Report
    worth_a_push: bool
    tip: str
    contents: Contents | None = None


@dataclass
class _Spent:
    """What all attempts cost together."""

    reports: list[Report] = field(default_factory=list)

    @property
    def characters(self) -> int:
        billed = [one.billed for report in self.reports for one in report.locales]
        return sum(one.characters + one.possibly_billed for one in billed)

    @property
    def cost(self) -> float:
        return sum(one.billed.cost or 0.0 for report in self.reports for one in report.locales)


def bring(job: Job, root: Path) -> Brought:
    """Bring a branch up to date, the project being in `root`; a failure becomes its delivery's."""
    spent = _Spent()
    try:
        delivery = _brought(job, root, spent)
    except I18nError as failure:
        job.branches.put_aside()
        code = failure.exit_code
        errors = tuple(_problems(failure))
        delivery = Delivery(job.locales, job.branch, Became.FAILED, errors=errors, codes=(code,))
        delivery = replace(delivery, codes=(code, *(one.exit_code for one in spent.reports)))
    told = summary(spent.reports[-1]) if spent.reports and spent.reports[-1].changed else ""
    delivery = replace(delivery, characters=spent.characters, run=told)
    return Brought(delivery, spent.characters, spent.cost)


def _problems(failure: I18nError) -> Iterable[Problem]:
    if isinstance(failure, BadConfig):
        return failure.problems
    return (problem_of(failure),)


def _brought(job: Job, root: Path, spent: _Spent) -> Delivery:
    whole = job.options
    for _ in range(_ATTEMPTS):
        job = replace(job, options=_left(whole, spent))
        tips = job.branches.fetch(job.base, job.branch)
        base, tip = tips[job.base], tips.get(job.branch, "")
        begun = _begin(job, base, tip, root)
        if begun.torn:
            return _torn(job, begun.torn)
        synced = _synced(job, base, "" if begun.anew else tip, root)
        spent.reports.append(synced.report)
        if synced.contents is None:
            return _nothing(job, synced)
        if not synced.worth_a_push or job.branches.push(job.branch):
            return _shown(job, synced, synced.contents)
    raise TryLater(f"others push to {job.branch} all the time", "run it again")


def _left(options: Options, spent: _Spent) -> Options:
    """The options of a branch with what begun attempts leave of its caps."""
    characters, cost = options.max_chars, options.max_cost
    return replace(
        options,
        max_chars=None if characters is None else max(0, characters - spent.characters),
        max_cost=None if cost is None else max(0.0, cost - spent.cost),
    )


@dataclass(frozen=True)
class _Begun:
    """A branch with the base in it; `torn` files cannot be merged. `anew`: it was merged before."""

    torn: tuple[str, ...] = ()
    anew: bool = False


def _begin(job: Job, base: str, tip: str, root: Path) -> _Begun:
    """Check out the branch with the base merged in.

    A branch that was merged begins anew at the base, with what came to it since: of which it is a
    part, or is made one. Pushing it is no force then.
    """
    branches = job.branches
    if not tip or branches.contains(base, tip):
        branches.start(base)
        return _Begun(anew=True)
    if branches.contains(tip, base):
        branches.start(tip)
        return _Begun()
    done = squashed(branches.top, tip, base)
    branches.start(base if done else tip)
    attributes = merge_attributes(open_workspace(root).config, branches.prefix)
    if not done:
        return _Begun(branches.merge(job.base, attributes))
    branches.join(done, f"{job.branch} was merged")
    return _Begun(() if done == tip else branches.merge(job.branch, attributes), anew=True)


def _torn(job: Job, torn: tuple[str, ...]) -> Delivery:
    """Nothing is delivered: whatever was built on one side alone would have to be built anew."""
    note = (
        f"{job.base} cannot be merged into {job.branch}: conflict in {', '.join(torn[:5])}; "
        f"merge it in a clone (i18n init --git) and push, then this goes on"
    )
    return Delivery(job.locales, job.branch, Became.UNCHANGED, notes=(note,), codes=(3,))


def _synced(job: Job, base: str, tip: str, root: Path) -> _Synced:
    branches = job.branches
    workspace = open_workspace(root)
    report = run(SYNC, workspace, replace(job.ordered, detail=Detail.CHANGES), job.around)
    written = tuple(path for one in report.locales for path in one.written)
    committed = branches.commit(written, _message(job, report))
    head = branches.head()
    changes = branches.changed(base, head)
    worth = committed or not tip or _both_changed(job, base, tip)
    synced = _Synced(workspace, base, report, worth, head if worth else tip)
    if not changes:
        return synced
    bringing = Bringing(workspace, find_history(workspace.root), base, changes)
    check = run(CHECK, workspace, Options(locales=job.locales, remembers=True), job.around)
    return replace(synced, contents=bringing.contents(report, check, tuple(_why(report))))


def _both_changed(job: Job, base: str, tip: str) -> bool:
    """Whether the base has what the branch has otherwise: the service may not be able to merge."""
    parted = job.branches.base_of(base, tip)
    if not parted or parted == base:
        return False
    ours, theirs = (
        {one.path for one in job.branches.changed(parted, side)} for side in (tip, base)
    )
    return not ours.isdisjoint(theirs)


def _message(job: Job, report: Report) -> str:
    drafts = sum(one.drafted for one in report.locales)
    files = sum(len(one.written) for one in report.locales)
    told = [counted(files, "file"), *([counted(drafts, "draft")] if drafts else [])]
    return f"i18n sync: {', '.join(job.locales)}\n\n{', '.join(told)}\n"


def _why(report: Report) -> Iterator[str]:
    """Why the run is not all there is to do; what its errors say is told with them."""
    for one in report.locales:
        yield from _kept_out(one)
    if report.exit_code in NEUTRAL:
        for one in report.locales:
            if one.refused:
                yield f"{one.locale}: {counted(one.refused, 'answer')} of machines not used"
            if 3 in one.codes:
                yield from (f"{one.locale}: {note}" for note in one.notes[:_TOLD])


def _kept_out(report: LocaleReport) -> Iterator[str]:
    """Which texts of people may stand in no page, and where they can be mended."""
    found = [issue for issue in report.issues if issue.safety]
    if found and 65 in report.codes:
        checks = ", ".join(sorted({issue.check for issue in found}))
        places = list(dict.fromkeys(f"{issue.path}:{issue.line}" for issue in found))
        more = f" and {len(places) - _TOLD} more" if len(places) > _TOLD else ""
        texts = counted(len(places), "text")
        yield (
            f"{report.locale}: {texts} kept out of pages ({checks}): "
            f"{', '.join(places[:_TOLD])}{more}"
        )


def _nothing(job: Job, synced: _Synced) -> Delivery:
    """No pull request for nothing; one that has become empty is closed."""
    closed = withdraw(job)
    return Delivery(
        job.locales,
        job.branch,
        Became.CLOSED if closed else Became.NOTHING,
        address=closed,
        notes=tuple(_why(synced.report)),
        errors=synced.report.errors,
        codes=(synced.report.exit_code,),
    )


def _shown(job: Job, synced: _Synced, contents: Contents) -> Delivery:
    settings = [synced.workspace.config.settings(locale) for locale in job.locales]
    seen = show(job, contents, settings, Tip(synced.tip, synced.worth_a_push))
    return _delivery(job, synced, contents, seen)


def _delivery(job: Job, synced: _Synced, contents: Contents, seen: Shown) -> Delivery:
    return Delivery(
        job.locales,
        job.branch,
        seen.became,
        title=title_of(contents),
        address=seen.address,
        pages=contents.pages,
        drafts=contents.drafts,
        notes=(*contents.why, *seen.notes),
        errors=(*synced.report.errors, *seen.errors),
        codes=(synced.report.exit_code, *seen.codes),
    )
