"""By hand: a term is called otherwise, in a locale's units and its glossary, in one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext

from i18n_pipeline.errors import BadFile, UsageError
from i18n_pipeline.formats.glossaries.editing import Rendering, with_targets
from i18n_pipeline.formats.glossaries.listing import read_listed
from i18n_pipeline.glossary import Entry, same_term
from i18n_pipeline.pipeline.asked import close_to
from i18n_pipeline.pipeline.by_hand.termbase import Termbase, read_termbases
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.pipeline.writing import Step, catalogs, write
from i18n_pipeline.reports.renamed import RenamedText, RenameReport
from i18n_pipeline.reports.report import problem_of
from i18n_pipeline.stages.renaming import Rename, Renamed, Renamer
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class RenameOrder:
    """What is to be renamed in which locale; with `preview` nothing is written."""

    locale: str
    rename: Rename
    preview: bool = False
    lock_timeout: float = 0.0


@dataclass(frozen=True)
class _Listing:
    """The glossary file with the new rendering, and the lines of the rows that changed."""

    path: str
    data: bytes | None = None
    lines: tuple[int, ...] = ()


def rename(workspace: Workspace, order: RenameOrder) -> RenameReport:
    """Rename, or say what would be renamed. Raises I18nError for what stops it all."""
    one = order.rename
    if not one.new.strip():
        raise UsageError("the new rendering is empty")
    if one.old == one.new:
        raise UsageError("the old and the new rendering must be two")
    with nullcontext() if order.preview else workspace.run_lock(order.lock_timeout):
        termbases = read_termbases(workspace, (order.locale,), writes=True)
        report = RenameReport(order.locale, one.source, one.old, one.new, dry=order.preview)
        if termbases.problems or not termbases.of:
            return replace(report, errors=termbases.problems, codes=(65,))
        return _renamed(order, termbases.of[0], report)


def _renamed(order: RenameOrder, termbase: Termbase, report: RenameReport) -> RenameReport:
    work, one = termbase.work, order.rename
    entries = _entries(termbase, one)
    renamer = Renamer(one, termbase.in_force, entries, work.locale, work.extensions)
    found = list(renamer.over(work.files.catalog.units, work.segments))
    listing = _listing(work, one)
    _check_called(termbase, one, found)
    steps = _steps(work, found, listing)
    report = replace(
        report,
        changed=_texts(r for r in found if not r.by_hand and not r.undone),
        by_hand=_texts(r for r in found if r.by_hand),
        undone=_texts(r for r in found if r.undone),
        others=_others(termbase, one),
        lines=listing.lines,
        glossary=listing.path,
    )
    if order.preview:
        return replace(report, written=work.project.workspace.would_save(steps))
    written = write(work, steps)
    failure = written.failure
    return replace(
        report,
        written=written.paths,
        errors=() if failure is None else (problem_of(failure),),
        codes=() if failure is None else (failure.exit_code,),
    )


def _entries(termbase: Termbase, one: Rename) -> tuple[Entry, ...]:
    known = termbase.in_force.entries
    found = tuple(entry for entry in known if same_term(entry.source, one.source))
    if not found:
        hint = close_to(one.source, [entry.source for entry in known])
        raise UsageError(f"there is no term {one.source} in {termbase.locale}", hint)
    return found


def _check_called(termbase: Termbase, one: Rename, found: Sequence[Renamed]) -> None:
    """Raises UsageError where the old rendering is none: any word could be replaced otherwise.

    A term that is called as wanted, with nothing left to rename, is content: it was renamed before.
    """
    entries = _entries(termbase, one)
    known = {form for entry in entries for form in entry.spellings}
    if one.new in known and not found:
        return
    if one.old not in known and not any(renamed.undone for renamed in found):
        called = " or ".join(dict.fromkeys(entry.target for entry in entries))
        message = f"{one.source} is not called {one.old} in {termbase.locale}, but {called}"
        raise UsageError(message, "i18n glossary list -v shows what terms are called")


def _others(termbase: Termbase, one: Rename) -> tuple[str, ...]:
    """Other terms that are called already as this one is to be."""
    entries = termbase.in_force.entries
    others = (e for e in entries if e.target == one.new and not same_term(e.source, one.source))
    return tuple(dict.fromkeys(entry.source for entry in others))


def _texts(found: Iterable[Renamed]) -> tuple[RenamedText, ...]:
    return tuple(
        RenamedText(r.before.context, r.before.target, r.after.target, r.before.obsolete)
        for r in found
    )


def _steps(work: Work, found: Iterable[Renamed], listing: _Listing) -> list[Step]:
    """The units, then the glossary: while it says the old rendering, the rest can be renamed."""
    renamed = {(r.before.key, r.before.obsolete): r.after for r in found}
    units = work.files.catalog.units
    units = tuple(renamed.get((unit.key, unit.obsolete), unit) for unit in units)
    steps = [*catalogs(replace(work, units=units))]
    if listing.data is not None:
        steps.append({listing.path: listing.data})
    return steps


def _listing(work: Work, one: Rename) -> _Listing:
    """The glossary file with the new rendering in the rows of the term. Raises BadFile."""
    path = work.files.settings.paths.glossary.fill(locale=work.locale)
    data = work.project.workspace.read_optional(path)
    changes = _changes(data, one, work) if data else {}
    if not data or not changes:
        return _Listing(path)
    try:
        languages = {"source": work.project.config.source, "target": work.locale}
        return _Listing(path, with_targets(data, changes, **languages), tuple(sorted(changes)))
    except BadFile as failure:
        failure.problem = failure.at(path)
        raise


def _changes(data: bytes, one: Rename, work: Work) -> Mapping[int, Rendering]:
    """What becomes of the rows of the term, by the lines they begin in."""
    listed = read_listed(data, source=work.project.config.source, target=work.locale)
    return {
        row.line: Rendering(one.new, _forms(row.entry, one))
        for row in listed
        if same_term(row.entry.source, one.source) and row.entry.target == one.old
    }


def _forms(entry: Entry, one: Rename) -> tuple[str, ...] | None:
    """The further forms with the new rendering in them; None where the way back is not clear."""
    forms = tuple(form.replace(one.old, one.new) for form in entry.forms)
    back = tuple(form.replace(one.new, one.old) for form in forms)
    return forms if forms != entry.forms and back == entry.forms else None
