"""By hand: a built page goes back to its last reviewed bytes, or away, and is held there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext

from i18n_pipeline.errors import BadFile, UsageError
from i18n_pipeline.formats.lock import write_lock
from i18n_pipeline.formats.term_file import Rules, read_term
from i18n_pipeline.history import History, find_history
from i18n_pipeline.model import LockEntry, State, Unit, digest, unit_hash
from i18n_pipeline.pipeline.asked import close_to, locales_asked
from i18n_pipeline.pipeline.beginning import begin
from i18n_pipeline.pipeline.by_hand.last_reviewed import Earlier, last_reviewed
from i18n_pipeline.pipeline.by_hand.pages import page_of
from i18n_pipeline.pipeline.guarding import read_guarded
from i18n_pipeline.pipeline.options import Options
from i18n_pipeline.pipeline.project import read_project
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.pipeline.writing import Step, catalogs, write
from i18n_pipeline.reports.report import problem_of
from i18n_pipeline.reports.unpublished import LocaleUnpublished, UnpublishReport
from i18n_pipeline.stages.own_content import own_content
from i18n_pipeline.stages.term import Standing, Term
from i18n_pipeline.stages.unpublishing import reviewed_again, sent_back, with_reason
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class UnpublishOrder:
    """Whose page is taken back in which locales; `away`: whatever was there before it.

    With `undo` it may be built again, and what was sent back to review is reviewed again.
    """

    slug: str
    locales: tuple[str, ...]
    away: bool = False
    undo: bool = False
    dry_run: bool = False
    lock_timeout: float = 0.0


def unpublish(workspace: Workspace, order: UnpublishOrder) -> UnpublishReport:
    """Take a page back, or undo that. Raises I18nError for what stops it all."""
    locales = locales_asked(workspace, order.locales)
    with nullcontext() if order.dry_run else workspace.run_lock(order.lock_timeout):
        project = read_project(workspace)
        if order.slug not in project.known:
            hint = close_to(order.slug, sorted(project.known))
            raise UsageError(f"there is no term {order.slug}", hint)
        files = [read_guarded(project, locale) for locale in locales]
        problems = (*project.problems, *(problem for one in files for problem in one.problems))
        history = find_history(workspace.root)
        works = [begin(project, one, Options()) for one in files if one.usable]
        found = tuple(_locale(order, work, history) for work in works)
    return UnpublishReport(
        order.slug,
        found,
        tuple(dict.fromkeys((*problems, *(problem for one in found for problem in one.errors)))),
        undo=order.undo,
        dry=order.dry_run,
        codes=(*(65 for _ in problems), *(code for one in found for code in one.codes)),
    )


@dataclass(frozen=True)
class _Taken:
    """What becomes of a page: its bytes (None for none), its lock entry (None for none), units."""

    page: bytes | None
    entry: LockEntry | None
    units: tuple[Unit, ...]


def _locale(order: UnpublishOrder, work: Work, history: History) -> LocaleUnpublished:
    report = LocaleUnpublished(work.locale, path=work.files.path_of(order.slug))
    refusal = _undo_refused(order, work) if order.undo else _refused(order, work)
    if refusal:
        return replace(report, refused=refusal, codes=(3,))
    if order.undo:
        return _written(order, work, _given_back(order, work), report)
    try:
        return _taken_back(order, work, history, report)
    except BadFile as failure:
        return replace(report, errors=(failure.at(report.path),), codes=(failure.exit_code,))


def _refused(order: UnpublishOrder, work: Work) -> str:
    """Why nothing is done to a page, or ""."""
    if order.slug in work.manual:
        return "it is left to people (manual)"
    if order.slug not in {term.slug for term in work.adopted}:
        foreign = work.taken.standing.get(order.slug) is Standing.FOREIGN
        return "it is a person's file, not adopted" if foreign else "its files cannot be used now"
    standing = work.taken.standing[order.slug]
    if standing is Standing.EDITED:
        return "somebody edited it since it was built: undo the edit, or take it away by hand"
    if standing is Standing.NONE:
        entry = work.files.lock.get(order.slug)
        if entry is None:
            return "there is no page"
        # A run that was killed took the page away, and the lock speaks of one yet.
        done = entry.held is not None and not entry.built
        return "it is taken back already" if done else ""
    return ""


def _undo_refused(order: UnpublishOrder, work: Work) -> str:
    entry = work.files.lock.get(order.slug)
    return "" if entry is not None and entry.held is not None else "it is not taken back"


def _taken_back(
    order: UnpublishOrder, work: Work, history: History, report: LocaleUnpublished
) -> LocaleUnpublished:
    term = next(one for one in work.adopted if one.slug == order.slug)
    earlier = None if order.away else last_reviewed(work, history, order.slug)
    if lost := _lost(order, work, earlier):
        refusal = (
            f"it alone has {', '.join(lost)}; if that may go, delete the page, and say it again"
        )
        return replace(report, refused=refusal, codes=(3,))
    back = _to_review(work, term)
    taken = _Taken(
        earlier.data if earlier else None,
        _held(work, order.slug, earlier, back),
        _with_sent_back(work, term, back),
    )
    report = replace(
        report,
        restored=earlier.commit if earlier else None,
        current=earlier is None or earlier.current,
        sent_back=tuple(sorted(unit.context for unit in back)),
        missing="" if earlier or order.away else history.missing,
    )
    return _written(order, work, taken, report)


def _lost(order: UnpublishOrder, work: Work, earlier: Earlier | None) -> tuple[str, ...]:
    """What only the page has that is there, and not the one that would take its place, in words."""
    path = work.files.path_of(order.slug)
    if not path:
        return ()
    own = _own(work, work.project.workspace.read(path), work.files.lock.entries[order.slug])
    before = _own(work, earlier.data, earlier.entry) if earlier else {}
    return tuple(words for what, words in own.items() if what not in before)


def _own(work: Work, data: bytes, entry: LockEntry) -> Mapping[str, str]:
    settings = work.files.settings
    rules = Rules(settings.fields, work.extensions)
    file = read_term(data, rules, work.project.file_slugs[entry.slug], work.locale)
    return own_content(file, entry, settings.fields, settings.build.draft_mark)


def _to_review(work: Work, term: Term) -> tuple[Unit, ...]:
    """The reviewed units that go back to review: none where the page held drafts anyway."""
    page = page_of(work, term.slug)
    pairs = [(work.catalog.unit_for(term.slug, one), one) for one in term.segments if one.required]
    own = {unit: one for unit, one in pairs if unit is not None and unit.slug}
    waits = (u for u in own if u.state is State.NEEDS_REVIEW and u.previous is None)
    if page is not None and any(page.says(unit, own[unit]) for unit in waits):
        return ()
    on_disk = work.files.catalog.by_key
    return tuple(unit for unit in own if unit.reviewed and unit.key in on_disk)


def _held(work: Work, slug: str, earlier: Earlier | None, back: Iterable[Unit]) -> LockEntry:
    """The lock entry of a page that is held; what an interrupted run sent back is kept in it."""
    known = work.files.lock.entries[slug]
    held = tuple(sorted({*(known.held or ()), *map(unit_hash, back)}))
    if earlier is None:
        return LockEntry(slug, known.source, "", held=held)
    return replace(earlier.entry, built=digest(earlier.data), pending="", held=held)


def _with_sent_back(work: Work, term: Term, back: Sequence[Unit]) -> tuple[Unit, ...]:
    keys = {unit.key for unit in back}
    units = [
        sent_back(unit) if unit.key in keys and not unit.obsolete else unit
        for unit in work.files.catalog.units
    ]
    return tuple(with_reason(units, {term.slug}, work.segments))


def _given_back(order: UnpublishOrder, work: Work) -> _Taken:
    """A page that may be built again: its entry and units as they were before it was held."""
    entry = work.files.lock.entries[order.slug]
    units = (
        reviewed_again(unit, entry.held or ()) if unit.slug == order.slug else unit
        for unit in work.files.catalog.units
    )
    path = work.files.path_of(order.slug)
    page = work.project.workspace.read(path) if path else None
    return _Taken(page, replace(entry, held=None) if path else None, tuple(units))


def _written(
    order: UnpublishOrder, work: Work, taken: _Taken, report: LocaleUnpublished
) -> LocaleUnpublished:
    pairs = zip(taken.units, work.files.catalog.units, strict=True)
    again = (new.context for new, old in pairs if new.reviewed and not old.reviewed)
    report = replace(report, reviewed_again=tuple(sorted(again)), path=_path(order, work))
    steps = _steps(order, work, taken)
    if order.dry_run:
        return replace(report, written=work.project.workspace.would_save(steps))
    written = write(work, steps)
    failure = written.failure
    return replace(
        report,
        written=written.paths,
        errors=() if failure is None else (problem_of(failure),),
        codes=() if failure is None else (failure.exit_code,),
    )


def _path(order: UnpublishOrder, work: Work) -> str:
    name = work.project.file_slugs.get(order.slug, order.slug)
    known = work.files.path_of(order.slug)
    return known or work.files.settings.paths.terms.fill(locale=work.locale, slug=name)


def _steps(order: UnpublishOrder, work: Work, taken: _Taken) -> list[Step]:
    """Units and hold first, then the page, then the lock as it is from now on."""
    before, step = catalogs(replace(work, units=taken.units))
    lock, path = work.files.lock, work.files.settings.paths.lock.fill(locale=work.locale)
    if taken.entry is None:
        return [before, {**step, path: write_lock(lock.replace((), (order.slug,)))}]
    known = lock.entries[order.slug]
    coming = replace(known, held=taken.entry.held, pending=taken.entry.built)
    first = {**step, path: write_lock(lock.replace((coming,)))}
    last: Step = {path: write_lock(lock.replace((taken.entry,)))}
    if not order.undo:
        return [before, first, {_path(order, work): taken.page}, last]
    return [before, {**step, **last}]
