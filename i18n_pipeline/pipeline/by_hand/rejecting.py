"""By hand: drafts are taken back so that they and their like never come back, and undoing that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import nullcontext, suppress
from functools import cached_property

from i18n_pipeline.errors import BadFile, Problem, UsageError
from i18n_pipeline.formats.rejected import Rejection, excerpt, write_rejected
from i18n_pipeline.memory.receipts import Receipts
from i18n_pipeline.model import Segment, Unit
from i18n_pipeline.pipeline.answers import Given, answers
from i18n_pipeline.pipeline.asked import close_to, locales_asked
from i18n_pipeline.pipeline.beginning import begin
from i18n_pipeline.pipeline.by_hand.pages import page_of
from i18n_pipeline.pipeline.by_hand.selecting import Selection, check_names, is_called
from i18n_pipeline.pipeline.guarding import read_guarded
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.options import Options
from i18n_pipeline.pipeline.project import Project, read_project
from i18n_pipeline.pipeline.writing import Step, catalogs, write
from i18n_pipeline.reports.rejected import LocaleRejected, RejectedText, RejectReport
from i18n_pipeline.reports.report import problem_of
from i18n_pipeline.stages.rejecting import Rejected, assumed, unrejected
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import PRIVATE, Workspace


@dataclass(frozen=True, slots=True)
class RejectOrder:
    """Which drafts are rejected in which locales; with `undo` they may come back."""

    locales: tuple[str, ...]
    selection: Selection
    undo: bool = False
    dry_run: bool = False
    lock_timeout: float = 0.0


def reject(workspace: Workspace, order: RejectOrder) -> RejectReport:
    """Reject, or undo it, or say what would be. Raises I18nError for what stops it all."""
    order.selection.check()
    locales = locales_asked(workspace, order.locales)
    with nullcontext() if order.dry_run else workspace.run_lock(order.lock_timeout):
        project = read_project(workspace)
        _check_slugs(project, order.selection)
        files = [read_guarded(project, locale) for locale in locales]
        problems = (*project.problems, *(p for one in files for p in one.problems))
        tables = [_Table(project, one, order) for one in files if one.usable]
        if not problems:
            _check_units(order.selection, tables)
        of_locales = tuple(map(_done, tables))
    return RejectReport(
        of_locales,
        tuple(dict.fromkeys((*problems, *(p for one in of_locales for p in one.errors)))),
        undo=order.undo,
        dry=order.dry_run,
        codes=(*(65 for _ in problems), *(code for one in of_locales for code in one.codes)),
    )


def _check_slugs(project: Project, selection: Selection) -> None:
    for slug in selection.slugs:
        if slug not in project.known:
            raise UsageError(f"there is no term {slug}", close_to(slug, sorted(project.known)))


def _check_units(selection: Selection, tables: Iterable[_Table]) -> None:
    check_names(selection.units, (unit for one in tables for unit in one.named_by))


class _Table:
    """One locale: its drafts, the answers that could come back, and what becomes of them."""

    def __init__(self, project: Project, files: LocaleFiles, order: RejectOrder) -> None:
        self.order, self.selection = order, order.selection
        self.work = begin(project, files, Options())
        self._receipts = Receipts(project.workspace.root / PRIVATE)

    @property
    def units(self) -> tuple[Unit, ...]:
        """The active units as they lie on disk."""
        return tuple(unit for unit in self.work.files.catalog.units if not unit.obsolete)

    @property
    def named_by(self) -> Iterator[Unit]:
        """All that a unit can be named by: units, with any text that they have or could have."""
        yield from self.units
        yield from self.work.units
        yield from (one.draft for one in self.given)

    @cached_property
    def given(self) -> tuple[Given, ...]:
        """The answers that receipts hold for the units."""
        return tuple(answers(self.work, self._receipts))

    @cached_property
    def before(self) -> Rejected:
        """What is rejected already."""
        return self.work.rejected

    def segment(self, unit: Unit) -> Segment:
        """A unit's segment, as far as it is known."""
        return self.work.segments.get(unit.key) or assumed(unit)

    @cached_property
    def meant(self) -> tuple[Rejection, ...]:
        """What the selection rejects, or what of the rejections it undoes."""
        chosen = self._undone() if self.order.undo else self._chosen()
        return tuple({one.pair: one for one in chosen}.values())

    @cached_property
    def after(self) -> Rejected:
        """What is rejected from now on."""
        known = self.before.rejections
        rejections = known.minus(self.meant) if self.order.undo else known.plus(self.meant)
        return replace(self.before, rejections=rejections)

    def _chosen(self) -> Iterator[Rejection]:
        """The drafts meant, and answers that could come back.

        A unit that is named gets rid of the draft it has: what other engines said of it nobody
        has seen. Where it has none, or where the way it came is named, of every answer.
        """
        drafts = {unit.key: unit for unit in self.units if unit.is_draft}
        wanted = [one for one in self.given if self._is_meant(one)]
        pairs = {self.before.of(one.draft, one.segment).pair for one in wanted}
        for unit in filter(self.selection.names, drafts.values()):
            rejection = self.before.of(unit, self.segment(unit))
            if self.selection.drafted(unit) or rejection.pair in pairs:
                yield rejection
        for one in wanted:
            if self._sweeps or one.draft.key not in drafts:
                yield self.before.of(one.draft, one.segment)

    @property
    def _sweeps(self) -> bool:
        """Whether all answers of the units meant are, and not only the drafts there are."""
        return self.selection.of_engines or self.selection.everything

    def _is_meant(self, given: Given) -> bool:
        """Whether an answer is meant; a unit is named by the text that it has now, too."""
        now = self.work.catalog.by_key.get(given.draft.key, given.draft)
        named = self.selection.names(given.draft) or self.selection.names(now)
        return named and self.selection.came(given)

    def _undone(self) -> Iterator[Rejection]:
        known = self.before.rejections.entries
        of_units = {
            self.before.source_of(unit, self.segment(unit))
            for unit in (*self.units, *(one.draft for one in self.given))
            if self.selection.names(unit)
        }
        pairs = {self.before.of(o.draft, o.segment).pair for o in self.given if self._is_meant(o)}
        for one in known:
            if self.selection.model or self.selection.run:
                wanted = one.pair in pairs
            else:
                by = self.selection.provider
                wanted = not by or is_called(one.by, by)
            everywhere = not (self.selection.slugs or self.selection.units)
            if wanted and (everywhere or one.source in of_units or self._stood_there(one)):
                yield one

    def _stood_there(self, one: Rejection) -> bool:
        """Whether a rejection was made of a draft of a unit that is named."""
        return self.selection.names(Unit(one.context, "", one.words.removesuffix("…")))

    @property
    def catalog_units(self) -> tuple[Unit, ...]:
        """The units as they lie on disk, with what is rejected gone, or its reason."""
        units = self.work.files.catalog.units
        if not self.order.undo:
            return tuple(self.after.without(units, self.work.segments))
        undone = {one.source for one in self.meant} - set(self.after.rejections.by_source)
        return tuple(
            unrejected(unit)
            if not unit.obsolete and self.before.source_of(unit, self.segment(unit)) in undone
            else unit
            for unit in units
        )

    @property
    def left(self) -> tuple[Unit, ...]:
        """Units that are meant, whose machine's text a person has approved or changed."""
        if self.order.undo:
            return ()
        named = (unit for unit in self.units if unit.by_person and self.selection.names(unit))
        return tuple(unit for unit in named if self._was_meant(unit))

    def _was_meant(self, unit: Unit) -> bool:
        pairs = {rejection.pair for rejection in self.meant}
        if self.before.of(unit, self.segment(unit)).pair in pairs:
            return True
        return unit.origin is not None and self.selection.drafted(unit)

    def live(self, gone: Iterable[Unit]) -> Iterator[str]:
        """Terms whose pages say texts that are gone: rejecting a draft takes no page back."""
        by_slug: dict[str, list[Unit]] = defaultdict(list)
        for unit in gone:
            by_slug[unit.slug].append(unit)
        for slug, units in sorted(by_slug.items()):
            with suppress(BadFile):  # what cannot be read is told by every run
                page = page_of(self.work, slug)
                if page and any(page.says(unit, self.segment(unit)) for unit in units):
                    yield slug

    def steps(self) -> list[Step]:
        """The rejections, then the catalogs: killed in between, the next run takes drafts away."""
        before, step = catalogs(replace(self.work, units=self.catalog_units))
        first: Step = {}
        if self.after.rejections.entries != self.before.rejections.entries:
            path = self.work.files.settings.paths.rejected.fill(locale=self.work.locale)
            empty = not self.after.rejections.entries
            first[path] = None if empty else write_rejected(self.after.rejections)
        return [first, before, step]


def _done(table: _Table) -> LocaleRejected:
    before = table.work.files.catalog.units
    gone = [u for u, now in zip(before, table.catalog_units, strict=True) if u.target != now.target]
    report = LocaleRejected(
        table.work.locale,
        tuple(_text(one) for one in table.meant),
        drafts=tuple(sorted(unit.context for unit in gone)),
        live=tuple(table.live(gone)),
        left=tuple(sorted({unit.context for unit in table.left})),
    )
    steps = table.steps()
    if table.order.dry_run:
        return replace(report, written=table.work.project.workspace.would_save(steps))
    written = write(table.work, steps)
    failure = written.failure
    errors: tuple[Problem, ...] = () if failure is None else (problem_of(failure),)
    codes = () if failure is None else (failure.exit_code,)
    return replace(report, written=written.paths, errors=errors, codes=codes)


def _text(one: Rejection) -> RejectedText:
    return RejectedText(one.context, one.by, excerpt(one.words))
