"""By hand: a term gets another slug in every locale, in one step, and back again to the byte."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext

from i18n_pipeline.errors import Problem, UsageError
from i18n_pipeline.formats.term_identity import SLUGS_HOLD, is_slug
from i18n_pipeline.pipeline.asked import close_to
from i18n_pipeline.pipeline.by_hand.moving_locale import MovedLocale, Sources
from i18n_pipeline.pipeline.by_hand.moving_pages import Pages, mentions, pages_of
from i18n_pipeline.pipeline.guarding import read_guarded
from i18n_pipeline.pipeline.project import Project, read_project
from i18n_pipeline.pipeline.writing import Step
from i18n_pipeline.reports.moved import Mention, MoveReport
from i18n_pipeline.stages.moving import Move
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class MoveOrder:
    """Which term gets which slug; `alias` is an address pattern, "" for none."""

    old: str
    new: str
    alias: str = ""
    dry_run: bool = False
    lock_timeout: float = 0.0


def move(workspace: Workspace, order: MoveOrder) -> MoveReport:
    """Move a term, or say what would change. Raises I18nError for what stops it all."""
    if not is_slug(order.new):
        raise UsageError(f"{order.new!r} is no slug", f"use {SLUGS_HOLD}")
    with nullcontext() if order.dry_run else workspace.run_lock(order.lock_timeout):
        project = read_project(workspace)
        report = MoveReport(order.old, order.new, dry=order.dry_run)
        # Nobody knows which terms there are, or what is in this one.
        if project.partial or order.old in project.broken:
            return replace(report, errors=project.problems, codes=(65,))
        sources = _sources(project, order)
        files = [read_guarded(project, locale) for locale in project.config.targets]
        problems = (*project.problems, *(problem for one in files for problem in one.problems))
        if not problems:
            pages = (_pages(project, sources.move, one.locale, order) for one in files)
            pairs = zip(files, pages, strict=True)
            locales = [MovedLocale(sources, one, its) for one, its in pairs]
            problems = tuple(_problems(sources, locales))
        if problems:
            return replace(report, errors=tuple(dict.fromkeys(problems)), codes=(65,))
        return _moved(sources, locales, report)


def _sources(project: Project, order: MoveOrder) -> Sources:
    term = _term(project, order)
    if order.old.rpartition("/")[0] != order.new.rpartition("/")[0]:
        raise UsageError(
            f"{order.new} is in another folder than {order.old}",
            "move the files there yourself: translations follow a text that moves",
        )
    name = project.file_slugs[term.slug]
    pattern = project.config.settings(project.config.source).paths.terms.text
    ending = pattern.rpartition("{slug}")[2]
    one = Move(order.old, order.new, name, name.removesuffix(order.old) + order.new, ending)
    taken = UsageError(f"there is a term {order.new} already")
    try:
        pages = _pages(project, one, project.config.source, order)
    except UsageError:
        if order.new in project.known:
            raise taken from None
        raise
    sources = Sources(project, term, one, pages)
    if order.new in project.known and not _is_resumed(sources):
        raise taken
    return sources


def _term(project: Project, order: MoveOrder) -> Term:
    term = next((one for one in project.terms if one.slug == order.old), None)
    if term is not None and order.new != order.old:
        return term
    if order.old in project.known:
        why = "nothing would change" if term else "its source cannot be used now"
        raise UsageError(f"{order.old} cannot be moved: {why}", "see i18n status")
    if order.new in project.known:
        there = f"there is no term {order.old}, and there is {order.new}"
        raise UsageError(there, "if that is what was moved, nothing is left to do")
    hint = close_to(order.old, sorted(project.known))
    raise UsageError(f"there is no term {order.old}", hint)


def _pages(project: Project, one: Move, locale: str, order: MoveOrder) -> Pages:
    alias = order.alias.replace("{locale}", locale).replace("{slug}", order.old)
    return pages_of(project, one, locale, alias)


def _is_resumed(sources: Sources) -> bool:
    """Whether the new term is what an interrupted move has put there."""
    moved = sources.pages.files.get(sources.move.old_name)
    new = sources.move.new
    twin = next((one for one in sources.project.terms if one.slug == new), None)
    return moved is not None and twin is not None and twin.file.data == moved.after.data


def _problems(sources: Sources, locales: Sequence[MovedLocale]) -> Iterator[Problem]:
    yield from sources.pages.problems
    for one in locales:
        yield from one.pages.problems
        yield from one.problems()


def _moved(sources: Sources, locales: Sequence[MovedLocale], report: MoveReport) -> MoveReport:
    written: Step = sources.pages.written()
    deleted: Step = {}
    expected = dict(sources.pages.expected)
    for locale in locales:
        more, gone = locale.steps()
        written, deleted = {**written, **more}, {**deleted, **gone}
        expected |= locale.expected
    pages = [sources.pages, *(one.pages for one in locales)]
    pairs = [pair for one in pages for pair in one.paths.values()]
    report = replace(
        report,
        moved=tuple(sorted(pair for pair in pairs if pair[0] != pair[1])),
        linking=tuple(sorted(new for old, new in pairs if old == new)),
        units={one.files.locale: one.changed for one in locales},
        mentions=(*(found for one in pages for found in one.mentions), *_configured(sources)),
    )
    workspace = sources.project.workspace
    # What is new first: stopped in between, a term is there twice. Its source goes last: as long
    # as it is there, the same command finishes.
    steps = [written, deleted, sources.pages.deleted()]
    if report.dry:
        return replace(report, written=workspace.would_save(steps))
    return replace(report, written=workspace.save(steps, expected))


def _configured(sources: Sources) -> Iterator[Mention]:
    """Where the configuration names the slug: in lists of terms, say."""
    workspace = sources.project.workspace
    data = workspace.read_optional(workspace.configuration) or b""
    return mentions(data, workspace.configuration, sources.move.old)
